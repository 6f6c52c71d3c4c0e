#!/usr/bin/env python3
"""`sigap history` on journals that servers wrote: made anew of a journal, exported for programs and for an Indonesian
spreadsheet, and what is wrong is said. usage: history_test.py PROGRAMS"""
import csv
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

programs = Path(sys.argv[1])
fixtures = Path(__file__).parents[1] / "fixtures/journals"


def run(*args, code=0):
    done = subprocess.run([programs / "sigap", *map(str, args)], capture_output=True, text=True)
    if done.returncode != code:
        sys.exit(f"{args}: exit code {done.returncode}, {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def expect(what, holds, seen):
    if not holds:
        sys.exit(f"{what}: {seen}")


with tempfile.TemporaryDirectory() as scratch:
    with tarfile.open(fixtures / "2ca69ed.tar.xz") as packed:
        packed.extractall(scratch)
    where = ["--data", f"{scratch}/2ca69ed/data", "--keys", f"{scratch}/2ca69ed/keys"]
    events = [json.loads(line) for line in run("journal", "show", "--most", 1_000_000, *where).splitlines()]
    arrived = [e for e in events if e["body"]["type"] == "CallArrived" and e["body"]["kind"] == "emergency"]
    accepted = [e for e in events if e["body"]["type"] == "CallAccepted"]
    expect("the fixture has calls", arrived and accepted, len(events))
    for _ in range(2):  # a second time is no other
        expect("it is made anew", f"made anew of {len(events)} events" in run("history", "rebuild", *where), "no")
    file = Path(scratch) / "calls.csv"
    span = ["--from", "2020-01-01", "--to", "2040-01-01", "--csv", file]
    run("history", "export", *where, "--table", "calls", *span)
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    expect("each call is a row", {int(r["call"]) for r in rows} == {e["body"]["call"] for e in arrived}, rows)
    answered = [r for r in rows if r["result"] == "answered"]
    expect("answered calls are those that were accepted",
           {int(r["call"]) for r in answered} == {e["body"]["call"] for e in accepted}, answered)
    expect("a duration is in seconds", all("." in r["answered_s"] for r in answered), answered)
    expect("no number stands there", "628" not in file.read_text(), file.read_text())
    run("history", "export", *where, "--table", "calls", "--indonesian", *span)
    text = file.read_bytes()
    expect("Excel's mark", text.startswith(b"\xef\xbb\xbf"), text[:20])
    indonesian = list(csv.DictReader(text.decode("utf-8-sig").splitlines(), delimiter=";"))
    expect("the same with semicolons and decimal commas",
           [r["answered_s"].replace(",", ".") for r in indonesian] == [r["answered_s"] for r in rows], indonesian)
    run("history", "export", *where, "--table", "days", *span)
    days = list(csv.DictReader(file.open(encoding="utf-8")))
    expect("days count the calls whose waiting is over",
           sum(int(d["offered"]) for d in days) == len([r for r in rows if r["result"] != "waiting"]), days)
    expect("a day is a date", all(d["day"].startswith("20") for d in days), days)
    for args, words in [
        (["--table", "numbers", *span], "one of stations"),
        (["--from", "1.11.2026", "--to", "2026-12-01", "--csv", file], "a day, as"),
        (["--from", "2026-12-01", "--to", "2026-11-01", "--csv", file], "a day after"),
        (["--postgres", "host=127.0.0.1 port=1 dbname=x password=geheim", *span], "does not answer"),
    ]:
        said = run("history", "export", *where, *args, code=2)
        expect(f"{args} is refused", words in said and "geheim" not in said, said)
