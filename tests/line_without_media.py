"""What scripts need that start the real server and no call: its configuration, as {folder} and {source}, and a plain check."""
import re
import subprocess
import sys
import time

START_S = 60  # a shared machine stutters

CONFIGURATION = """
[storage]
data = '{folder}/data'
keys = '{folder}/keys'
[nation]
folder = '{source}/data/indonesia'
[web]
listen = '127.0.0.1:0'
insecure_cookie = true
[sip]
listen = '127.0.0.1:0'
[media]
ng_host = '192.0.2.1'
ng_port = 1
dtmf_port = 0
prompts = '{folder}'
"""  # no media process is needed, and a documentation address has none


def serve(programs, folder):
    """Starts FOLDER/x.toml's server: the process, and its HTTP port; or, when it ended instead, its exit code and what it
    said."""
    log = open(f"{folder}/log", "w+")
    process = subprocess.Popen([f"{programs}/sigapd", "--config", f"{folder}/x.toml"], stderr=log)
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        log.seek(0)
        serves = re.search(r"serves http 127\.0\.0\.1:(\d+)", log.read())
        if serves:
            return process, int(serves.group(1))
        if process.poll() is not None:
            log.seek(0)
            return process, (process.returncode, log.read())
        time.sleep(0.05)
    sys.exit("the server neither serves nor ends")


def expect(what, condition, seen):
    if not condition:
        sys.exit(f"{what}: {seen}")
