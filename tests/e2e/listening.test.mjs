// A supervisor listens in and whispers. Who hears whom is measured at each party: the supervisor hears both, the operator
// hears the whisper, the caller never does; and nothing that befalls the listener, the server or a page costs the call.
// usage of PICTURES=DIR: screenshots of each step.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appears, at, Desk, objections, openPage, pause, Phone, picture as pictureOf, press, signIn, sipp, until } from './kit.mjs';

let desk, installation, browser, page, supervisor, caller, phone;
before(async () => {
  desk = await Desk.open();
  ({ installation, browser, page } = desk);
  supervisor = await openPage(browser, installation, '/konsol');
  await signIn(supervisor, installation.people.perwira1);
  for (const button of ['headset-start', 'headset-finish']) await press(supervisor, button);
  phone = await Phone.open();
  phone.speaks = true;
  caller = await sipp(installation, 'phone_caller.xml', { keys: { number: '+628120000011', rtp: phone.port, payloads: '8 101', longitude: 110.3602, latitude: -7.6921 } });
  await appears(page, 'answer');
  await page.keyboard.press('F2');
  await until('voices', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
});
after(async () => {
  phone?.close();
  caller?.kill();
  await desk?.close();
});

const picture = (name, of = supervisor) => pictureOf(of, name);
const beside = (of, kind) => of.evaluate(async (wanted) => (await window.sigapBeside()).find((path) => path.kind === wanted), kind);
/** Of what the supervisor hears: the caller, the operator. */
const [CALLER, OPERATOR] = [0, 1];
const heardBySupervisor = async (who) => (await beside(supervisor, 'listening'))?.levels[who] ?? 0;
const supervisorHears = (who) => until(`the supervisor hears ${who === CALLER ? 'the caller' : 'the operator'}`, async () => (await heardBySupervisor(who)) > 0.005);
const supervisorHearsNot = (who) => until('silence there', async () => (await heardBySupervisor(who)) < 0.002);
const whisperAt = async (of) => (await beside(of, 'whisper'))?.levels[0] ?? 0;
/** Packets of sound at the caller in a second and a half: a fake microphone beeps once a second. */
async function atTheCaller() {
  const from = phone.heard;
  await pause(1500);
  return phone.heard - from;
}
async function mute(on) {
  if (((await at(page, 'mute').getAttribute('aria-pressed')) === 'true') !== on) await page.keyboard.press('Control+m');
  await until('muted', async () => ((await at(page, 'mute').getAttribute('aria-pressed')) === 'true') === on);
}
const whispers = (wanted) => until(`whispers: ${wanted}`, async () => (await at(page, 'listeners').getAttribute('data-whispers')) === String(wanted));
const bodies = (type) => installation.events().map(({ body }) => body).filter((body) => body.type === type);

test('both sides are heard, each by itself, and the operator sees who listens', async () => {
  await press(supervisor, 'listen-in');
  await appears(supervisor, 'listening');
  await supervisorHears(CALLER);
  await supervisorHears(OPERATOR);
  await appears(page, 'listeners');
  assert.match(await at(page, 'listeners').textContent(), /mendengarkan/);
  await mute(true);
  await supervisorHearsNot(OPERATOR);
  await supervisorHears(CALLER);
  phone.speaks = false;
  await supervisorHearsNot(CALLER);
  await mute(false);
  await supervisorHears(OPERATOR);
  phone.speaks = true;
  await picture('listening-supervisor');
  await picture('listening-operator', page);
  assert.deepEqual([...(await objections(supervisor)), ...(await objections(page))], []);
});

test('a whisper is heard by the operator alone: at the caller there is silence', async () => {
  await mute(true); // whatever the caller hears now is no operator
  await pause(500);
  assert.equal(await atTheCaller(), 0, 'nobody speaks');
  await until('the way to the headset', async () => (await beside(supervisor, 'whisper'))?.sent > 0);
  assert.ok((await whisperAt(page)) < 0.002, 'nothing is said before the key is held');
  await at(supervisor, 'whisper').focus();
  await supervisor.keyboard.down('Space');
  await whispers(true);
  await until('the operator hears it', async () => (await whisperAt(page)) > 0.005);
  await picture('whisper-supervisor');
  await picture('whisper-operator', page);
  for (let round = 0; round < 3; round++) assert.equal(await atTheCaller(), 0, 'the caller hears no whisper');
  await mute(false);
  assert.ok((await atTheCaller()) > 5, 'and would hear it: the operator is heard');
  await supervisor.keyboard.up('Space');
  await whispers(false);
  await until('silence in the headset', async () => (await whisperAt(page)) < 0.002);
  assert.deepEqual(bodies('Whispered').map(({ speaks }) => speaks), [true, false]);
});

test('a killed server, and pages that are loaded anew: the two talk on, and the supervisor hears them', async () => {
  await installation.kill();
  await until('nobody has a server', async () => (await at(supervisor, 'link').getAttribute('data-link')) !== 'up');
  await supervisorHears(CALLER);
  assert.ok((await atTheCaller()) > 5, 'the call needs no server');
  await installation.restart();
  for (const each of [page, supervisor]) {
    await until('connected', async () => (await at(each, 'link').getAttribute('data-link')) === 'up');
    each.problems = each.problems.filter((problem) => !problem.includes('CONNECTION_REFUSED'));
  }
  await appears(supervisor, 'listening');
  await supervisorHears(CALLER);
  await supervisor.reload();
  await appears(supervisor, 'listening');
  await supervisor.keyboard.press('Shift'); // a browser lets a page sound again after a key
  await supervisorHears(CALLER);
  await supervisorHears(OPERATOR);
  await page.reload();
  await until('voices', async () => (await at(page, 'my-call').getAttribute('data-path')) !== 'lost' && (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  await page.keyboard.press('Shift');
  await supervisorHears(OPERATOR);
  await supervisorHears(CALLER);
  assert.ok((await atTheCaller()) > 5);
  await until('the way to the headset', async () => (await beside(supervisor, 'whisper'))?.sent > 0);
  await at(supervisor, 'whisper').focus();
  await supervisor.keyboard.down('Space');
  await until('the operator hears it', async () => (await whisperAt(page)) > 0.005);
  await supervisor.keyboard.up('Space');
});

test('a listener who vanishes costs the call nothing, and is listed no more', async () => {
  await supervisor.context().close();
  assert.ok((await atTheCaller()) > 5);
  await until('nobody listens any more', async () => (await at(page, 'listeners').count()) === 0, 40);
  assert.ok((await atTheCaller()) > 5);
  await page.keyboard.press('Control+Shift+X');
  await desk.state('wrap_up');
  assert.equal((await caller.end()).code, 0, 'the caller heard our BYE');
  const [started] = bodies('ListeningStarted'), ended = bodies('ListeningEnded');
  assert.equal(bodies('ListeningStarted').length, 1, 'one listening outlived the server and the pages');
  assert.deepEqual(ended.map(({ offer, how }) => [offer, how]), [[started.offer, 'lost']]);
  assert.deepEqual(page.problems, []);
});
