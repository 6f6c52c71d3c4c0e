// node media_bridge.mjs MEDIA_PROBE PROMPT.au SCRATCH: a caller's telephone (in media_probe) and a real Chromium on one
// leg. Prompt, bridge, page loaded anew under the same offer, back to the prompt, another operator; each step is measured.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const [program, prompt, scratch] = process.argv.slice(2);
const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { chromium } = createRequire(join(top, 'web/package.json'))('playwright-core');

const probe = spawn(program, [prompt], { stdio: ['pipe', 'pipe', 'inherit'] });
const replies = createInterface({ input: probe.stdout })[Symbol.asyncIterator]();
async function ask(order) {
  probe.stdin.write(JSON.stringify(order) + '\n');
  const { value, done } = await replies.next();
  assert(!done, 'media_probe ended');
  return JSON.parse(value);
}
async function good(order) {
  const reply = await ask(order);
  assert(reply.ok, `${order.do}: ${JSON.stringify(reply)}`);
  return reply;
}
const talk = (ms) => good({ do: 'talk', ms });
const step = (name, seen) => console.log(`${name}: ${JSON.stringify(seen)}`);

// getUserMedia wants a page of a trusted origin.
const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<audio id=a autoplay>'));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launchPersistentContext(join(scratch, 'profile'), {
  executablePath: '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection'],
});

/** Runs in the page: answers an offer with its microphone. */
async function answerInPage(sdp) {
  const microphone = await navigator.mediaDevices.getUserMedia(
    { audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  window.peer?.close();
  const peer = window.peer = new RTCPeerConnection();
  peer.ontrack = ({ streams, track }) => {
    document.getElementById('a').srcObject = streams[0] ?? new MediaStream([track]);
  };
  await peer.setRemoteDescription({ type: 'offer', sdp });
  for (const track of microphone.getTracks()) peer.addTrack(track, microphone);
  await peer.setLocalDescription(await peer.createAnswer());
  while (peer.iceGatheringState !== 'complete') await new Promise((later) => setTimeout(later, 20));
  return peer.localDescription.sdp;
}
/** Runs in the page: what getStats tells of both ways. */
async function statsInPage() {
  const seen = { state: window.peer.connectionState, received: 0, sent: 0, level: 0 };
  for (const report of (await window.peer.getStats()).values()) {
    if (report.type === 'inbound-rtp') Object.assign(seen, { received: report.packetsReceived, level: report.audioLevel ?? 0 });
    if (report.type === 'outbound-rtp') seen.sent = report.packetsSent;
  }
  return seen;
}

async function newPage() {
  const page = await browser.newPage();
  await page.goto(url);
  return page;
}
async function join_(page, offer) {
  const { sdp } = await good({ do: 'offer', offer });
  const answer = await page.evaluate(answerInPage, sdp);
  await good({ do: 'answer', offer, sdp: answer });
}
/** Both hear each other, from the port that the caller knows. A microphone beeps now and then: the prompt is off. */
async function hearEachOther(name, page, port) {
  await talk(1500); // ICE and DTLS
  const before = await page.evaluate(statsInPage);
  const caller = await talk(3000);
  const after = await page.evaluate(statsInPage);
  const seen = { caller, received: after.received - before.received, sent: after.sent - before.sent, level: after.level };
  step(name, seen);
  assert.equal(after.state, 'connected');
  assert(seen.received > 100 && seen.sent > 100, 'packets both ways at the browser');
  assert(seen.level > 0.05, 'the browser hears the tone');
  assert(caller.packets > 100, 'packets at the caller');
  assert(caller.voiced > 0, 'the caller hears the microphone');
  assert(caller.voiced < caller.packets / 2, 'and the prompt no more');
  assert.deepEqual(caller.from, [port], 'from the port of the prompt');
  assert(seen.received < caller.sent * 1.2, 'the browser hears the caller and nobody else');
  assert.equal(caller.strange, 0, 'the caller hears the operator and nobody else');
}
async function hearsPrompt(name, port) {
  await talk(500);
  const caller = await talk(1500);
  step(name, caller);
  assert(caller.packets > 50 && caller.voiced > caller.packets * 0.9, 'the prompt, without pause');
  assert.deepEqual(caller.from, [port]);
}

let failed = false;
try {
  for (let i = 0; !(await ask({ do: 'up' })).ok; ++i) {
    assert(i < 100, 'rtpengine did not come up');
    await new Promise((later) => setTimeout(later, 100));
  }
  const { port } = await good({ do: 'open' });
  // Somebody sends plain RTP to each port of the media, all the time: also to the browser's.
  await good({ do: 'stranger' });
  await hearsPrompt('prompt', port);

  const first = await newPage();
  await join_(first, 1);
  await hearEachOther('bridged', first, port);
  assert.equal((await ask({ do: 'offer', offer: 2 })).code, 'stale', 'nobody else while an operator is on');
  await hearEachOther('still bridged after a second offer was refused', first, port);

  await good({ do: 'renegotiate' });
  await hearEachOther('the telephone moved', first, port);

  await first.reload();
  await good({ do: 'unbridge', offer: 1 });
  await join_(first, 1);
  await hearEachOther('page loaded anew, the same offer', first, port);

  await good({ do: 'unbridge', offer: 1 });
  await hearsPrompt('back in the queue', port);
  const off = await first.evaluate(statsInPage);
  await talk(1000);
  assert.equal((await first.evaluate(statsInPage)).received, off.received, 'who was taken off hears nothing more');
  assert.equal((await ask({ do: 'answer', offer: 1, sdp: 'v=0\r\n' })).code, 'stale', 'nor comes back by a late answer');

  const second = await newPage();
  await join_(second, 3);
  await hearEachOther('another operator', second, port);
  assert.equal((await good({ do: 'stranger_got' })).packets, 0, 'a stranger hears nothing');
  await good({ do: 'close' });
  for (let i = 0; (await good({ do: 'list' })).legs !== 0; ++i) assert(i < 50, 'nothing is left after closing');
} catch (error) {
  failed = true;
  console.log(error.stack);
} finally {
  await browser.close();
  server.close();
  probe.stdin.end();
  await once(probe, 'exit');
}
process.exit(failed ? 1 : 0);
