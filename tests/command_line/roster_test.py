#!/usr/bin/env python3
"""`sigap roster import` on a server that runs: all of a file or nothing, and never twice.
usage: roster_test.py BIN_DIR SOURCE_DIR"""
import datetime
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from line_without_media import CONFIGURATION, expect

programs, source = Path(sys.argv[1]), Path(sys.argv[2])
START_S = 30  # a shared machine stutters


def sigap(folder, *args):
    done = subprocess.run([programs / "sigap", *args, "--data", f"{folder}/data"], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def check(folder):
    day = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
    shifts = Path(folder) / "shifts.csv"

    def imported(*lines, dry=False):
        shifts.write_text("station,from,until,people,needed\n" + "".join(line + "\n" for line in lines))
        return sigap(folder, "roster", "import", str(shifts), *(["--dry-run"] if dry else []))

    for login in ["sari", "budi"]:
        seen = sigap(folder, "user", "add", login, "--station", "polres-sleman")
        expect("a person is added", seen[0] == 0, seen)
    sari = f"polres-sleman,{day}T07:00,{day}T15:00,sari budi,3"
    need = f"polres-merauke,{day}T07:00,{day}T15:00,,2"
    seen = imported(sari, "polres-x,a,b,,1", f"polres-sleman,{day}T14:00,{day}T16:00,sari,")
    expect("all mistakes are told and nothing is imported",
           seen[0] == 2 and f"{shifts}:3: there is no station 'polres-x'" in seen[1]
           and f"{shifts}:4: sari is in the shift of line 2 then" in seen[1] and "nothing was imported" in seen[1], seen)
    seen = imported(sari, need, dry=True)
    expect("a dry run imports nothing", seen == (0, f"{shifts}: 2 would be imported\n"), seen)
    seen = imported(sari, need)
    expect("the shifts come in", seen == (0, f"{shifts}: 2 imported\n"), seen)
    later = f"polres-merauke,{day}T15:00,{day}T23:00,,2"
    seen = imported(sari, need, later)
    expect("what stands is not planned again",
           seen == (0, f"{shifts}: 1 imported, 2 stand already and were left alone (lines 2, 3)\n"), seen)
    # As a spreadsheet writes it: the mark, semicolons, two names in a cell with a line break, rows in which nothing stands.
    shifts.write_bytes(("\ufeffStation;From;Until;People;Needed\r\n"
                        f'Polres-Bantul;{day} 15:00;{day}T24:00:00;"Sari\nBudi";2\r\n;;;;\r\n').encode())
    seen = sigap(folder, "roster", "import", str(shifts), "--dry-run")
    expect("a spreadsheet's table", seen == (0, f"{shifts}: 1 would be imported\n"), seen)
    seen = imported(f"polres-bantul,{day}T06:00,{day}T07:30,budi,")
    expect("who sits elsewhere", seen[0] == 2 and f"{shifts}:2: budi is in another shift of polres-sleman then" in seen[1], seen)
    seen = sigap(folder, "roster", "import", folder + "/none.csv")
    expect("no file", seen[0] == 2 and "cannot read" in seen[1], seen)


with tempfile.TemporaryDirectory() as folder:
    configuration = Path(folder) / "sigap.toml"
    configuration.write_text(CONFIGURATION.format(folder=folder, source=source))
    for sub in ["data", "keys"]:
        (Path(folder) / sub).mkdir(mode=0o700)
    with open(Path(folder) / "log", "w+") as log:
        server = subprocess.Popen([programs / "sigapd", "--config", configuration], stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + START_S
            while not (Path(folder) / "data/control.sock").exists():
                log.seek(0)
                expect("the server starts", server.poll() is None and time.monotonic() < deadline, log.read())
                time.sleep(0.05)
            check(folder)
        finally:
            server.terminate()
            server.wait(START_S)
seen = sigap(folder, "roster", "import", __file__)
expect("no server", seen[0] == 2 and "no server answers" in seen[1], seen)
