#!/usr/bin/env python3
"""What a shell user sees of `sigap`: help, exit codes, errors. usage: command_line_test.py SIGAP"""
import subprocess
import sys
import tempfile


def run(*args):
    done = subprocess.run([sys.argv[1], *args], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def expect(what, condition, seen):
    if not condition:
        sys.exit(f"{what}: {seen}")


with tempfile.TemporaryDirectory() as folder:
    with open(folder + "/edge.toml", "w") as file:
        file.write("[storage]\ndata='/d'\nkeys='/k'\n[sip]\nedge=['127.0.0.1']\n[edge]\nudp=['192.0.2.1:5060']\n")
    for args, code, words in [
        (["--help"], 0, "journal"),
        (["journal", "--help"], 0, "replay"),
        ([], 2, "subcommand"),
        (["journal", "verify"], 2, "--data is required"),
        (["journal", "verify", "--data", folder], 2, "there is no journal"),
        (["simulate", "--seeds", "0"], 2, "--seeds"),
        (["simulate", "--seed", "3"], 0, "every rule held"),
        (["edge", "kamailio", "--config", folder + "/none.toml"], 2, "cannot read"),
        (["edge", "kamailio", "--config", folder + "/edge.toml"], 2, "trunk: there is none"),
        (["edge", "coturn", "--config", folder + "/edge.toml"], 2, "turn.secret_file: there is no secret"),
        (["edge", "kamailio", "--config", folder + "/edge.toml", "--listen", "sctp:192.0.2.1:1"], 2, "--listen: write"),
        (["takeover", "--config", folder + "/none.toml"], 2, "cannot read"),
        (["witness", "--listen", "127.0.0.1:0", "--data", folder, "--keys", folder], 2, "no cluster key"),
        (["backup", "--data", folder, "--to", folder + "/b"], 2, "cannot be copied"),
    ]:
        seen = run(*args)
        expect(" ".join(args), seen[0] == code and words in seen[1], seen)
    # A scenario's mistakes are told with file, line and reason.
    good = "minutes = 10\n[operators]\ncount = 20\n"
    for number, (text, words) in enumerate([
        ("minutes = 10\n", "nobody sits anywhere"),
        ("minutes = 10\nminuts = 3\n[operators]\ncount = 1\n", ":2: minuts: no such key"),
        (good + "[calls]\ngenuine = 50\n", ":5: calls.genuine: with ghost"),
        (good + "[[surge]]\nwhere = 'polda-atlantis'\nfrom = '00:01'\nminutes = 3\n", ":5: surge[0].where: there is no station"),
        (good + "[[outage]]\nwhere = 'polda-diy'\nfrom = '25:00'\nminutes = 3\n", ":6: outage[0].from: a time"),
        (good + "[faults]\ncrash = 3\n", ":5: faults.crash: no such key"),
        ("minutes = 10\ndays = 1\n[operators]\ncount = 1\n", "either days or minutes"),
        ("minutes = 10\n[operators]\nroster = 'roster.csv'\n", "roster.csv:3: 'x' is no number of operators"),
        ("minutes = \n", ":1:"),
    ]):
        scenario = f"{folder}/{number}.toml"
        with open(scenario, "w") as file:
            file.write(text)
        with open(folder + "/roster.csv", "w") as file:
            file.write("station,from,until,operators\npolres-sleman,07:00,19:00,2\npolres-sleman,19:00,07:00,x\n")
        seen = run("simulate", "--scenario", scenario)
        expect(f"scenario: {words}", seen[0] == 2 and words in seen[1], seen)
    with open(folder + "/good.toml", "w") as file:
        file.write(good)
    seen = run("simulate", "--scenario", folder + "/good.toml", "--out", folder + "/report.html")
    expect("a scenario runs", seen[0] == 0 and "every rule held" in seen[1] and "in 5 s" in seen[1], seen)
    first, second = run("simulate", "--seed", "5"), run("simulate", "--seed", "5")
    expect("the same seed gives the same trace", first == second and "trace" in first[1], first)
