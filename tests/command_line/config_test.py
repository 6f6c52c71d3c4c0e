#!/usr/bin/env python3
"""What sigapd says to a configuration that it cannot use; and deploy/sigap.toml against what config.cpp reads.
usage: config_test.py SIGAPD SOURCE_DIR"""
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

sigapd, source = sys.argv[1], Path(sys.argv[2])


def expect(what, condition, seen):
    if not condition:
        sys.exit(f"{what}: {seen}")


def run(text):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.toml"
        if text is not None:
            file.write_text(text)
        done = subprocess.run([sigapd, "--config", str(file)], capture_output=True, text=True, timeout=20)
        return done.returncode, done.stdout + done.stderr


good = "[storage]\ndata='/nowhere/d'\nkeys='/nowhere/k'\n"
for text, words in [
    (None, "cannot read"),
    ("[storage\n", "x.toml:1: "),
    (good + "[webb]\n", "webb: no such key"),
    (good + "[web]\nlisen='127.0.0.1:1'\n", "x.toml:5: web.lisen: no such key"),
    (good + "[web]\nlisten='127.0.0.1'\n", "web.listen: write ADDRESS:PORT"),
    (good + "[web]\ninsecure_cookie='yes'\n", "web.insecure_cookie: true or false"),
    (good + "[web]\ncertificate='c'\n", "web.key: certificate and key are needed together"),
    (good + "[web]\ncertificate='c'\nkey='k'\ninsecure_cookie=true\n", "web.insecure_cookie: not with a certificate"),
    (good + "[web]\nredirect_from='0.0.0.0:80'\nhosts=['a']\n", "web.redirect_from: there is no HTTPS"),
    (good + "[web]\nredirect_from='80'\n", "web.redirect_from: write ADDRESS:PORT"),
    (good + "[web]\ncertificate='c'\nkey='k'\nredirect_from='0.0.0.0:80'\n", "web.redirect_from: needs web.hosts"),
    (good + "[media]\nport_min=70000\n", "media.port_min: a port, 0 to 65535"),
    (good + "[media]\nng_host='localhost'\n", "media.ng_host: an address"),
    (good + "[cluster]\nnode='a'\npeer='b'\n", "cluster.peer: write ADDRESS:PORT"),
    (good + "[server]\ncell='Jogja 1'\n", "server.cell: 1 to 32 of a-z 0-9 -"),
    (good + "[[trunk]]\naddresses=['127.0.0.1']\n", "trunk[0].name"),
    (good + "[[trunk]]\nname='x'\n", "trunk[0].addresses"),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\ncalls_per_second=0\n", "trunk[0].calls_per_second"),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\ncaller_id='a'\n", "trunk[0].caller_id: + and digits"),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\ndialled=['110','1*0']\n", "trunk[0].dialled: numbers, prefixes"),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\ndialled=['satu satu nol']\n", "trunk[0].dialled: numbers, prefixes"),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\nidentity_believed='tidak'\n", "trunk[0].identity_believed: true or false"),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\nmedia='any'\n", "trunk[0].media: \"as-signalled\" or \"learned\""),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\noutgoing='ja'\n", "trunk[0].outgoing: true or false"),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\ncall_over='sctp'\n", "trunk[0].call_over: \"udp\", \"tcp\""),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\ncall_to='sbc:5060'\n", "trunk[0].call_to: write ADDRESS:PORT"),
    (good + "[[trunk]]\nname='x'\naddresses=['10.0.0.0/8']\noutgoing=true\n", "trunk[0].call_to: needed"),
    (good + "[outgoing]\nnumbers=['+62*1']\n", "outgoing.numbers: + and digits"),
    (good + "[outgoing]\nnumbers=['*']\n", "outgoing.numbers: + and digits"),
    (good + "[administration]\nsecond_factor='maybe'\n", "administration.second_factor: required or offered"),
    (good + "[quality]\nsample_percent=1\n", "quality.sample_percent: 2 to 100"),
    (good + "[quality]\nall_of=['prank']\n", "quality.all_of: \"complaint\""),
    (good + "[quality]\nwithin_days=0\n", "quality.within_days: 1 to 90"),
    (good + "[cases]\nanswer_days=15\n", "cases.answer_days: 1 to 14"),
    (good + "[outgoing]\nring_back_after_s=-1\n", "outgoing.ring_back_after_s: 0 to 3600"),
    (good + "[[line]]\nname='Ambulans'\nnumber='a'\n", "line[0].number: + and digits"),
    (good + "[[line]]\nnumber='119'\n", "line[0].name: 1 to 40 bytes"),
    (good + "[[line]]\nname='A'\nnumber='1'\n[[line]]\nname='A'\nnumber='2'\n", "line[1].name: twice: A"),
    (good + "[web_callers]\ncalls_max=-1\n", "web_callers.calls_max: 0 to 2000"),
    (good + "[web_callers]\ncalls_max=200\n[media]\nvoices_max=300\n", "web_callers.calls_max: at most half"),
    (good + "[web_callers]\ncalls_of_address=0\n", "web_callers.calls_of_address: 1 to 2000"),
    (good + "[[trunk]]\nname='web'\naddresses=['::1']\n", "trunk[0].name: \"web\" is the name"),
    (good + "[sip]\ntls_listen='127.0.0.1:5061'\n", "sip.tls_certificate: a PEM file"),
    (good + "[sip]\ntls_listen='127.0.0.1'\n", "sip.tls_listen: write ADDRESS:PORT"),
    (good + "[[trunk]]\nname='x'\naddresses=['::1']\ncall_over='tls'\n", "trunk[0].call_over: \"tls\" needs sip.tls_listen"),
    (good + "[turn]\nurls=['stun:x']\n", "turn.urls: turn:HOST"),
    (good + "[turn]\nurls=['turn:relay.example?transport=sctp']\n", "turn.urls: turn:HOST"),
    (good + "[turn]\nurls=['turn:relay.example']\n", "turn.secret_file: needed with urls"),
    (good + "[turn]\nttl_s=1\n", "turn.ttl_s: 60 to 86400"),
    (good + "[turn]\nport_min=80\n", "turn.port_min: 1024"),
    (good + "[edge]\ninside='127.0.0.1'\n", "edge.inside: write ADDRESS:PORT"),
    ("[storage]\nkeys='/k'\n", "storage.data"),
]:
    code, seen = run(text)
    expect(repr(text), code == 2 and words in seen, (code, seen))
# What only a start can know: which stations there are, whose a port is, which folder cannot be made.
def start_of(text, *flags):
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "x.toml"
        file.write_text(text.replace("DIR", scratch))
        done = subprocess.run([sigapd, "--config", str(file), *flags], capture_output=True, text=True, timeout=300)
        return done.returncode, done.stderr.replace(scratch, "DIR")


with socket.socket() as taken:
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    port = taken.getsockname()[1]
    start = f"[storage]\ndata='DIR/d'\nkeys='DIR/k'\n[nation]\nfolder='{source}/data/indonesia'\n[sip]\nlisten='127.0.0.1:0'\n"
    media = "[media]\nrtpengine='/bin/false'\nng_port=0\n"
    web = f"[web]\nlisten='127.0.0.1:{port}'\npublic_url='http://127.0.0.1:1'\ninsecure_cookie=true\n"
    trunk = "[[trunk]]\nname='x'\naddresses=['127.0.0.1']\n"
    for text, words in [
        (start + media + web + trunk + "station='polres-slemen'\n", 'x.toml:18: trunk[0].station: there is no station "polres-slemen", did you mean "polres-sleman"?'),
        (start + media + web + trunk + "station='kantor-pusat-jakarta'\n", 'x.toml:18: trunk[0].station: there is no station "kantor-pusat-jakarta"\n'),
        (start + media + web + trunk + "station='polres-sleman'\n", f"cannot listen for HTTP on 127.0.0.1:{port}: Address already in use"),
        (start.replace("DIR/d", "/proc/none") + media + web, "cannot make the folder /proc/none: "),
    ]:
        code, seen = start_of(text)
        expect(words, code == 2 and words in seen, (code, seen))

code, seen = subprocess.run([sigapd], capture_output=True).returncode, ""
expect("no --config", code == 2, code)

read, section = set(), ""
for line in (source / "src/config/config.cpp").read_text().splitlines():
    if found := re.search(r'(?:section|each)\("(\w+)"', line):
        section = found.group(1)
    if found := re.search(r'(?:\bt\.read\(|\baddress\(t, )"(\w+)"', line):
        read.add(f"{section}.{found.group(1)}")
documented, section = set(), ""
for line in (source / "deploy/sigap.toml").read_text().splitlines():
    if found := re.match(r"\[+(\w+)\]+$", line):
        section = found.group(1)
    if found := re.match(r"(\w+) = ", line):
        documented.add(f"{section}.{found.group(1)}")
expect("keys that are read and keys that are documented", read == documented and len(read) > 20, read ^ documented)
