#!/usr/bin/env python3
"""Runs every test program of a build folder and the lint, and sums up their cases.

usage: run_tests.py BUILD_DIR [NAME]     NAME: only programs whose name holds it
The last line is `N passed, N failed`, perhaps with `, N skipped`; the exit code is 0 only when something passed and nothing failed.
"""
import json
import os
import subprocess
import sys
import tempfile

LIMIT_S = 600  # for one program; a hang is a failure


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
            passed, failed, skipped = (1, 0, 0) if code == 0 else (0, 1, 0)
    print(f"{'ok  ' if failed == 0 else 'FAIL'} {name}: {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    if failed:
        print(output)
    return passed, failed, skipped


def main():
    build, only = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    total = [0, 0, 0]
    for name, command in programs(build):
        if only in name:
            total = [a + b for a, b in zip(total, run(name, command))]
    passed, failed, skipped = total
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
