// The system calls back whom nobody answered: they press 1, say no by sound, or do not pick up; the server dies while it
// asks. usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { at, Desk, pause, Phone, picture as pictureOf, sipp, until } from './kit.mjs';

let desk, installation, page, phone, callee;
before(async () => {
  desk = await Desk.open({ ringBack: 3 });
  ({ installation, page } = desk);
});
after(() => desk?.close());
afterEach(() => {
  phone?.close();
  callee?.kill();
  phone = callee = undefined;
});

const picture = (name) => pictureOf(page, name);
const state = (wanted) => desk.state(wanted);
const noTask = () => until('no task', async () => (await at(page, 'task').count()) === 0);
/** Somebody is at that telephone. */
async function telephone(payloads = '8 101') {
  phone = await Phone.open();
  callee = await sipp(installation, 'callee_phone.xml', { port: installation.callee, keys: { rtp: phone.port, payloads } });
  await pause(300);
}

test('whoever presses 1 is the next call, and its task is closed by the answer', async () => {
  await telephone();
  await desk.abandoned('+628123451001');
  await at(page, 'task-ringing-back').waitFor();
  await picture('ring-back-task');
  assert.equal(await at(page, 'task-call-back').count(), 0, 'nobody calls them a second time');
  await until('the question', () => phone.heard > 100);
  assert.equal(await at(page, 'own-state').getAttribute('data-state'), 'ready', 'nobody waits for a machine');
  await phone.press('1');
  await at(page, 'answer').waitFor();
  await picture('ring-back-rings');
  assert.match(await at(page, 'call').first().textContent(), /DITELEPON BALIK/);
  await page.keyboard.press('F2');
  await until('joined', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  phone.speaks = true;
  await until('the caller is heard', () => page.evaluate(async () => (await window.sigapVoice()).level > 0.005));
  assert.equal(await at(page, 'my-number').textContent(), '+628123451001');
  await noTask();
  await page.keyboard.press('Control+Shift+X');
  await state('wrap_up');
  assert.equal((await callee.end()).code, 0);
  await at(page, 'outcome-genuine').click();
  await state('ready');
  assert.deepEqual(page.problems, []);
});

test('a clear no, said by sound, closes the task', async () => {
  await telephone('8');
  await desk.abandoned('+628123451002');
  await until('the question', () => phone.heard > 100);
  await phone.pressAsSound('2');
  await noTask();
  assert.equal((await callee.end()).code, 0, 'they heard our BYE');
  assert.match(installation.journal(), /"said_no"/);
  assert.equal(await at(page, 'own-state').getAttribute('data-state'), 'ready');
});

test('whoever does not pick up stays a task for a person', async () => {
  callee = await sipp(installation, 'callee_busy.xml', { port: installation.callee });
  await desk.abandoned('+628123451003');
  await until('why', async () => (await at(page, 'task').first().getAttribute('data-tried')) === 'busy');
  await picture('ring-back-busy');
  await at(page, 'task-close').click();
  await at(page, 'task-close-confirm').click();
  await noTask();
});

test('the server is killed while it asks: they are answered by a person', async () => {
  await telephone();
  await desk.abandoned('+628123451004');
  await until('the question', () => phone.heard > 50);
  await installation.kill();
  await installation.restart();
  await at(page, 'answer').waitFor();
  await page.keyboard.press('F2');
  await until('joined', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  phone.speaks = true;
  await until('the caller is heard', () => page.evaluate(async () => (await window.sigapVoice()).level > 0.005));
  await page.keyboard.press('Control+Shift+X');
  await at(page, 'outcome-genuine').click();
  await state('ready');
  await noTask();
});
