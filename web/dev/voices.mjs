// Who hears whom, in a real browser: the operator's page between a caller and a guest that are made here. Each of the
// three is a tone; what arrives at an end is looked for the tones of the others. Needs a build (npm run build).
// usage: npm run voices [-- DIST]
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { startFake } from './fake_server.mjs';

const TONES = { operator: 2300, caller: 500, guest: 1100 };
const fake = await startFake(process.argv[2] ? { dist: process.argv[2] } : {});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection', '--disable-features=WebRtcHideLocalIpsWithMdns',
    '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
const context = await browser.newContext({ permissions: ['microphone'], viewport: { width: 1366, height: 768 } });
const desk = await context.newPage();
const problems = [];
desk.on('pageerror', (error) => problems.push(String(error)));
await desk.addInitScript((hz) => {
  navigator.mediaDevices.getUserMedia = async () => {
    const audio = (window.tone ??= new AudioContext());
    const oscillator = audio.createOscillator();
    const out = audio.createMediaStreamDestination();
    oscillator.frequency.value = hz;
    oscillator.connect(out);
    oscillator.start();
    window.pullOut = () => out.stream.getTracks().forEach((track) => (track.stop(), track.dispatchEvent(new Event('ended'))));
    return out.stream;
  };
}, TONES.operator);

// The other ends: connections of a page of their own.
const ends = await context.newPage();
await ends.goto(`${fake.url}/lacak#demo`);
const makeEnd = (name) => ends.evaluate(async ([who, hz]) => {
  const all = (window.ends ??= {});
  all[who]?.connection.close();
  const audio = (window.audio ??= new AudioContext());
  const oscillator = audio.createOscillator();
  const out = audio.createMediaStreamDestination();
  oscillator.frequency.value = hz;
  oscillator.connect(out);
  oscillator.start();
  const connection = new RTCPeerConnection();
  const end = (all[who] = { connection, analyser: audio.createAnalyser(), player: new Audio() });
  end.analyser.fftSize = 2048;
  connection.ontrack = ({ track }) => {
    end.player.srcObject = new MediaStream([track]);
    void end.player.play();
    audio.createMediaStreamSource(end.player.srcObject).connect(end.analyser);
  };
  const { sender } = connection.addTransceiver(out.stream.getTracks()[0]);
  const telephone = RTCRtpSender.getCapabilities('audio').codecs.filter(({ mimeType }) => mimeType === 'audio/PCMA');
  connection.getTransceivers().find((one) => one.sender === sender).setCodecPreferences(telephone);
  await connection.setLocalDescription();
  while (connection.iceGatheringState !== 'complete') await new Promise((later) => setTimeout(later, 20));
  return connection.localDescription.sdp;
}, [name, TONES[name]]);
/** Who is heard there at this moment. */
const heardAt = (name) => ends.evaluate(([who, tones]) => {
  const { analyser } = window.ends[who];
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const level = (hz) => Math.max(...bins.slice(Math.round((hz * 2048) / window.audio.sampleRate) - 1).slice(0, 3));
  return Object.keys(tones).filter((one) => level(tones[one]) > -60).sort().join(' ');
}, [name, TONES]);

let call;
let offers = 0;
const asked = { resume: 0 };
const pending = new Map();
const offer = async (name) => {
  const sdp = await makeEnd(name);
  pending.set(++offers, name);
  fake.offerVoice({ offer: offers, call, sdp, guest: name === 'guest' });
};
let onResume = () => {};
fake.onVoice = (message) => {
  if (message.type === 'ResumeVoice') return void (asked.resume++, onResume());
  void ends.evaluate(([who, sdp]) => window.ends[who].connection.setRemoteDescription({ type: 'answer', sdp }), [pending.get(message.offer), message.sdp]);
};
async function until(what, wanted, see) {
  const end = Date.now() + 45_000;
  for (let seen; ; await new Promise((later) => setTimeout(later, 100))) {
    if ((seen = JSON.stringify(await see())) === JSON.stringify(wanted)) return console.log(`${what}: ${seen}`);
    assert(Date.now() < end, `${what}: ${seen} instead of ${JSON.stringify(wanted)}`);
  }
}
const hear = (what, caller, guest) => until(what, { caller, guest }, async () => ({ caller: await heardAt('caller'), guest: guest === undefined ? undefined : await heardAt('guest') }));
const TWO = ['operator', undefined];
const THREE = ['guest operator', 'caller operator'];
const guestIs = (state) => (Object.assign(fake.world.calls.find((one) => one.guest).guest, { state }), fake.push());
const bringGuest = async () => {
  fake.world.ask('operator', { type: 'InviteLine', call, line: 'Ambulans 119' });
  guestIs('joining');
  await offer('guest');
  guestIs('joined');
};
const deskIs = async (id) => desk.getByTestId(id).waitFor();

await desk.goto(`${fake.url}/konsol`);
await desk.getByTestId('login').fill('operator');
await desk.getByTestId('password').fill('x');
await desk.getByTestId('sign-in').click();
await desk.getByTestId('headset-start').click();
await desk.getByTestId('headset-finish').click();
await desk.getByTestId('ready').click();
await deskIs('pause');
fake.world.ring();
fake.push();
await desk.getByTestId('answer').click();
await deskIs('my-call');
call = fake.world.calls.find((one) => one.mine).call;

await offer('caller');
await hear('two', ...TWO);
await bringGuest();
await hear('a guest comes', ...THREE);
await until('the operator hears both', true, async () => {
  const { level, guest } = await desk.evaluate(() => window.sigapVoice());
  return level > 0.01 && guest.level > 0.01;
});
await desk.keyboard.press('Control+m');
await hear('the operator is muted', 'guest', 'caller');
await desk.keyboard.press('Control+m');
await desk.evaluate(() => window.pullOut());
await hear('another microphone', ...THREE);
await offer('caller');
await hear('the caller\'s path is made anew', ...THREE);
onResume = () => void offer('guest').then(() => offer('caller'));
await desk.reload();
await deskIs('guest');
await hear('the page was loaded anew, the guest first', ...THREE);
const before = asked.resume;
onResume = () => void offer('caller').then(() => offer('guest'));
await ends.evaluate(() => window.ends.guest.connection.close());
await until('a path broke: asked once to make both anew', 1, () => asked.resume - before);
await hear('both are anew', ...THREE);
await desk.getByTestId('guest-drop').click();
await hear('the guest is gone', ...TWO);
await until('nothing is left of the guest', false, async () => 'guest' in (await desk.evaluate(() => window.sigapVoice())));
assert.equal(asked.resume - before, 1);
assert.deepEqual(problems, []);
await browser.close();
fake.close();
console.log('who hears whom: right');
