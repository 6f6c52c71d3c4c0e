"""What scripts need that start the real server and no call: its configuration, as {folder} and {source}, and a plain check."""
import sys

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


def expect(what, condition, seen):
    if not condition:
        sys.exit(f"{what}: {seen}")
