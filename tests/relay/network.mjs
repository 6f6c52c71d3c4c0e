// A small internet of network namespaces: the line's machine and the relay's on one network, and a house whose browsers
// come out through a NAT that lets out what the test says. Nothing of this machine's own network is touched.
import { execFileSync, spawnSync } from 'node:child_process';

export const LINE = '198.51.100.1', RELAY = '198.51.100.2', INSIDE = '198.51.100.3', NAT = '198.51.100.9'; // RFC 5737
const HOUSE = '192.168.7.2', DOOR = '192.168.7.1';
const prefix = `sigap${process.pid}`;
export const space = (name) => `${prefix}${name}`;
export const within = (name, program, args) => ['ip', ['netns', 'exec', space(name), program, ...args]];
const ip = (...words) => execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });

/** Why this machine cannot do it; undefined: it can. */
export function missing() {
  for (const program of ['ip', 'nft', 'turnserver', 'turnutils_uclient', 'rtpengine'])
    if (spawnSync('which', [program]).status !== 0) return `${program} is not installed`;
  if (process.getuid() !== 0) return 'network namespaces need root';
  const made = spawnSync('ip', ['netns', 'add', space('probe')], { encoding: 'utf8' });
  if (made.status !== 0) return `no network namespaces here: ${made.stderr.trim()}`;
  const filter = spawnSync(...within('probe', 'nft', ['add', 'table', 'ip', 'probe']), { encoding: 'utf8' });
  ip('netns', 'delete', space('probe'));
  return filter.status === 0 ? undefined : `no packet filter here: ${filter.stderr.trim()}`;
}

export class Network {
  constructor() {
    const hosts = { net: [], line: [LINE], relay: [RELAY, INSIDE], nat: [NAT], house: [] };
    for (const name of Object.keys(hosts)) ip('netns', 'add', space(name));
    for (const name of Object.keys(hosts)) ip('-n', space(name), 'link', 'set', 'lo', 'up');
    ip('-n', space('net'), 'link', 'add', 'bridge', 'type', 'bridge');
    ip('-n', space('net'), 'link', 'set', 'bridge', 'up');
    for (const [name, addresses] of Object.entries(hosts)) {
      if (!addresses.length) continue;
      ip('-n', space('net'), 'link', 'add', `to-${name}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space(name));
      ip('-n', space('net'), 'link', 'set', `to-${name}`, 'master', 'bridge', 'up');
      for (const address of addresses) ip('-n', space(name), 'address', 'add', `${address}/24`, 'dev', 'eth0');
      ip('-n', space(name), 'link', 'set', 'eth0', 'up');
    }
    ip('-n', space('nat'), 'link', 'add', 'home', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space('house'));
    ip('-n', space('nat'), 'address', 'add', `${DOOR}/24`, 'dev', 'home');
    ip('-n', space('nat'), 'link', 'set', 'home', 'up');
    ip('-n', space('house'), 'address', 'add', `${HOUSE}/24`, 'dev', 'eth0');
    ip('-n', space('house'), 'link', 'set', 'eth0', 'up');
    ip('-n', space('house'), 'route', 'add', 'default', 'via', DOOR);
    execFileSync(...within('nat', 'sysctl', ['-qw', 'net.ipv4.ip_forward=1']));
  }

  /** What the house's network lets out besides web pages, as rules of nftables that end in "counter accept". */
  letsOut(...rules) {
    const text = `flush ruleset
table ip nat { chain out { type nat hook postrouting priority srcnat; oifname "eth0" masquerade; } }
table ip filter {
  chain through {
    type filter hook forward priority filter; policy accept;
    iifname "home" jump out
  }
  chain out {
    ip daddr ${LINE} tcp dport 8110 accept
    ${rules.join('\n    ')}
    counter drop
  }
}
`;
    execFileSync(...within('nat', 'nft', ['-f', '-']), { input: text, stdio: ['pipe', 'ignore', 'pipe'] });
  }

  /** Packets that each of these rules let out, and last those that were dropped. */
  counted() {
    const text = execFileSync(...within('nat', 'nft', ['list', 'chain', 'ip', 'filter', 'out']), { encoding: 'utf8' });
    return [...text.matchAll(/counter packets (\d+)/g)].map(([, packets]) => Number(packets));
  }

  close() {
    for (const name of ['net', 'line', 'relay', 'nat', 'house']) spawnSync('ip', ['netns', 'delete', space(name)]);
  }
}
