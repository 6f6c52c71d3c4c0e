#!/usr/bin/env python3
"""A software bill of materials: what the programs and the pages of this build are made of, as CycloneDX 1.5 (JSON).

usage: sbom.py [--build DIR] [--out FILE] [PROGRAM...]
  --build   where the programs are (default build/release); PROGRAM: those, instead of all of it
  --out     the file (default build/sbom.cdx.json; - for standard output)

From Debian: each library that the programs load (ldd), the packages that they are compiled with (headers and static
libraries are inside the programs), and the programs that they start; versions as installed here, so the file belongs to
a build and is not kept. From npm: what the lock files say. Scopes: required = runs where calls are answered, optional =
may run there, excluded = builds and tests only. Licences: of npm as the packages say; of Debian from
/usr/share/doc/PACKAGE/copyright where a program can read it (DEP 5).
"""
import argparse
import base64
import glob
import json
import os
import re
import subprocess
import sys
import urllib.parse

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAMS = ["sigapd", "sigap", "sigap-drill", "sigap-evidence", "sigap-history", "sigap-roster", "sigap-simulate", "sigap-staffing"]
STARTED = {"rtpengine-daemon": "required", "kamailio": "optional", "kamailio-tls-modules": "optional", "coturn": "optional"}  # by us, or before us


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def libraries(program):
    """Real paths of what the loader loads for it."""
    found = re.findall(r"^\s*(?:\S+ => )?(/\S+) \(0x", output("ldd", program), re.M)
    return sorted({os.path.realpath(path) for path in found})


def package_of(path):
    """Of which installed Debian package this file is; None: of none."""
    names = [path]
    if path.startswith("/usr/lib"):
        names.append(path[len("/usr"):])  # dpkg knows the name from before /lib became a link
    for name in names:
        done = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return None


def installed(names):
    """{name: (version, architecture)} of those that are installed."""
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Package}\t${Version}\t${Architecture}\t${db:Status-Status}\n", *names],
                          capture_output=True, text=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return {name: (version, arch) for name, version, arch, status in rows if status == "installed"}


def debian_licences(package):
    try:
        with open(f"/usr/share/doc/{package}/copyright", encoding="utf-8", errors="replace") as f:
            text = f.read()
    except OSError:
        return []
    if "copyright-format/1.0" not in text:
        return []
    names = {name.strip() for name in re.findall(r"^License:[ \t]*(\S.*)$", text, re.M)}
    return [{"license": {"name": name}} for name in sorted(names)]


def distribution():
    with open("/etc/os-release", encoding="utf-8") as f:
        fields = dict(line.rstrip("\n").split("=", 1) for line in f if "=" in line)
    return f"{fields.get('ID', 'linux').strip(chr(34))}-{fields.get('VERSION_ID', '').strip(chr(34))}"


def debian(programs):
    scopes = {}

    def note(package, scope, why):
        order = ["required", "optional", "excluded"]
        known, reasons = scopes.get(package, (scope, []))
        scopes[package] = (min(known, scope, key=order.index), [*reasons, why])

    for program in programs:
        for path in libraries(program):
            package = package_of(path)
            if package is None:
                sys.exit(f"sbom: {path} is of no package, and {program} loads it")
            note(package, "required", f"loaded by {os.path.basename(program)}: {os.path.basename(path)}")
    with open(os.path.join(TOP, "tools/packages.txt"), encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or not line.strip():
                continue
            package, _, why = line.strip().partition(" ")
            test_only = package in ("libgtest-dev", "libbenchmark-dev")
            scope = STARTED.get(package) or ("required" if package.endswith("-dev") and not test_only else "excluded")
            note(package, scope, why)
    here, where = installed(scopes), distribution()
    for package in sorted(scopes):
        if package not in here:
            continue  # another program of the same purpose is used on this machine (a Node.js of one's own)
        version, arch = here[package]
        scope, reasons = scopes[package]
        purl = f"pkg:deb/debian/{package}@{urllib.parse.quote(version, safe='.+-~')}?arch={arch}&distro={where}"
        component = {"type": "library", "bom-ref": purl, "name": package, "version": version, "scope": scope, "purl": purl,
                     "properties": [{"name": "sigap:why", "value": why} for why in sorted(set(reasons))]}
        licences = debian_licences(package)
        if licences:
            component["licenses"] = licences
        yield component


def npm(folder):
    with open(os.path.join(TOP, folder, "package-lock.json"), encoding="utf-8") as f:
        lock = json.load(f)
    for path, entry in sorted(lock["packages"].items()):
        if not path:
            continue
        name = entry.get("name") or path.rsplit("node_modules/", 1)[1]
        purl = f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}"
        # What the pages are made of is served; all else builds and tests. The build steps of tools/ leave data behind.
        component = {"type": "library", "bom-ref": f"{purl}#{folder}/{path}", "name": name, "version": entry["version"],
                     "scope": "excluded" if entry.get("dev") else "required", "purl": purl,
                     "properties": [{"name": "sigap:why", "value": f"{folder}/package-lock.json"}]}
        if entry.get("license"):
            licence = entry["license"]
            component["licenses"] = [{"expression": licence} if re.search(r"\b(OR|AND)\b", licence) else {"license": {"id": licence}}]
        if entry.get("integrity", "").startswith("sha512-"):
            digest = base64.b64decode(entry["integrity"][len("sha512-"):].split()[0]).hex()
            component["hashes"] = [{"alg": "SHA-512", "content": digest}]
        yield component


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(TOP, "build/release"))
    parser.add_argument("--out", default=os.path.join(TOP, "build/sbom.cdx.json"))
    parser.add_argument("programs", nargs="*", metavar="PROGRAM")
    options = parser.parse_args()
    programs = options.programs or [path for name in PROGRAMS for path in glob.glob(os.path.join(options.build, "apps", name))]
    if not programs:
        sys.exit(f"sbom: no programs in {options.build}: build first")
    with open(os.path.join(TOP, "CMakeLists.txt"), encoding="utf-8") as f:
        version = re.search(r"project\(sigap VERSION (\S+)", f.read()).group(1)
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
           "metadata": {"component": {"type": "application", "bom-ref": "sigap", "name": "sigap", "version": version,
                                      "licenses": [{"license": {"id": "Apache-2.0"}}]}},
           "components": [*debian(programs), *npm("web"), *npm("tools")]}
    text = json.dumps(bom, indent=1, ensure_ascii=False) + "\n"
    if options.out == "-":
        sys.stdout.write(text)
    else:
        os.makedirs(os.path.dirname(os.path.abspath(options.out)), exist_ok=True)
        with open(options.out, "w", encoding="utf-8") as f:
            f.write(text)
        print(f"{options.out}: {len(bom['components'])} components")


if __name__ == "__main__":
    main()
