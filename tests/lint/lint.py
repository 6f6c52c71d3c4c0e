#!/usr/bin/env python3
"""The lint of the house: keeps what the compiler cannot.

usage: lint.py SOURCE_DIR     checks the tree; prints each finding as path:line: rule; exit 1 if any
       lint.py --self-test    every rule must find its planted fault
"""
import os
import re
import subprocess
import sys
from pathlib import Path

import cited
import prose

FLOORS = {"base": 0, "domain": 1, "geo": 1, "staffing": 1, "figures": 1, "core": 2, "ports": 3, "codec": 3, "sdp": 3, "process": 3, "picture": 3, "keys": 3, "recording": 3, "tls": 3, "webhooks": 3, "sqlite": 3, "scratch": 3,
          "config": 3, "nation": 3, "page": 3, "recorder": 4, "evidence": 4, "runtime": 4, "adapters": 4, "edge": 4, "study": 4, "sim": 5, "installation": 5,
          "shifts_file": 5, "simulation": 6, "drill": 6, "apps": 7}
LINES_MAX = 500

PURE_FORBIDDEN = [
    (re.compile(r"#include <(chrono|thread|mutex|atomic|condition_variable|future|random|fstream|iostream|filesystem|ctime|unordered_\w+)>"),
     "no clock, thread, randomness, I/O or unordered container on floors 0-2"),
    (re.compile(r"std::(map|set)<\s*(const\s+)?[\w:]+\s*\*"), "no pointer-keyed container on floors 0-2"),
    (re.compile(r"\b(rand|time|clock|getenv|system)\("), "no clock, randomness or environment on floors 0-2"),
]


def place(path):
    """(folder, subject) of a file below src/ or apps/, e.g. ("domain", "calls")."""
    parts = path.split("/")
    if parts[0] == "apps":
        return "apps", ""
    return (parts[1], parts[2] if len(parts) > 3 else "") if parts[0] == "src" and len(parts) > 2 else (None, "")


# What docs/asvs.md rests on: a file of the house in backticks.
NAMED_FILE = re.compile(r"`((?:src|apps|tests|docs|tools|web|deploy|data|cmake)/[\w./-]+)`")
ASVS_ROW = re.compile(r"\| \d+\.\d+\.\d+[\d., -]* \| [^|]+ \| (met|part|not|n\.a\.) \| [^|]*\|$")


def check_asvs(lines, exists):
    found = []
    for number, line in enumerate(lines, 1):
        if re.match(r"\| \d", line) and not ASVS_ROW.match(line):
            found.append((number, "a row is: numbers, what it is about, met / part / not / n.a., where"))
        found += [(number, f"there is no {name}") for name in NAMED_FILE.findall(line) if not exists(name)]
    return found


def check(path, text, exists=lambda name: True):
    """All findings (line, rule) of one file."""
    found = []
    lines = text.split("\n")
    folder, subject = place(path)
    cpp = path.endswith((".h", ".cpp"))
    if cpp and folder in FLOORS:
        for number, line in enumerate(lines, 1):
            include = re.match(r'\s*#include "([\w./]+)"', line)
            if include and not (folder == "apps" and include.group(1).startswith(("sigap/", "sigapd/"))):
                target, target_subject = place("src/" + include.group(1))
                if target not in FLOORS:
                    found.append((number, "an include names its folder from src/"))
                elif FLOORS[target] > FLOORS[folder]:
                    found.append((number, f"{folder} (floor {FLOORS[folder]}) may not include {target} (floor {FLOORS[target]})"))
                elif target != folder and FLOORS[target] == FLOORS[folder]:
                    found.append((number, f"siblings on a floor do not include each other: {folder}, {target}"))
                elif target == folder and folder in ("domain", "adapters") and target_subject != subject:
                    found.append((number, f"siblings do not include each other: {subject}, {target_subject}"))
            if FLOORS[folder] <= 2 and not path.endswith("_test.cpp"):
                for pattern, rule in PURE_FORBIDDEN:
                    if pattern.search(line) and not (path == "src/base/check.cpp"):
                        found.append((number, rule))
        if path.endswith("_events.h"):
            for number, line in enumerate(lines, 1):
                if re.search(r"\b(double|float)\b", line):
                    found.append((number, "no floating point in an event"))
        fold = re.search(r"(/apply\.cpp|^src/domain/\w+/state\.cpp)$", path)
        if fold:
            for number, line in enumerate(lines, 1):
                if "reveal()" in line:
                    found.append((number, "the fold never looks inside Personal"))
        if path.endswith(".h") and not lines[0].startswith("//"):
            found.append((1, "a header opens with its purpose"))
        if len(lines) > LINES_MAX:
            found.append((len(lines), f"more than {LINES_MAX} lines: two ideas in one file?"))
    if path == "docs/asvs.md":
        found += check_asvs(lines, exists)
    for number, line in enumerate(lines, 1):
        if re.search(r"(^|[\s\"'=(])/(work|farm|home/\w+)/", line):
            found.append((number, "a machine's path"))
    return found


SELF_TEST = [
    ("src/base/x.h", '// X.\n#include "core/state.h"\n'),
    ("src/domain/calls/x.h", '// X.\n#include "domain/tasks/task.h"\n'),
    ("src/adapters/sip/x.cpp", '#include "adapters/web/server.h"\n'),
    ("src/codec/x.cpp", '#include "ports/journal.h"\n'),
    ("src/core/x.cpp", "#include <chrono>\n"),
    ("src/domain/calls/x.cpp", "#include <unordered_map>\n"),
    ("src/core/x.cpp", "std::map<const Call*, int> m;\n"),
    ("src/domain/calls/call_events.h", "// X.\ndouble latitude = 0;\n"),
    ("src/core/fold/apply.cpp", "if (e.number.reveal()) {}\n"),
    ("src/core/x.h", "#pragma once\n"),
    ("src/core/x.cpp", "\n" * (LINES_MAX + 1)),
    ("docs/asvs.md", "| 1.1.1 | x | mostly | y |\n"),
    ("docs/asvs.md", "| 1.1.1 | x | met | `src/gone.cpp` |\n"),
    ("docs/x.md", "see /" + "work/main\n"),
]


def self_test():
    missed = [path for path, text in SELF_TEST if not check(path, text, exists=lambda name: "gone" not in name)]
    clean = check("src/core/x.cpp", '#include "core/decide/decider.h"\n#include "domain/calls/call.h"\n#include <map>\n')
    missed += cited.missed_faults() + prose.missed_faults()
    clean += cited.found_in_good_text() + prose.found_in_good_text()
    clean += check("docs/asvs.md", "| 1.1.1 | x | n.a. |  |\n| 3.6.1, 3.6.2 | x | met | `src/here.cpp` |\n")
    for path in missed:
        print(f"self-test: nothing found in {path}")
    if clean:
        print(f"self-test: found {clean} in good code")
    return 1 if missed or clean else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    top = sys.argv[1]
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=top, check=True, capture_output=True, text=True)
    status = 0
    files = [path for path in listed.stdout.split("\n") if path and os.path.isfile(os.path.join(top, path))]
    tree = cited.Tree(files, lambda path: Path(top, path).read_text(encoding="utf-8", errors="replace"))
    for path in files:
        full = os.path.join(top, path)
        if path.endswith(("package-lock.json", ".png", ".xz")):
            continue
        with open(full, encoding="utf-8", errors="replace") as f:
            text = f.read()
            exists = lambda name: os.path.exists(os.path.join(top, name))
            for number, rule in check(path, text, exists=exists) + cited.check(path, text, tree) + prose.check(path, text):
                print(f"{path}:{number}: {rule}")
                status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
