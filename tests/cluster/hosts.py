"""Network namespaces as hosts, on a bridge in a namespace of its own: nothing of this machine's network is touched.

Everything started here is ended by its process id, and the namespaces are deleted, by Hosts.close().
"""
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time


def missing():
    """Why this machine cannot do it, or None."""
    for program in ("ip", "sipp", "rtpengine", "sox", "curl"):
        if not shutil.which(program):
            return f"{program} is not installed"
    if os.geteuid() != 0:
        return "network namespaces need root"
    name = f"sigap{os.getpid()}probe"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True)
    if made.returncode != 0:
        return "no network namespaces here: " + made.stderr.strip()
    subprocess.run(["ip", "netns", "delete", name], check=True)
    return None


class Hosts:
    def __init__(self, names):
        self.prefix = f"sigap{os.getpid()}"
        self.names = names
        self.processes = []
        self._ip("netns", "add", self._space("net"))
        self._ip("-n", self._space("net"), "link", "add", "bridge", "type", "bridge")
        self._ip("-n", self._space("net"), "link", "set", "bridge", "up")
        for name, address in names.items():
            self._ip("netns", "add", self._space(name))
            self._ip("-n", self._space("net"), "link", "add", f"to-{name}", "type", "veth", "peer", "name", "eth0", "netns",
                     self._space(name))
            self._ip("-n", self._space("net"), "link", "set", f"to-{name}", "master", "bridge", "up")
            self._ip("-n", self._space(name), "address", "add", f"{address}/24", "dev", "eth0")
            self._ip("-n", self._space(name), "link", "set", "eth0", "up")
            self._ip("-n", self._space(name), "link", "set", "lo", "up")

    def _space(self, name):
        return f"{self.prefix}{name}"

    @staticmethod
    def _ip(*words):
        subprocess.run(["ip", *words], check=True)

    def link(self, name, state):
        """Cuts a host off ("down") or joins it again ("up")."""
        self._ip("-n", self._space("net"), "link", "set", f"to-{name}", state)

    def blow(self, name):
        """For a shell in any host: this one loses its power and its network at once."""
        return f"ip -n {self._space('net')} link set to-{name} down; kill -9 $(ip netns pids {self._space(name)})"

    def start(self, name, words, log, folder=None):
        process = subprocess.Popen(["ip", "netns", "exec", self._space(name), *words], cwd=folder, stdin=subprocess.DEVNULL,
                                   stdout=open(log, "ab"), stderr=subprocess.STDOUT)
        self.processes.append(process)
        return process

    def run(self, name, words, limit_s=10):
        return subprocess.run(["ip", "netns", "exec", self._space(name), *words], capture_output=True, text=True, errors="replace",
                              timeout=limit_s)

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
        for name in [*self.names, "net"]:
            subprocess.run(["ip", "netns", "delete", self._space(name)], check=False)


def until(what, condition, seconds):
    """Waits for something true and yields it and how long it took."""
    begun = time.monotonic()
    while True:
        seen = condition()
        if seen:
            return seen, time.monotonic() - begun
        if time.monotonic() - begun > seconds:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.05)


def announce(interface, address):
    """A gratuitous ARP, three times: "this address is here now" (RFC 5227, section 3). What arping -U sends."""
    door = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
    door.bind((interface, 0))
    hardware, ours = door.getsockname()[4], socket.inet_aton(address)
    body = struct.pack("!HHBBH6s4s6s4s", 1, 0x0800, 6, 4, 1, hardware, ours, b"\0" * 6, ours)
    for _ in range(3):
        door.send(b"\xff" * 6 + hardware + b"\x08\x06" + body)


def listen(port, seconds):
    """Prints how many UDP datagrams came to the port, whoever has it, and the longest gap between two of them in ms."""
    door = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
    count, longest, last, end = 0, 0.0, None, time.monotonic() + seconds
    while time.monotonic() < end:
        door.settimeout(max(end - time.monotonic(), 0.001))
        try:
            packet = door.recv(2048)
        except TimeoutError:
            break
        head = (packet[0] & 15) * 4
        if packet[9] != 17 or packet[head + 2:head + 4] != port.to_bytes(2, "big"):
            continue
        now = time.monotonic()
        longest = max(longest, now - (last or now))
        count, last = count + 1, now
    print(count, round(longest * 1000))


if __name__ == "__main__":
    if sys.argv[1] == "announce":
        announce(sys.argv[2], sys.argv[3])
    else:
        listen(int(sys.argv[2]), float(sys.argv[3]))
