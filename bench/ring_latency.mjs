// INVITE on the wire to the ring: on the WebSocket of many operators, and in the DOM of a real console among them.
// usage: node --experimental-websocket bench/ring_latency.mjs [CALLS_PER_SECOND...]     (default 1 10 50)
// Callers are UDP sockets of this process (so that the moment of sending is known), each with a number of its own; they
// hang up once they rang. Durable commits and media are on. Read docs/performance.md before quoting.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { Operator } from './operator.mjs';
import { Installation, openBrowser, openPage, pause, readyOperator, TOP, until } from '../tests/e2e/kit.mjs';

const RATES = process.argv.slice(2).map(Number).filter(Boolean);
const OPERATORS = 60;
const SECONDS = 20;
const clock = () => performance.timeOrigin + performance.now();
const percentile = (values, p) => values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))];

const sent = new Map(); // number -> ms
const onSocket = new Map();
const inDom = new Map();
const calls = new Map(); // Call-ID -> call

function told(update) {
  for (const card of update.calls) {
    if (card.offer === undefined || onSocket.has(card.number)) continue;
    onSocket.set(card.number, clock());
    rang(card.number);
  }
}

const [udp] = [createSocket('udp4')];
let host, port, here;

function say(text) {
  udp.send(text, port, host);
}
function request(call, method, cseq, extra = '', body = '') {
  return `${method} sip:110@${host}:${port} SIP/2.0\r\nVia: SIP/2.0/UDP ${here};branch=z9hG4bK${call.id}${cseq}${method}\r\n` +
    `From: <sip:c@${here}>;tag=f\r\nTo: <sip:110@${host}>${call.tag ? `;tag=${call.tag}` : ''}\r\nCall-ID: ${call.id}\r\n` +
    `CSeq: ${cseq} ${method}\r\nContact: <sip:c@${here}>\r\nMax-Forwards: 70\r\n${extra}Content-Length: ${body.length}\r\n\r\n${body}`;
}
function dial(number) {
  const call = { id: `b${number.slice(1)}`, number, tag: '', done: false };
  calls.set(call.id, call);
  const sdp = `v=0\r\no=c 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${20000 + (calls.size % 4000) * 2} RTP/AVP 8\r\n`;
  sent.set(number, clock());
  say(request(call, 'INVITE', 1, `P-Asserted-Identity: <tel:${number}>\r\nContent-Type: application/sdp\r\n`, sdp));
}
function finish(call) {
  if (!call.tag || call.done) return;
  call.done = true;
  say(request(call, 'BYE', 2));
}
/** UDP loses; what was not confirmed is said again. */
async function finishAll() {
  for (let round = 0; round < 10; round++) {
    let n = 0;
    for (const call of calls.values()) {
      if (call.over || !call.tag) continue;
      say(request(call, 'BYE', 2));
      if (++n % 5 === 0) await pause(10);
    }
    if (n === 0) return;
    await pause(300);
  }
}
function rang(number) {
  const call = calls.get(`b${number.slice(1)}`);
  if (!call) return;
  call.rang = true;
  setTimeout(() => finish(call), 300); // long enough for a frame of the real console
}
udp.on('message', (bytes) => {
  const text = bytes.toString();
  const call = calls.get(/Call-ID: (\S+)/i.exec(text)?.[1]);
  if (call && /CSeq: 2 BYE/i.test(text)) call.over = true;
  if (!call || !text.startsWith('SIP/2.0 200') || !/CSeq: 1 INVITE/i.test(text)) return;
  call.tag = /To:.*;tag=([^;\r]+)/i.exec(text)[1];
  say(request(call, 'ACK', 1));
  if (call.rang) finish(call);
});

async function metric(installation, name) {
  const text = await (await fetch(`http://${installation.http}/metrics`)).text();
  return Number(new RegExp(`^sigap_${name} (\\S+)`, 'm').exec(text)[1]);
}

const installation = await Installation.start();
const browser = await openBrowser();
try {
  await until('media', async () => (await installation.health()).status === 'ok');
  [host, port] = [installation.sip.split(':')[0], Number(installation.sip.split(':')[1])];
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  here = `127.0.0.1:${udp.address().port}`;
  // Memory of callers who wait with a prompt in their ear and nobody to answer.
  const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${installation.serverPid()}/status`, 'utf8'))[1]);
  const before = rss();
  const WAITING = 1000;
  for (let i = 0; i < WAITING; i++) {
    dial(`+62877${String(i).padStart(7, '0')}`);
    if (i % 5 === 4) await pause(60);
  }
  await until('all wait', async () => (await installation.health()).calls.waiting === WAITING, 60);
  await pause(2000);
  console.log(`memory of sigapd: ${before} kB before, ${rss()} kB with ${WAITING} waiting: ${((rss() - before) / WAITING).toFixed(1)} kB a call`);
  await finishAll();
  await until('all gone', async () => (await installation.health()).sip.legs === 0, 60);
  calls.clear();
  await pause(3000); // tasks are written

  // The real console is ready first: an operator who is idle longest is rung first.
  const console_ = await openPage(browser, installation, '/konsol');
  await readyOperator(console_, installation.people.operator1);
  await console_.exposeFunction('rangInDom', (number, at) => {
    inDom.set(number, at);
    rang(number);
  });
  await console_.evaluate(() => {
    const seen = new Set();
    new MutationObserver(() => {
      if (!document.querySelector('[data-testid="answer"]')) return;
      const number = document.querySelector('li.rings [data-testid="call-number"]')?.textContent;
      if (number && !seen.has(number)) {
        seen.add(number);
        window.rangInDom(number, performance.timeOrigin + performance.now());
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  const operators = [];
  for (let i = 0; i < OPERATORS; i++) {
    const login = `bench.${i}`;
    execFileSync(process.env.SIGAP ?? join(TOP, 'build/release/apps/sigap'), ['user', 'add', login, '--station', 'polres-sleman',
      '--password-stdin', '--lasting', '--data', installation.data], { input: 'bench password 1\n' });
    operators.push(await Operator.start(installation.http, login, 'bench password 1', told));
  }
  await pause(1000);
  console.log('calls/s   rang   ms to WebSocket p50   p99   ms to DOM p50   p99 (n)   calls per durable commit');
  let serial = 0;
  for (const rate of RATES.length ? RATES : [1, 10, 50]) {
    sent.clear();
    onSocket.clear();
    inDom.clear();
    const commits = await metric(installation, 'journal_commits_total');
    const count = rate * SECONDS;
    const start = clock();
    for (let i = 0; i < count; i++) {
      const wait = start + (i * 1000) / rate - clock();
      if (wait > 1) await pause(wait);
      dial(`+62899${String(++serial).padStart(7, '0')}`);
    }
    await until('every call rang or ended', () => [...calls.values()].every((call) => call.done), 30).catch((e) => console.log(e.message));
    await pause(500);
    const socket = [], dom = [];
    for (const [number, at] of sent) {
      if (onSocket.has(number)) socket.push(onSocket.get(number) - at);
      if (inDom.has(number)) dom.push(inDom.get(number) - at);
    }
    const made = (await metric(installation, 'journal_commits_total')) - commits;
    const f = (value) => (value === undefined ? '-' : value.toFixed(1)).padStart(7);
    console.log(`${String(rate).padStart(7)} ${String(new Set([...onSocket.keys(), ...inDom.keys()]).size).padStart(6)}/${count}`
      + ` ${f(percentile(socket, 0.5))} ${f(percentile(socket, 0.99))}        ${f(percentile(dom, 0.5))} ${f(percentile(dom, 0.99))} (${dom.length})   ${(count / made).toFixed(2)}`);
    await finishAll();
    calls.clear();
    await pause(1000);
  }
  for (const operator of operators) operator.stop();
  await console_.context().close();

} catch (error) {
  console.log(error, installation.log.slice(-2000));
  process.exitCode = 1;
} finally {
  udp.close();
  await browser.close();
  await installation.stop();
}
process.exit();
