#!/usr/bin/env python3
"""What callers hear, listened to: words at least every 20 s while they wait, no number that could be wrong, and the
question of AskToPress over before the voices are joined again. usage: prompts_test.py SOURCE_DIR"""
import array
import re
import subprocess
import sys
import tempfile
from pathlib import Path

source = Path(sys.argv[1])
RATE = 8000
QUIET = 300  # of 32767: what nobody calls a word
SILENCE_MAX_S = 20


def samples(file):
    raw = ["-t", "raw", "-r", str(RATE), "-e", "signed", "-b", "16", "-c", "1", "-"]
    return array.array("h", subprocess.run(["sox", str(file), *raw], check=True, capture_output=True).stdout)


def longest_silence_s(sound):
    longest = quiet = 0
    for sample in list(sound) * 2:  # repeated, as callers hear it
        quiet = quiet + 1 if abs(sample) < QUIET else 0
        longest = max(longest, quiet)
    return longest / RATE


words = re.findall(r'^prompt (\w+) \d+ "([^"]+)"', (source / "tools/make_prompts.sh").read_text(), re.M)
texts = dict(words)
if set(texts) != {"welcome", "waiting", "hold", "press", "ring_back"}:
    sys.exit(f"prompts: {sorted(texts)}")
for name, text in texts.items():
    if re.search(r"\d|antrean|urutan|menit|detik", text):
        sys.exit(f"{name} says a number, a place in a queue or a time, which can be wrong: {text}")
for name in ("welcome", "waiting"):
    if "tekan lima" not in texts[name]:
        sys.exit(f"{name} does not tell who cannot speak what to press")

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([source / "tools/make_prompts.sh", folder], check=True, stdout=subprocess.DEVNULL)
    for name in ("welcome", "waiting", "hold", "ring_back"):
        sound = samples(Path(folder) / f"{name}.au")
        silence = longest_silence_s(sound)
        print(f"{name}: {len(sound) / RATE:.1f} s, longest silence {silence:.1f} s")
        if len(sound) < 3 * RATE or not 0.5 < silence < SILENCE_MAX_S:
            sys.exit(f"{name}: callers hear no word for {silence:.1f} s")
    length = len(samples(Path(folder) / "press.au")) / RATE
    policy = (source / "src/core/policy.h").read_text()
    asking = int(re.search(r"asking_lasts = seconds\((\d+)\)", policy).group(1))
    print(f"press: {length:.1f} s of {asking} s")
    length = len(samples(Path(folder) / "ring_back.au")) / RATE
    asks = int(re.search(r"ring_back_asks = seconds\((\d+)\)", policy).group(1))
    print(f"ring_back: {length:.1f} s, twice in {asks} s")
    if not asks - 6 < 2 * length < asks + 3:
        sys.exit(f"what the system asks lasts {length:.1f} s; twice is not {asks} s")
    length = len(samples(Path(folder) / "press.au")) / RATE
    if not asking - 3 < length < asking:
        sys.exit(f"the question lasts {length:.1f} s, the core waits {asking} s")
