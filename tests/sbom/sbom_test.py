"""The bill of materials names what the programs load and what the pages are made of.

usage: sbom_test.py SOURCE_DIR PROGRAM...
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

TOP, PROGRAMS = sys.argv[1], sys.argv[2:]
failed = 0


def expect(what, holds, seen=""):
    global failed
    if not holds:
        failed += 1
        print(f"{what}: {seen}")


def needed(program):
    """What the program itself says that it needs, by another tool than the one that made the bill."""
    text = subprocess.run(["readelf", "-d", program], check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", text))


bom = json.loads(subprocess.run([f"{TOP}/tools/sbom.py", "--out", "-", *PROGRAMS], check=True, capture_output=True, text=True).stdout)
components = bom["components"]
expect("CycloneDX", (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.5"))
refs = [c["bom-ref"] for c in components]
expect("each component once", len(refs) == len(set(refs)))
for c in components:
    expect("name, version and purl", c["name"] and c["version"] and c["purl"].startswith(("pkg:deb/debian/", "pkg:npm/")), c)

loaded = {p["value"].rsplit(" ", 1)[1] for c in components if c["scope"] == "required" for p in c["properties"]
          if p["value"].startswith("loaded by ")}
for program in PROGRAMS:
    for name in needed(program):
        stem = name.split(".so")[0]
        expect("a library that is loaded", any(file.split(".so")[0] in (stem, stem.rstrip("0123456789.-")) for file in loaded),
               f"{os.path.basename(program)} needs {name}; {sorted(loaded)}")
required = {c["name"] for c in components if c["scope"] == "required"}
for name in ("libsofia-sip-ua0", "libsodium23", "libsqlite3-0", "libboost1.81-dev", "libtomlplusplus-dev", "rtpengine-daemon"):
    expect("runs where calls are answered", name in required, name)
for name in ("sip-tester", "chromium", "libgtest-dev", "vite"):
    expect("builds and tests only", name not in required, name)

# The pages, made with a map that says of which files each line is.
with tempfile.TemporaryDirectory() as out:
    made = subprocess.run(["npx", "vite", "build", "--sourcemap", "--outDir", out, "--emptyOutDir", "--logLevel", "error"],
                          cwd=f"{TOP}/web", stdin=subprocess.DEVNULL, capture_output=True, text=True)
    expect("the pages are built", made.returncode == 0, made.stdout + made.stderr)
    bundled = set()
    for path in glob.glob(f"{out}/assets/*.map"):
        with open(path, encoding="utf-8") as f:
            for source in json.load(f)["sources"]:
                inside = re.match(r"((?:@[^/]+/)?[^/]+)/", source.rsplit("node_modules/", 1)[1]) if "node_modules/" in source else None
                if inside:
                    bundled.add(inside.group(1))
expect("packages are in the pages", {"svelte", "maplibre-gl"} <= bundled, bundled)
npm = {c["name"] for c in components if c["purl"].startswith("pkg:npm/") and c["scope"] == "required"}
expect("each is in the bill, as one that is served", bundled <= npm, bundled - npm)
sys.exit(1 if failed else 0)
