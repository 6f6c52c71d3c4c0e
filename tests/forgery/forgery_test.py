#!/usr/bin/env python3
"""Somebody who can write the data folder, and has no key, appends a session of an administrator: the real server does not
serve from it, a person decides, and nothing is lost. usage: forgery_test.py BIN_DIR SOURCE_DIR"""
import base64
import fcntl
import hashlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from line_without_media import CONFIGURATION, START_S, expect, serve

programs, source = Path(sys.argv[1]), Path(sys.argv[2])


class Line:
    """An installation, and its server while it runs."""

    def __init__(self, folder):
        self.folder = folder
        self.data, self.keys = Path(folder, "data"), Path(folder, "keys")
        Path(folder, "x.toml").write_text(CONFIGURATION.format(folder=folder, source=source))
        self.process = None

    def start(self):
        """The HTTP port; or, when it ended instead, its exit code and what it said."""
        self.process, port_or_end = serve(programs, self.folder)
        return port_or_end

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=START_S)

    def sigap(self, *args):
        done = subprocess.run([programs / "sigap", *args, "--data", self.data, "--keys", self.keys], capture_output=True, text=True,
                              timeout=START_S)
        return done.returncode, done.stdout + done.stderr

    def forge_session(self, token):
        """As docs/formats/journal.md says, without any key: the chain is right, and the note is left alone."""
        db = sqlite3.connect(self.data / "journal.sqlite")
        position, epoch, seq, body, before = db.execute(
            "SELECT position, epoch, seq, body, hash FROM events ORDER BY position DESC LIMIT 1").fetchone()
        event = json.loads(body)
        sessions = db.execute("SELECT count(*) FROM events WHERE body LIKE '%\"SessionOpened\"%'").fetchone()[0]
        event.update(id=os.urandom(16).hex(), seq=seq + 1)
        event.pop("actor", None)
        event["body"] = {"type": "SessionOpened", "session": sessions + 1, "person": 1,
                         "token_hash": hashlib.sha256(token.encode()).hexdigest(), "expires": event["at"] + 86_400_000}
        forged = json.dumps(event, separators=(",", ":"))
        db.execute("INSERT INTO events(position, stream, epoch, seq, body, hash) VALUES(?,?,?,?,?,?)",
                   (position + 1, event["stream"], epoch, seq + 1, forged, hashlib.sha256((before + forged).encode()).hexdigest()))
        db.commit()
        db.close()
        return position + 1

    def drop_seals(self):
        """As who can write the data folder alone makes it look like a journal of before seals."""
        db = sqlite3.connect(self.data / "journal.sqlite")
        db.executescript("CREATE TABLE bare AS SELECT position, stream, epoch, seq, body, hash FROM events;"
                         "DROP TABLE events; ALTER TABLE bare RENAME TO events")
        db.close()

    def believes(self, port, token):
        """Whether a browser with this cookie is let in."""
        with socket.create_connection(("127.0.0.1", port), timeout=START_S) as browser:
            browser.sendall((f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
                             f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                             f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
                             f"Cookie: sigap_session={token}\r\n\r\n").encode())
            heard = b""
            while b"Welcome" not in heard and b"SessionOver" not in heard:
                piece = browser.recv(65536)
                if not piece:
                    sys.exit(f"the browser was told nothing: {heard}")
                heard += piece
            return b"Welcome" in heard


with tempfile.TemporaryDirectory() as folder:
    line = Line(folder)
    port = line.start()
    expect("a first start serves", isinstance(port, int), port)
    seen = subprocess.run(
        [programs / "sigap", "user", "add", "kepala", "--role", "administrator", "--station", "mabes", "--data", line.data],
        capture_output=True, text=True)
    expect("an administrator is added", seen.returncode == 0, seen.stderr)
    line.stop()
    seen = line.sigap("journal", "verify")
    expect("whole", seen[0] == 0 and seen[1].startswith("whole: "), seen)

    token = "x" * 43
    at = line.forge_session(token)
    seen = line.sigap("journal", "verify")
    expect("verify says from where on it is not proved",
           seen[0] == 1 and f"1 lines from position {at} on" in seen[1] and "sigap journal set-aside" in seen[1], seen)
    auditor = Path(folder, "auditor")
    auditor.mkdir()
    auditor.joinpath("head").write_bytes(line.keys.joinpath("head").read_bytes())
    seen = subprocess.run([programs / "sigap", "journal", "verify", "--data", line.data, "--keys", auditor], capture_output=True, text=True)
    expect("without the key the chain is checked and that is said", seen.returncode == 0 and "its seals were not checked" in seen.stdout, seen)
    for again in range(2):
        code, said = line.start()
        expect("the server does not serve from it", code == 2 and f"1 lines from position {at} on" in said, (code, said))
    seen = line.sigap("journal", "set-aside")
    expect("a reason is needed", seen[0] == 2 and "--reason is required" in seen[1], seen)

    copy = Path(folder, "copy")
    subprocess.run(["cp", "-a", line.data, copy], check=True)
    seen = line.sigap("journal", "set-aside", "--reason", "nobody here signed in")
    expect("it is set aside", seen[0] == 0 and f"aside-{at}-{at}.jsonl" in seen[1], seen)
    aside = Path(line.data, f"aside-{at}-{at}.jsonl").read_text()
    expect("and kept", hashlib.sha256(token.encode()).hexdigest() in aside, aside)
    expect("with its reason", "nobody here signed in" in Path(line.keys, "decisions").read_text(), os.listdir(line.keys))
    port = line.start()
    expect("the line serves again", isinstance(port, int), port)
    expect("and believes no forged session", not line.believes(port, token), port)
    seen = line.sigap("journal", "accept", "--reason", "x")
    expect("nothing is decided beside a running server", seen[0] == 2 and "another process writes" in seen[1], seen)
    line.stop(signal.SIGKILL)
    port = line.start()
    expect("killed, it goes on by its own seals", isinstance(port, int), port)
    line.stop()

    # The forgery was well made: accepted by a person it would be believed.
    subprocess.run(["rm", "-r", line.data], check=True)
    copy.rename(line.data)
    seen = line.sigap("journal", "accept", "--reason", "a test")
    expect("it is accepted", seen[0] == 0 and seen[1].startswith("accepted: 1 lines"), seen)
    port = line.start()
    expect("the line serves", isinstance(port, int) and line.believes(port, token), port)
    line.stop()
    seen = line.sigap("journal", "verify")
    expect("whole again", seen[0] == 0, seen)
    seen = line.sigap("journal", "accept", "--reason", "x")
    expect("nothing is left to decide", seen[0] == 0 and "nothing to decide" in seen[1], seen)

    # As the program of before seals left it, killed: its last line is not noted. Believed once.
    (line.keys / "head").unlink()
    (line.keys / "sealed").unlink()
    line.drop_seals()
    port = line.start()
    log = Path(folder, "log").read_text()
    expect("the first start after an upgrade serves, and says what it believed",
           isinstance(port, int) and "were not noted before the upgrade" in log and "critical" in log, log)
    line.stop()
    (line.keys / "head").unlink()
    line.drop_seals()
    code, said = line.start()
    expect("only the first", code == 2 and "lines from position 1 on" in said, (code, said))
    seen = line.sigap("journal", "set-aside", "--reason", "x")
    expect("a journal is not set aside whole", seen[0] == 1 and "nothing of this journal is proved" in seen[1], seen)

    # One of two machines that does not start must not keep the address.
    followed = Path(folder, "followed")
    (line.keys / "cluster.key").write_bytes(os.urandom(32))
    (line.keys / "cluster.key").chmod(0o600)
    with open(f"{folder}/x.toml", "a") as more:
        more.write(f"""[cluster]
node = 'a'
listen = '127.0.0.1:1'
peer = '127.0.0.1:2'
witness = '127.0.0.1:3'
lead_command = 'true'
follow_command = 'touch {followed}'
""")
    code, said = line.start()
    expect("it does not start, and has let the address go", code == 2 and "not proved" in said and followed.exists(), (code, said))
    followed.unlink()
    with open(line.data / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, said = line.start()
    expect("beside one that serves the address stays", code == 2 and "another process" in said and not followed.exists(), (code, said))

    # A cut tail is told, and how to settle it.
    seen = line.sigap("journal", "accept", "--reason", "x")
    expect("accepted", seen[0] == 0, seen)
    db = sqlite3.connect(line.data / "journal.sqlite")
    last = db.execute("SELECT max(position) FROM events WHERE seal IS NOT NULL").fetchone()[0]
    db.execute("DELETE FROM events WHERE position = ?", (last,))
    db.commit()
    db.close()
    seen = line.sigap("journal", "accept", "--reason", "a disk was changed")
    noted = f"{last} events were noted, {last - 1} are here"
    expect("what was noted and what is here is said", seen[0] == 0 and noted in seen[1], seen)
    expect("and kept", noted in (line.keys / "decisions").read_text() and (line.keys / "head.lost").exists(), os.listdir(line.keys))
