// A caller asks who read about them, and to be forgotten: two administrators, the keys gone, a copy of the keys that
// still has them is found out, a process that dies in between. usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, Desk, objections, openPage, picture as pictureOf, press, signIn, until } from './kit.mjs';

const NUMBER = '+628123459999';
const OTHER = '+628123450002';
const REASON = 'Surat permohonan B/12/XI/2026';

let desk, installation, page, admin, second, keys, backup;
before(async () => {
  desk = await Desk.open();
  ({ installation, page } = desk);
  keys = join(installation.scratch, 'copy-of-keys');
  backup = join(installation.scratch, 'backup');
});
after(() => desk?.close());

async function administrator(login) {
  const theirs = await openPage(desk.browser, installation, '/admin');
  await signIn(theirs, installation.people[login]);
  await at(theirs, 'tab-people').waitFor();
  return theirs;
}

async function look(on, number) {
  await press(on, 'tab-privacy');
  await at(on, 'privacy-number').fill(number);
  await press(on, 'privacy-look');
  await at(on, 'privacy-found').waitFor();
  return Number(await at(on, 'privacy-found').getAttribute('data-records'));
}

async function closeTask() {
  await press(page, 'task-close');
  await press(page, 'task-close-confirm');
  await until('no task', async () => (await at(page, 'task').count()) === 0);
}

/** Exit code and words of `sigap COMMAND`, whatever it is. */
function outcome(...args) {
  try {
    return { code: 0, words: installation.sigap(...args, '--keys', `${installation.data}.keys`) };
  } catch (error) {
    return { code: error.status, words: String(error.stdout) + String(error.stderr) };
  }
}

test('a caller is told who read about them, and what is open is not forgotten', async () => {
  await desk.abandoned(NUMBER);
  admin = await administrator('admin');
  assert.equal(await look(admin, '0812-3459-999'), 2, 'the call and its task, whoever writes the number how');
  await at(admin, 'privacy-record').first().waitFor();
  assert.equal(await at(admin, 'privacy-forget').count(), 0, 'somebody still has to call back');
  await closeTask();
  await until('read and worked on', async () => {
    await look(admin, NUMBER);
    return (await admin.locator('[data-testid="privacy-reader"][data-login="operator1"]').textContent())?.includes('menangani');
  });
  await pictureOf(admin, 'privacy-found');
  assert.equal(await look(admin, '+62899000111'), 0, 'of who never called there is nothing');
  await at(admin, 'privacy-none').waitFor();
  assert.ok(installation.events().some(({ body }) => body.type === 'CallerLookedUp'), 'a search is written down');
});

test('who called by a page shows the code of their browser, or the link of their report', async () => {
  const caller = await openPage(desk.browser, installation, '/', { width: 390, height: 844, mobile: true });
  assert.equal(await at(caller, 'web-code-open').count(), 0, 'who never called has none');
  await press(caller, 'web-call');
  await press(page, 'answer');
  await until('joined', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  await press(page, 'send-tracking');
  await until('the link', async () => /#[\w-]{20,}/.test((await at(caller, 'web-follow').getAttribute('href')) ?? ''));
  const link = installation.url + (await at(caller, 'web-follow').getAttribute('href'));
  await at(page, 'hang-up').click();
  await press(page, 'outcome-genuine');
  await desk.state('ready');
  await press(caller, 'web-back');
  await press(caller, 'web-code-open');
  const code = await at(caller, 'web-code').textContent();
  assert.match(code, /^([0-9a-f]{8} ?){8}$/);
  assert.deepEqual(await objections(caller), []);
  await until('the call and its incident, by the code', async () => (await look(admin, code)) === 2);
  assert.equal(await look(admin, link), 2, 'the same by the link');
  assert.equal(await look(admin, code.replace(/^./, (first) => (first === '0' ? '1' : '0'))), 0, 'a code is no guess');
  assert.equal(await look(admin, `${link}x`), 0);
  await caller.context().close();
});

test('two administrators have it forgotten, and a process that dies then forgets all the same', async () => {
  await desk.abandoned(OTHER);
  await closeTask();
  installation.sigap('backup', '--keys', `${installation.data}.keys`, '--to', backup, '--keys-to', keys);
  assert.ok(!existsSync(join(backup, 'keys/master.key')) && existsSync(join(keys, 'master.key')), 'apart from each other');
  await look(admin, NUMBER);
  await at(admin, 'privacy-reason').fill(REASON);
  await press(admin, 'privacy-forget');
  await until('asked for', async () => (await at(admin, 'privacy-sent').textContent())?.includes('menunggu'));
  second = await administrator('admin2');
  await press(second, 'tab-approvals');
  await until('the reason', async () => (await at(second, 'approval').textContent())?.includes(REASON));
  await pictureOf(second, 'privacy-approval');
  await press(second, 'approval-agree');
  await at(second, 'approvals-none').waitFor();
  await installation.kill();
  await installation.restart();
  await until('forgotten', () => installation.events().some(({ body }) => body.type === 'RecordsForgotten') && outcome('forgotten').code === 0);
  const { words } = outcome('forgotten');
  assert.match(words, /2 records were forgotten on request/);
  const tried = Number(/: (\d+) sealed values/.exec(words)[1]);
  assert.ok(tried > 0, words);
  await until('gone', async () => (await look(admin, NUMBER)) === 0, 60);
  assert.equal(await look(admin, OTHER), 2, 'and nobody else is');
  const shown = installation.journal('--reason', 'test');
  assert.ok(!shown.includes(NUMBER) && shown.includes(OTHER), 'with all keys that there are');
  assert.ok(shown.includes(REASON), 'why, and by whom, is kept');
});

test('a copy of the keys from before still opens it, until it is made anew', async () => {
  const old = outcome('forgotten', '--copy', keys);
  assert.equal(old.code, 1, old.words);
  assert.match(old.words, /make that copy of the keys anew/);
  cpSync(keys, `${keys}-old`, { recursive: true });
  installation.sigap('backup', '--keys', `${installation.data}.keys`, '--to', `${backup}-2`, '--keys-to', keys);
  assert.equal(outcome('forgotten', '--copy', keys).code, 0);
  // The old journal with the new keys: all but what was forgotten.
  const back = join(installation.scratch, 'back');
  const sigap = (...args) => execFileSync(process.env.SIGAP ?? 'build/release/apps/sigap', args, { encoding: 'utf8', cwd: join(import.meta.dirname, '../..') });
  sigap('restore', '--from', backup, '--keys-from', keys, '--data', join(back, 'data'), '--keys', join(back, 'keys'));
  const shown = sigap('journal', 'show', '--data', join(back, 'data'), '--keys', join(back, 'keys'), '--from', '544', '--most', '100000', '--reason', 'test');
  assert.ok(shown.includes(OTHER) && !shown.includes(NUMBER));
  // And not the other way round: what came after those keys could be read by nobody.
  const elsewhere = ['--data', join(back, 'data2'), '--keys', join(back, 'keys2')];
  assert.throws(() => sigap('restore', '--from', `${backup}-2`, '--keys-from', `${keys}-old`, ...elsewhere), /keys_older/);
  assert.throws(() => sigap('restore', '--from', `${backup}-2`, ...elsewhere), /no_key/);
});

test('whoever calls again is somebody new', async () => {
  await desk.abandoned(NUMBER);
  assert.equal(await look(admin, NUMBER), 2, 'the new call and its task, nothing of before');
});
