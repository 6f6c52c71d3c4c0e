// The system calls back whom nobody answered: they press 1, say no by sound, or do not pick up; the server dies while it
// asks. usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { at, Installation, openBrowser, openPage, pause, Phone, readyOperator, sipp, toneFile, until } from './kit.mjs';

let installation, browser, page, phone, callee;
before(async () => {
  installation = await Installation.start({ ringBack: 3 });
  browser = await openBrowser();
  await toneFile(installation.scratch);
  page = await openPage(browser, installation, '/konsol');
  await readyOperator(page, installation.people.operator1);
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});
afterEach(() => {
  phone?.close();
  callee?.kill();
  phone = callee = undefined;
});

const picture = async (name) => process.env.PICTURES && page.screenshot({ path: join(process.env.PICTURES, `${name}.png`) });
const state = (wanted, seconds = 20) => until(wanted, async () => (await at(page, 'own-state').getAttribute('data-state')) === wanted, seconds);
const noTask = () => until('no task', async () => (await at(page, 'task').count()) === 0);
async function abandoned(number) {
  const caller = await sipp(installation, 'caller.xml', { keys: { request_uri: `sip:110@${installation.sip}`, number }, extra: ['-d', '1200'] });
  await at(page, 'answer').waitFor();
  await caller.end();
  await at(page, 'task').waitFor();
  await state('ready');
}
/** Somebody is at that telephone. */
async function telephone(payloads = '8 101') {
  phone = await Phone.open();
  callee = await sipp(installation, 'callee_phone.xml', { port: installation.callee, keys: { rtp: phone.port, payloads } });
  await pause(300);
}

test('whoever presses 1 is the next call, and its task is closed by the answer', async () => {
  await telephone();
  await abandoned('+628123451001');
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
  await abandoned('+628123451002');
  await until('the question', () => phone.heard > 100);
  await phone.pressAsSound('2');
  await noTask();
  assert.equal((await callee.end()).code, 0, 'they heard our BYE');
  assert.match(installation.journal(), /"said_no"/);
  assert.equal(await at(page, 'own-state').getAttribute('data-state'), 'ready');
});

test('whoever does not pick up stays a task for a person', async () => {
  callee = await sipp(installation, 'callee_busy.xml', { port: installation.callee });
  await abandoned('+628123451003');
  await until('why', async () => (await at(page, 'task').first().getAttribute('data-tried')) === 'busy');
  await picture('ring-back-busy');
  await at(page, 'task-close').click();
  await at(page, 'task-close-confirm').click();
  await noTask();
});

test('the server is killed while it asks: they are answered by a person', async () => {
  await telephone();
  await abandoned('+628123451004');
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
