"""An upgrade under calls and the way back: nobody is lost, and both programs read the same of the journal.

usage: upgrade_test.py FOLDER_OF_SIGAP
"""
import subprocess
import sys

done = subprocess.run([f"{sys.argv[1]}/sigap", "drill", "upgrade", "--waiting", "3", "--talking", "2"], capture_output=True, text=True, errors="replace")
seen = done.stdout + done.stderr
good = done.returncode == 0 and "Nobody was lost." in seen
rows = [line for line in seen.splitlines() if line.startswith("  ok ")]
for words in ("calls answered with 200 that the journal knows             6 of 6", "the journal is whole to the second program",
              "the first reads from it the state that it had", "the same state"):
    good = good and any(words in row for row in rows)
if not good:
    print(done.returncode, seen)
# A folder without programs is told before anything is begun.
none = subprocess.run([f"{sys.argv[1]}/sigap", "drill", "upgrade", "--to", "/nowhere"], capture_output=True, text=True)
told = none.returncode == 2 and "/nowhere/sigapd: there is no such program" in none.stderr
if not told:
    print(none)
sys.exit(0 if good and told else 1)
