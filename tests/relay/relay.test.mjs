// A citizen and an operator behind a NAT whose network lets out web pages and a relay, and no voice: both are heard all
// the same, by UDP and by TCP to the relay. The relay reaches the media process and nothing else.
// Skipped, with words, where network namespaces are not permitted.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, openBrowser, openPage, press, readyOperator, TOP, until } from '../e2e/kit.mjs';
import { INSIDE, LINE, missing, Network, RELAY, space, within } from './network.mjs';

const PROGRAM = process.env.SIGAP ?? join(TOP, 'build/release/apps/sigap');
const SECRET = '0123456789abcdef0123456789abcdef';
const skip = missing() ?? false;
const children = [];
let network, scratch, browser, operator, log = '';

function started(host, program, args) {
  const child = spawn(...within(host, program, args), { cwd: scratch, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (log += words));
  children.push(child);
  return child;
}
async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

before(async () => {
  if (skip) return;
  network = new Network();
  scratch = mkdtempSync(join(tmpdir(), 'sigap-relay-'));
  mkdirSync(join(scratch, 'data'), { mode: 0o700 });
  writeFileSync(join(scratch, 'secret'), SECRET, { mode: 0o600 });
  writeFileSync(join(scratch, 'sigap.toml'), `[storage]
data = '${scratch}/data'
keys = '${scratch}/data.keys'
[nation]
folder = '${TOP}/data/indonesia'
[web]
listen = '${LINE}:8110'
pages = '${TOP}/web/dist'
public_url = 'http://${LINE}:8110'
insecure_cookie = true
[web_callers]
station = 'polres-sleman'
[sip]
listen = '${LINE}:5060'
[media]
address = '${LINE}'
prompts = '${TOP}/build/assets/prompts'
ends_with_server = true
[turn]
urls = ['turn:${RELAY}:3478?transport=udp', 'turn:${RELAY}:3478?transport=tcp']
secret_file = '${scratch}/secret'
listen = ['${RELAY}']
port_max = 50000
`);
  started('line', join(dirname(PROGRAM), 'sigapd'), ['--config', join(scratch, 'sigap.toml')]);
  await until('the server', () => spawnSync(...within('line', 'curl', ['-sf', `http://${LINE}:8110/healthz`])).status === 0, 30);
  const conf = join(scratch, 'turnserver.conf');
  writeFileSync(conf, execFileSync(PROGRAM, ['edge', 'coturn', '--config', join(scratch, 'sigap.toml')]), { mode: 0o600 });
  started('relay', 'turnserver', ['-c', conf, '--pidfile', join(scratch, 'pid')]);
  const words = execFileSync(PROGRAM, ['user', 'add', 'operator1', '--lasting', '--role', 'operator', '--station', 'polres-sleman', '--data', join(scratch, 'data')], { encoding: 'utf8' });
  network.letsOut(`ip daddr ${RELAY} udp dport 3478 counter accept`);
  const chromium = join(scratch, 'chromium');
  writeFileSync(chromium, `#!/bin/sh\nexec ip netns exec ${space('house')} ${process.env.CHROMIUM ?? '/usr/bin/chromium'} "$@" --unsafely-treat-insecure-origin-as-secure=http://${LINE}:8110\n`);
  chmodSync(chromium, 0o755);
  browser = await openBrowser(chromium);
  operator = await openPage(browser, { url: `http://${LINE}:8110` }, '/konsol');
  await readyOperator(operator, { login: 'operator1', password: words.match(/password of \S+ (\S+)/)[1] });
});
after(async () => {
  await browser?.close();
  for (const child of children.reverse()) await ended(child);
  network?.close();
  if (process.env.RELAY_LOG) console.error(log);
  if (scratch) rmSync(scratch, { recursive: true, force: true });
});

/** Packets of both ways go on rising, and something is heard. */
async function heard(page, name) {
  const from = (await page.evaluate((of) => window[of](), name)) ?? { sent: 0, received: 0 };
  await until(`voice both ways (${name})`, async () => {
    const seen = await page.evaluate((of) => window[of](), name);
    return seen && seen.sent > from.sent + 50 && seen.received > from.received + 50 && seen.level > 0.005;
  });
}

for (const transport of ['udp', 'tcp'])
  test(`where no voice is let out both are heard through the relay, by ${transport}`, { skip }, async () => {
    network.letsOut(`ip daddr ${RELAY} ${transport} dport 3478 counter accept`);
    const citizen = await openPage(browser, { url: `http://${LINE}:8110` }, '/', { width: 390, height: 844, mobile: true });
    await press(citizen, 'web-call');
    const phase = (wanted) => until(wanted, async () => (await at(citizen, 'web-call-view').getAttribute('data-phase')) === wanted);
    await phase('waiting');
    await press(operator, 'answer');
    await until('joined', async () => (await at(operator, 'my-call').getAttribute('data-connected')) === 'true');
    await phase('talking');
    const [before] = network.counted();
    await heard(citizen, 'sigapCall');
    await heard(operator, 'sigapVoice');
    const [through, dropped] = network.counted();
    assert.ok(through > before + 100, `${through - before} packets went to the relay`);
    assert.ok(dropped > 0, 'the direct way was tried and is shut');
    await at(operator, 'hang-up').click();
    await phase('over');
    await at(operator, 'outcome-genuine').click();
    await until('ready', async () => (await at(operator, 'own-state').getAttribute('data-state')) === 'ready');
    await citizen.context().close();
  });

/** Through the relay to this host: what the relay says of it. */
function asks(peer, { user = `${Math.floor(Date.now() / 1000) + 600}:x`, secret = SECRET } = {}) {
  const password = createHmac('sha1', secret).update(user).digest('base64');
  const { stdout, stderr } = spawnSync(...within('line', 'timeout', ['15', 'turnutils_uclient', '-v', '-n', '2', '-m', '1', '-c', '-u', user, '-w', password, '-e', peer, '-L', LINE, RELAY]), { encoding: 'utf8' });
  return stdout + stderr;
}

test('the relay sends to the media process and to nobody else, for whom the server told and nobody else', { skip }, () => {
  started('line', 'turnutils_peer', ['-L', LINE, '-p', '3480']); // at the media's address: says everything back
  assert.match(asks(LINE), /tot_recv_msgs=2/);
  for (const other of [INSIDE, RELAY, '127.0.0.1', '192.168.7.1']) assert.match(asks(other), /error 403/i, other);
  assert.match(asks(LINE, { secret: SECRET.replace('0', '9') }), /error 401|Cannot complete Allocation/i);
  assert.match(asks(LINE, { user: `${Math.floor(Date.now() / 1000) - 5}:x` }), /error 401|Cannot complete Allocation/i);
  assert.doesNotMatch(log, /192\.168\.7\.2/, 'no address of a caller in a log');
  assert.ok(readFileSync(join(scratch, 'turnserver.conf'), 'utf8').includes(`allowed-peer-ip=${LINE}\n`));
});
