"""A stranger attacks a line with callers on it: nobody is disturbed, and a line that lets a stranger in is told apart.

usage: attack_test.py FOLDER_OF_SIGAP
"""
import subprocess
import sys

SMALL = ["--waiting", "6", "--talking", "2", "--seconds", "6"]


def drill(*more, rate=1000):
    done = subprocess.run([f"{sys.argv[1]}/sigap", "drill", "attack", *SMALL, "--rate", str(rate), *more], capture_output=True, text=True, errors="replace")
    return done.returncode, done.stdout + done.stderr


failed = 0


def expect(what, holds, seen):
    global failed
    if not holds:
        failed += 1
        print(f"{what}\n{seen}")


code, seen = drill()
expect("nobody is disturbed by a stranger", code == 0 and "Nobody was lost." in seen, seen)
# Where a caller's sound comes from is learned, not read: whoever speaks first to a silent caller's port is heard as them.
code, seen = drill("--learned")
rows = [line for line in seen.splitlines() if line.startswith("  LOST") and "came to the stranger" in line]
expect("a stranger who gets somebody's sound is seen", code == 1 and len(rows) == 1, (code, seen))
# Who speaks from the trunk's own address is believed, and ends calls.
code, seen = drill("--believed", rate=0)
rows = [line for line in seen.splitlines() if line.startswith("  LOST") and "forged within somebody's call" in line]
expect("requests within a call that are believed are seen", code == 1 and len(rows) == 1, (code, seen))
sys.exit(1 if failed else 0)
