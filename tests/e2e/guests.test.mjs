// The third voice: a supervisor who is asked, a colleague who gets the call with its incident, a number outside that the
// call goes on with; the server dies and the page is loaded anew in the middle of it. Who hears whom is measured.
// usage of PICTURES=DIR: screenshots of each step.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { at, Desk, openPage, pause, Phone, picture as pictureOf, readyOperator, signIn, sipp, until } from './kit.mjs';

let desk, installation, browser, page, colleague, supervisor, caller, phone, outside;
before(async () => {
  desk = await Desk.open();
  ({ installation, browser, page } = desk);
  supervisor = await openPage(browser, installation, '/konsol');
  await signIn(supervisor, installation.people.perwira1);
  await at(supervisor, 'headset-start').click();
  await at(supervisor, 'headset-finish').click();
});
after(() => desk?.close());
afterEach(async () => {
  phone?.close();
  caller?.kill();
  outside?.kill();
  outside = phone = undefined;
  await ready(); // also after a test that failed
});
async function ready() {
  if (['talking', 'wrap_up'].includes(await at(page, 'own-state').getAttribute('data-state'))) {
    await page.keyboard.press('Control+Shift+X');
    await at(page, 'outcome-genuine').click();
  }
  await state(page, 'ready');
}

const picture = (name, of = page) => pictureOf(of, name);
const state = (of, wanted, seconds) => desk.state(wanted, { of, seconds });
const connected = (of) => until('voices', async () => (await at(of, 'my-call').getAttribute('data-connected')) === 'true');
const guest = (wanted, of = page) => until(`guest ${wanted}`, async () => (await at(of, 'guest').getAttribute('data-state')) === wanted, 20);
const gone = (how) => until(`guest gone, ${how}`, async () => (await at(page, 'guest-gone').getAttribute('data-how')) === how, 20);
const level = (of, side) => of.evaluate(async (who) => { const s = await window.sigapVoice(); return (who ? s[who]?.level : s.level) ?? 0; }, side);
/** The page hears the caller, or the guest, at this moment. */
const hears = (of, side) => until(`${side ?? 'the other side'} is heard`, async () => (await level(of, side)) > 0.005);
const silent = (of, side) => until(`${side ?? 'the other side'} is silent`, async () => (await level(of, side)) < 0.002);
/** Packets of sound in a second and a half: the fake microphones beep once a second. */
async function sounds() {
  const from = phone.heard;
  await pause(1500);
  return phone.heard - from;
}
async function mute(of, on) {
  if (((await at(of, 'mute').getAttribute('aria-pressed')) === 'true') !== on) await of.keyboard.press('Control+m');
  await until('muted', async () => ((await at(of, 'mute').getAttribute('aria-pressed')) === 'true') === on);
}
/** The server is killed and comes back; the pages have found it again. */
async function killed(...pages) {
  await installation.kill();
  await until('nobody has a server', async () => (await at(page, 'link').getAttribute('data-link')) !== 'up');
  assert.ok((await sounds()) > 5, 'the voices need none');
  await installation.restart();
  for (const each of [page, ...pages]) await until('connected', async () => (await at(each, 'link').getAttribute('data-link')) === 'up');
  for (const each of [page, ...pages]) each.problems = each.problems.filter((problem) => !problem.includes('CONNECTION_REFUSED'));
}
async function call(number) {
  phone = await Phone.open();
  phone.speaks = true;
  caller = await sipp(installation, 'phone_caller.xml', { keys: { number, rtp: phone.port, payloads: '8 101', longitude: 110.3602, latitude: -7.6921 } });
  await at(page, 'answer').waitFor();
  await page.keyboard.press('F2');
  await connected(page);
  await hears(page);
}
async function over(of = page) {
  await of.keyboard.press('Control+Shift+X');
  await state(of, 'wrap_up');
  await at(of, 'outcome-genuine').click();
  await state(of, 'ready');
  assert.equal((await caller.end()).code, 0, 'the caller heard our BYE');
}

test('a supervisor is asked with one key and joins: each hears the two others', async () => {
  await call('+628120000001');
  await page.keyboard.press('F1');
  await at(supervisor, 'help-asked').waitFor();
  await picture('guest-asked-operator');
  await picture('guest-asked-supervisor', supervisor);
  await supervisor.keyboard.press('F1');
  await guest('joined');
  await at(supervisor, 'helping').waitFor();
  await hears(supervisor);
  await hears(page, 'guest');
  await picture('guest-joined-operator');
  await picture('guest-joined-supervisor', supervisor);
  assert.match(await at(supervisor, 'my-number').textContent(), /\+628120000001/);
  // The caller hears the supervisor alone, then nobody, then the operator alone.
  await mute(page, true);
  await pause(500);
  assert.ok((await sounds()) > 5, 'the supervisor is heard');
  await mute(supervisor, true);
  await pause(500);
  assert.equal(await sounds(), 0, 'both are silent');
  // The supervisor hears the caller while the operator is silent, and silence when the caller is too.
  await hears(supervisor);
  phone.speaks = false;
  await silent(supervisor);
  await mute(page, false);
  await hears(supervisor);
  await pause(500);
  assert.ok((await sounds()) > 5, 'the operator is heard');
  phone.speaks = true;
  await supervisor.keyboard.press('Control+Shift+X');
  await gone('left');
  await hears(page);
  assert.ok((await sounds()) > 5, 'the two go on');
  await over();
  assert.deepEqual([...page.problems, ...supervisor.problems], []);
});

test('the server is killed while three talk: they go on talking, and the call is handed over after', async () => {
  await call('+628120000005');
  await page.keyboard.press('F1');
  await at(supervisor, 'help-asked').waitFor();
  await supervisor.keyboard.press('F1');
  await guest('joined');
  await hears(supervisor);
  await hears(page, 'guest');
  await killed(supervisor);
  await hears(supervisor);
  await guest('joined');
  await hears(page, 'guest');
  await page.keyboard.press('Control+Shift+J');
  await state(page, 'ready');
  await connected(supervisor);
  await hears(supervisor);
  assert.ok((await sounds()) > 5, 'the caller hears the supervisor');
  await over(supervisor);
  await at(supervisor, 'pause').click(); // or the next invitation to the Polda rings here
  await state(supervisor, 'not_ready');
});

test('a colleague of another station joins, gets the call and its incident, and the caller hears them', async () => {
  colleague = await openPage(browser, installation, '/konsol');
  await readyOperator(colleague, installation.people.operator3);
  await call('+628120000002');
  await at(page, 'notes').fill('orang tenggelam, kakak tersangkut');
  await page.keyboard.press('Control+j');
  await at(page, 'transfer-station').fill('Polda DI Yogyakarta');
  const there = await at(page, 'transfer-station').inputValue();
  await at(page, 'transfer-invite').click();
  await picture('guest-rings', colleague);
  await at(colleague, 'answer').waitFor({ timeout: 5000 }).catch(() => assert.fail(`nobody rang at ${there}`));
  await colleague.keyboard.press('F2');
  await guest('joined');
  await hears(colleague);
  await page.keyboard.press('Control+Shift+J');
  await state(page, 'ready');
  await connected(colleague);
  await hears(colleague);
  assert.equal(await at(colleague, 'notes').inputValue(), 'orang tenggelam, kakak tersangkut');
  assert.ok((await sounds()) > 5, 'the caller hears the colleague');
  await picture('guest-handed-over', colleague);
  await over(colleague);
  await colleague.context().close();
  assert.deepEqual(page.problems, []);
});

test('a number outside: rings, three talk, and the call goes on without us until they hang up', async () => {
  outside = await sipp(installation, 'callee_leaves.xml', { port: installation.callee, extra: ['-d', '25000'] });
  await pause(300);
  await call('+628120000003');
  await page.keyboard.press('Control+j');
  await at(page, 'transfer-station').fill('Ambulans 119');
  await picture('guest-whom');
  await page.keyboard.press('Enter');
  await guest('joined');
  await hears(page, 'guest');
  await mute(page, true);
  await pause(500);
  assert.ok((await sounds()) > 50, 'the caller hears the ambulance');
  await picture('guest-outside-joined');
  await page.keyboard.press('Control+Shift+J');
  await state(page, 'wrap_up');
  assert.match(await at(page, 'call-state').textContent(), /Diserahkan ke Ambulans 119/);
  await picture('guest-relayed');
  await at(page, 'outcome-genuine').click();
  await state(page, 'ready');
  await at(page, 'relayed').waitFor(); // others see it too
  await killed();
  await at(page, 'relayed').waitFor();
  await pause(500);
  assert.ok((await sounds()) > 50, 'they hear each other without us');
  await picture('guest-relayed-ready');
  assert.equal((await caller.end()).code, 0, 'the ambulance hung up, and the caller heard our BYE');
  assert.equal((await outside.end()).code, 0);
  await until('nobody waits for anything', async () => (await at(page, 'relayed').count()) === 0 && (await at(page, 'task').count()) === 0);
  assert.deepEqual(page.problems, []);
});

test('a number outside that is busy, or dropped: the two go on', async () => {
  outside = await sipp(installation, 'callee_busy.xml', { port: installation.callee });
  await pause(300);
  await call('+628120000004');
  await page.keyboard.press('Control+j');
  await at(page, 'transfer-station').fill('Ambulans 119');
  await page.keyboard.press('Enter');
  await gone('busy');
  await picture('guest-busy');
  outside.kill();
  outside = await sipp(installation, 'callee_away.xml', { port: installation.callee });
  await pause(300);
  await page.keyboard.press('Control+j');
  await at(page, 'transfer-station').fill('Ambulans 119');
  await page.keyboard.press('Enter');
  await guest('invited');
  await picture('guest-outside-rings');
  await at(page, 'guest-drop').click();
  await gone('dropped');
  assert.equal((await outside.end()).code, 0, 'they heard our CANCEL');
  await hears(page);
  assert.ok((await sounds()) > 5);
  await over();
});

test('a number outside is cut off after it got the call: the caller is answered by us again', async () => {
  outside = await sipp(installation, 'callee.xml', { port: installation.callee, extra: ['-d', '200'] });
  await pause(300);
  await call('+628120000007');
  await page.keyboard.press('Control+j');
  await at(page, 'transfer-station').fill('Ambulans 119');
  await page.keyboard.press('Enter');
  await guest('joined');
  await hears(page, 'guest');
  await page.keyboard.press('Control+Shift+J');
  await state(page, 'wrap_up');
  await killed();
  await pause(1000);
  outside.kill(); // without a word; found out when its sound has stopped and it knows no dialog
  await state(page, 'offered', 60);
  await page.keyboard.press('F2');
  await connected(page);
  await hears(page);
  assert.ok((await sounds()) > 5, 'the caller hears us');
  await over();
});

test('the page is loaded anew while three talk: all three hear each other again', async () => {
  const before = await at(supervisor, 'own-state').getAttribute('data-state');
  await call('+628120000006');
  await page.keyboard.press('F1');
  await at(supervisor, 'help-asked').waitFor();
  await supervisor.keyboard.press('F1');
  await guest('joined');
  await hears(supervisor);
  await page.reload();
  await connected(page);
  await guest('joined');
  await page.keyboard.press('Shift'); // a browser lets a page sound again after a key
  await hears(page);
  await hears(page, 'guest');
  await hears(supervisor);
  assert.ok((await sounds()) > 5);
  await at(page, 'guest-drop').click();
  await state(supervisor, before);
  await over();
});
