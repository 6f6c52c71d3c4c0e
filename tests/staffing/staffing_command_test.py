#!/usr/bin/env python3
"""`sigap staffing` from calls to table, CSV and page; with made-up calls, and with real ones where they are there.

usage: staffing_command_test.py SIGAP SOURCE_DIR
"""
import csv
import datetime
import gzip
import os
import random
import re
import subprocess
import sys
import tempfile
import unittest

SIGAP, TOP = sys.argv[1], sys.argv[2]
MILWAUKEE = os.path.join(TOP, "..", "shared", "data", "calls", "milwaukee_pd_calls_2018-05.csv.gz")
HEAD = "station,time,handling_seconds\n"
STATIONS = "code,name,level,parent,longitude,latitude,timezone\nhq,Headquarters,mabes,,106,-6,Asia/Jakarta\n"


class Staffing(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)

    def file(self, name, text):
        path = os.path.join(self.scratch.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def run_it(self, *args, code=0):
        done = subprocess.run([SIGAP, "staffing", *args], capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def study(self, calls, *args):
        """(table, rows of the CSV, HTML)"""
        out = os.path.join(self.scratch.name, "out")
        said = self.run_it("--calls", calls, "--out", out, *args)
        with open(out + "/staffing.csv", encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        with open(out + "/staffing.html", encoding="utf-8") as f:
            return said, rows, f.read()

    def test_the_shipped_nation(self):
        random.seed(1)
        start = datetime.datetime(2026, 1, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
        lines = []
        for _ in range(6000):
            station = random.choice(["polres-sleman", "polres-bantul", "polres-merauke"])
            hour = random.choices(range(24), [1] * 8 + [4] * 16)[0]
            at = start + datetime.timedelta(days=random.randrange(14), hours=hour, seconds=random.randrange(3600))
            lines.append(f"{station},{at.isoformat()},{random.choice(['', '60', '120'])}\n")
        said, rows, html = self.study(self.file("calls.csv", HEAD + "".join(lines)))
        self.assertRegex(said, r"6000 calls in 14 days; (89|90|91) s of handling")
        self.assertNotIn("is the data whole", said)
        self.assertIn("one more in a province", said)
        by_level = {level: [r for r in rows if r["level"] == level] for level in ("nation", "province", "station")}
        self.assertEqual(len(by_level["nation"]), 168)
        self.assertEqual(len(by_level["station"]), 508 * 168, "quiet stations are expected to have some calls")
        calls = sum(float(r["calls_per_hour"]) for r in by_level["nation"])
        self.assertAlmostEqual(calls, 3000, delta=1, msg="two weeks' calls, a week")
        for r in by_level["nation"]:
            alone, provinces, nation = (int(r[k]) for k in ("operators_alone", "operators_by_province", "operators_one_nation"))
            self.assertTrue(508 <= alone and 30 <= provinces < alone and 1 <= nation < provinces, r)
        night, noon = (next(float(r["calls_per_hour"]) for r in by_level["station"] if r["code"] == "polres-merauke" and
                            (r["weekday"], r["hour"]) == ("3", str(h))) for h in (8, 16))
        self.assertLess(2 * night, noon, "08:00 in Merauke is 06:00 in Jakarta")
        self.assertNotRegex(html, r"(src|href)=|url\(|https?:", "the page needs nothing else")
        self.assertIn("Cukup operator untuk 110?", html)

    def test_who_sits_there_today(self):
        calls = self.file("calls.csv", HEAD + "".join(
            f"{s},2026-01-{5 + i // 24:02}T{i % 24:02}:{m:02}:00+07:00,60\n"
            for i in range(168) for s, each in (("polres-sleman", 5), ("polres-bantul", 30)) for m in range(0, 60, each)))
        operators = self.file("operators.csv", "station,operators\npolres-sleman,1\npolres-bantul,1\n")
        said, _, _ = self.study(calls, "--operators", operators)
        first = said.split("one more at a station, alone")[1].splitlines()[1]
        self.assertIn("Sleman", first, "the busier of two with one operator each")
        self.assertGreater(float(re.search(r"\+(\d+\.\d+)", first).group(1)), 1)

    def test_tables_of_spreadsheets(self):
        text = "\ufeffStation;Time;Handling_seconds;\r\n\"polres-sleman\";\"2026-01-05T07:00:00+07:00\";95,5;\r\n;;;\r\n"
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            path = os.path.join(self.scratch.name, "calls.csv")
            with open(path, "wb") as f:
                f.write(text.encode(encoding))
            self.assertIn("1 calls in 1 days; 96 s", self.run_it("--calls", path), encoding)

    def test_names_are_written_for_any_reader(self):
        names = {"hq": 'Markas "Besar", Jakarta', "city": "=1+1", "one": "Polres\tSatu"}
        levels = {"hq": "mabes,", "city": "polda,hq", "one": "polres,city"}
        quoted = {code: name.replace('"', '""') for code, name in names.items()}
        self.file("nation/stations.csv", STATIONS.split("\n")[0] + "\n" + "".join(
            f'{code},"{quoted[code]}",{levels[code]},106,-6,Asia/Jakarta\n' for code in names))
        nation = os.path.dirname(self.file("nation/jurisdictions.csv", "regency_code,regency_name,station\n"))
        calls = self.file("calls.csv", HEAD + "one,2026-01-05T07:00:00+07:00,95\n")
        _, rows, _ = self.study(calls, "--nation", nation)
        self.assertEqual({r["code"]: r["name"] for r in rows}, names | {"city": "'=1+1"})
        self.assertEqual({len(r) for r in rows}, {11})

    def test_mistakes_and_the_impossible_are_refused(self):
        good = self.file("good.csv", HEAD + "polres-sleman,2026-01-05T07:00:00+07:00,95\n")
        unanswered = self.file("unanswered.csv", HEAD + "polres-sleman,2026-01-05T07:00:00+07:00,\n")
        bad = self.file("bad.csv", HEAD + "polres-nowhere,2026-01-05T07:00:00+07:00,95\nmabes,yesterday,95\n")
        for args, words in [
            ([], "--calls or --data is required"),
            (["--calls", good, "--data", "/x"], "excludes"),
            (["--calls", good + "x"], "--calls: cannot read"),
            (["--calls", bad], "bad.csv:2: there is no station 'polres-nowhere'"),
            (["--calls", bad], "bad.csv:3: 'yesterday' is no time"),
            (["--calls", self.file("empty.csv", HEAD)], "there is no call"),
            (["--calls", unanswered], "--handling: no call says"),
            (["--calls", good, "--goal", "95"], "--goal: write PERCENT/SECONDS"),
            (["--calls", good, "--goal", "100/5"], "--goal: the share answered in time"),
            (["--calls", good, "--goal", "95/-1"], "--goal: the time to answer"),
            (["--calls", good, "--abandoned", "0"], "--abandoned: "),
            (["--calls", good, "--occupancy", "120"], "--occupancy: "),
            (["--calls", good, "--patience", "0"], "--patience"),
            (["--calls", good, "--operators", bad], "bad.csv:1: the first line"),
            (["--calls", good, "--nation", self.scratch.name], "--nation: cannot read"),
            (["--calls", good, "--out", good + "/below"], "--out: cannot make"),
            (["--data", self.scratch.name], "there is no journal"),
        ]:
            self.assertIn(words, self.run_it(*args, code=2), args)
        both = self.file("both.csv", HEAD + "polres-sleman,2025-01-05T07:00:00+07:00,95\npolres-sleman,2026-01-05T07:00:00+07:00,95\n")
        self.assertIn("1 calls in 1 days; 95 s", self.run_it("--calls", both, "--days", "28"))
        self.assertIn("1 calls in 1 days; 120 s", self.run_it("--calls", unanswered, "--handling", "120"))

    @unittest.skipUnless(os.path.exists(MILWAUKEE), "there are no real calls in ../shared/data/calls")
    def test_real_calls(self):
        """Milwaukee's police calls of 1 to 21 May 2018. Assumed: its seven districts stand for seven Polres of one Polda, its wall
        clock for WIB, and each call takes 120 s, for the data has no handling times."""
        per_hour, lines = {}, []
        with gzip.open(MILWAUKEE, "rt", encoding="utf-8", newline="") as f:
            for number, line in enumerate(f):
                at = re.match(r"\d+,(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),", line)
                district = re.search(r",([1-7]),[^,]*,[^,]*$", line)
                if number and at and district:
                    lines.append(f"district-{district.group(1)},{at.group(1)}T{at.group(2)}+07:00,120\n")
                    hour = int(at.group(2)[:2])
                    per_hour[hour] = per_hour.get(hour, 0) + 1
        self.assertGreater(len(lines), 30_000)
        self.file("nation/stations.csv", STATIONS + "city,City,polda,hq,106,-6,Asia/Jakarta\n" + "".join(
            f"district-{i},District {i},polres,city,106,-6,Asia/Jakarta\n" for i in range(1, 8)))
        nation = os.path.dirname(self.file("nation/jurisdictions.csv", "regency_code,regency_name,station\n"))
        said, rows, _ = self.study(self.file("calls.csv", HEAD + "".join(lines)), "--nation", nation, "--goal", "90/15")
        self.assertIn(f"{len(lines)} calls in 21 days", said)
        self.assertRegex(said, r"no call at all for \d+\.\d hours from 2018-05-17", "half a Thursday is missing in the data")
        city = [r for r in rows if r["level"] == "province"]
        expected = {h: sum(float(r["calls_per_hour"]) for r in city if r["hour"] == str(h)) / 7 for h in range(24)}
        for hour, count in per_hour.items():
            # The data end at noon of the last day, and weekdays are weighed alike: a tenth off at most.
            self.assertAlmostEqual(expected[hour], count / 21, delta=0.1 * count / 21 + 1, msg=f"{hour}:00")
        need = max(int(r["operators_by_province"]) for r in city), max(int(r["operators_alone"]) for r in city)
        self.assertTrue(8 <= need[0] <= 10 and need[1] >= 20, need)
        print(f"{len(lines)} real calls: {need[0]} operators as one, {need[1]} as seven districts alone")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
