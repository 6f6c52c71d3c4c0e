#!/usr/bin/env python3
"""Runs every test: the programs of a build folder and the lint, the pages' own tests, and the end-to-end scripts in real
browsers; and sums up their cases.

usage: run_tests.py BUILD_DIR [NAME]     NAME: only programs whose name holds it
The last line is `N passed, N failed`, perhaps with `, N skipped`; the exit code is 0 only when something passed and nothing failed.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIMIT_S = 600  # for one program; a hang is a failure
SKIPPED = 77  # the exit code of a program that cannot run on this machine and has said why


def programs(build):
    listed = json.loads(subprocess.run(["ctest", "--show-only=json-v1"], cwd=build, check=True,
                                       capture_output=True, text=True).stdout)
    return [(test["name"], test["command"]) for test in listed["tests"] if "command" in test]


def run(name, command):
    """(passed, failed, skipped) of one program; its output is shown when it failed."""
    with tempfile.TemporaryDirectory() as scratch:
        report = os.path.join(scratch, "report.json")
        env = dict(os.environ, GTEST_OUTPUT="json:" + report)
        try:
            done = subprocess.run(command, env=env, cwd=scratch, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=LIMIT_S)
            code, output = done.returncode, done.stdout.decode(errors="replace")
        except subprocess.TimeoutExpired as slow:
            code, output = "time-out", (slow.stdout or b"").decode(errors="replace")
        if os.path.exists(report):
            with open(report) as f:
                result = json.load(f)
            failed = result["failures"] + result.get("errors", 0)
            skipped = sum(1 for suite in result["testsuites"] for case in suite["testsuite"]
                          if case.get("result") == "SKIPPED")
            passed = result["tests"] - failed - skipped
            if code != 0 and failed == 0:
                failed = 1  # crashed after the last case
        else:
            passed, failed, skipped = {0: (1, 0, 0), SKIPPED: (0, 0, 1)}.get(code, (0, 1, 0))
            if code == SKIPPED:
                print(output.strip())
    print(f"{'ok  ' if failed == 0 else 'FAIL'} {name}: {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    if failed:
        print(output)
    return passed, failed, skipped


def execute(command, folder):
    """(exit code, output)"""
    try:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=LIMIT_S)
        return done.returncode, done.stdout.decode(errors="replace")
    except subprocess.TimeoutExpired as slow:
        return "time-out", (slow.stdout or b"").decode(errors="replace")


def tell(name, code, output, passed, failed, skipped=0):
    if code != 0 and failed == 0:
        failed = 1
    print(f"{'ok  ' if failed == 0 else 'FAIL'} {name}: {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    if failed:
        print(output)
    return passed, failed, skipped


def run_node(script):
    """A file of node:test cases."""
    code, output = execute(["node", "--test", "--test-reporter=tap", script], TOP)
    count = {word: int(n) for word, n in re.findall(r"^# (pass|fail|cancelled|skipped) (\d+)$", output, re.M)}
    return tell(os.path.relpath(script, TOP), code, output, count.get("pass", 0),
                count.get("fail", 0) + count.get("cancelled", 0), count.get("skipped", 0))


def run_pages():
    """Types and unit tests of the pages."""
    web = os.path.join(TOP, "web")
    code, output = execute(["npx", "svelte-check", "--tsconfig", "./tsconfig.json", "--fail-on-warnings"], web)
    first = tell("web types", code, output, int(code == 0), int(code != 0))
    with tempfile.TemporaryDirectory() as scratch:
        report = os.path.join(scratch, "report.json")
        code, output = execute(["npx", "vitest", "run", "--reporter=json", "--outputFile=" + report], web)
        result = {}
        if os.path.exists(report):
            with open(report) as f:
                result = json.load(f)
    second = tell("web units", code, output, result.get("numPassedTests", 0), result.get("numFailedTests", 0))
    return [a + b for a, b in zip(first, second)]


def main():
    build, only = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    parts = [(name, lambda n=name, c=command: run(n, c)) for name, command in programs(build)]
    parts.append(("web", run_pages))
    parts.append(("self_check", lambda: run("self_check", ["node", os.path.join(TOP, "tests/e2e/self_check.mjs")])))
    for script in sorted(glob.glob(os.path.join(TOP, "tests/**/*.test.mjs"), recursive=True)):
        parts.append((os.path.basename(script), lambda s=script: run_node(s)))
    total = [0, 0, 0]
    for name, part in parts:
        if only in name:
            total = [a + b for a, b in zip(total, part())]
    passed, failed, skipped = total
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
