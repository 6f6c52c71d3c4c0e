// An operator calls back, by keyboard: they pick up and both hear each other; they are busy, or away; the server dies
// under it. SIPp is the trunk's other end. usage of PICTURES=DIR: screenshots of each step.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { at, Desk, pause, picture as pictureOf, sipp, until } from './kit.mjs';

let desk, installation, page, phone;
before(async () => {
  desk = await Desk.open();
  ({ installation, page } = desk);
});
after(() => desk?.close());
afterEach(() => phone?.kill());

const picture = (name) => pictureOf(page, name);
const state = (wanted) => desk.state(wanted);
const task = () => at(page, 'task').first();
const tried = (wanted) => until(wanted, async () => (await task().getAttribute('data-tried')) === wanted, 20);
const callee = (wanted) => until(`callee ${wanted}`, async () => (await at(page, 'my-call').getAttribute('data-callee')) === wanted);
const heard = () => until('voice both ways', () => page.evaluate(async () => {
  const seen = await window.sigapVoice();
  return seen.sent > 50 && seen.received > 50 && seen.level > 0.005;
}));
/** Somebody is at that telephone. */
async function telephone(scenario, extra = []) {
  phone = await sipp(installation, scenario, { port: installation.callee, extra });
  await pause(300); // SIPp has its port
}
async function close() {
  await page.keyboard.press('Control+Shift+B');
  await until('no task', async () => (await at(page, 'task').count()) === 0);
}

test('whom nobody answered is called back by keyboard, and both hear each other', async () => {
  await desk.abandoned('+628123450001');
  await picture('task-callback');
  await telephone('callee.xml', ['-d', '1500']);
  await page.keyboard.press('Control+b');
  await callee('rings');
  await picture('outgoing-rings');
  assert.equal(await at(page, 'my-number').textContent(), '+628123450001');
  await callee('answered');
  await until('joined', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  await heard();
  await at(page, 'notes').fill('ditelepon balik');
  await until('saved', async () => (await at(page, 'save-state').getAttribute('data-state')) === 'saved');
  await picture('outgoing-talking');
  await page.keyboard.press('Control+Shift+X');
  await state('wrap_up');
  assert.equal((await phone.end()).code, 0, 'they heard our BYE');
  await picture('outgoing-wrap-up');
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await state('ready');
  await tried('reached');
  await picture('task-reached');
  await close();
  assert.deepEqual(page.problems, []);
});

test('they hang up themselves: wrap-up all the same', async () => {
  await desk.abandoned('+628123450002');
  await telephone('callee.xml', ['-d', '200']);
  await page.keyboard.press('Control+b');
  await callee('answered');
  await heard();
  await page.keyboard.press('Control+Shift+X');
  await state('wrap_up');
  await at(page, 'outcome-information').click();
  await state('ready');
  await close();
});

test('busy, away, and nobody at that trunk: the task says why and stays, the operator is ready', async () => {
  await desk.abandoned('+628123450003');
  await telephone('callee_busy.xml');
  await page.keyboard.press('Control+b');
  await tried('busy');
  assert.equal((await phone.end()).code, 0);
  await state('ready');
  await picture('task-busy');
  assert.match(await at(page, 'problem').textContent(), /sibuk/);

  await telephone('callee_away.xml');
  await at(page, 'task-call-back').first().click();
  await callee('rings');
  await page.keyboard.press('Control+Shift+X');
  await tried('given_up');
  assert.equal((await phone.end()).code, 0, 'they heard our CANCEL');
  await state('ready');

  await page.keyboard.press('Control+b'); // no telephone there
  await tried('failed');
  await state('ready');
  await until('nothing is left over', async () => (await installation.health()).sip.legs === 0);
  await at(page, 'task-close').first().click();
  assert.equal(await at(page, 'task-reason').inputValue(), 'no_answer');
  await at(page, 'task-close-confirm').click();
  await until('no task', async () => (await at(page, 'task').count()) === 0);
});

test('kill -9 while they talk: they talk on, and the end is said to both', async () => {
  await desk.abandoned('+628123450004');
  await telephone('callee.xml', ['-d', '200']);
  await page.keyboard.press('Control+b');
  await callee('answered');
  await heard();
  const before = await page.evaluate(() => window.sigapVoice());
  await installation.kill();
  await pause(1500);
  const during = await page.evaluate(() => window.sigapVoice());
  assert.ok(during.received - before.received > 60, `voice goes on: ${during.received - before.received} packets in 1.5 s`);
  await installation.restart();
  await until('connected', async () => (await at(page, 'link').getAttribute('data-link')) === 'up');
  await until('in the call', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  await until('compared', async () => (await installation.health()).recovery.done);
  const { recovery } = await installation.health();
  assert.deepEqual([recovery.restored, recovery.lost, recovery.unknown], [1, 0, 0]);
  const after = await page.evaluate(() => window.sigapVoice());
  assert.ok(after.received > during.received, 'the same voice path');
  await page.keyboard.press('Control+Shift+X');
  await state('wrap_up');
  assert.equal((await phone.end()).code, 0, 'they heard the BYE of another process');
  await at(page, 'outcome-genuine').click();
  await state('ready');
  await close();
});

test('kill -9 while it rings: nothing dials again, the task says so, and who picks up is let go', async () => {
  await desk.abandoned('+628123450005');
  const placed = installation.events().filter((event) => event.body.type === 'CallPlaced').length;
  await telephone('callee.xml', ['-d', '6000']);
  await page.keyboard.press('Control+b');
  await callee('rings');
  await installation.kill();
  await installation.restart();
  await until('connected', async () => (await at(page, 'link').getAttribute('data-link')) === 'up');
  await tried('failed');
  await state('ready');
  await picture('task-failed');
  assert.equal((await phone.end()).code, 0, 'ACK and BYE to who picked up');
  assert.equal(installation.events().filter((event) => event.body.type === 'CallPlaced').length, placed + 1);
  await at(page, 'task-close').first().click();
  await at(page, 'task-close-confirm').click();
  await until('no task', async () => (await at(page, 'task').count()) === 0);
  const health = await installation.health();
  assert.deepEqual([health.sip.legs, health.calls.talking], [0, 0]);
  installation.sigap('journal', 'verify', '--keys', `${installation.data}.keys`);
});
