// A recorded call is found on /rekaman by a supervisor of its station, opened with a reason that is written down, heard
// and seen by nobody else; a call that is held says so, until two administrators let it go.
// usage of PICTURES=DIR: screenshots of each step.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, appears, Desk, objections, openPage, picture, press, PROGRAM, signIn, sipp, until } from './kit.mjs';

const REASON = 'Keluhan penelepon, surat B/12/XI/2026';
let desk, installation, browser, chief;
before(async () => {
  desk = await Desk.open();
  ({ installation, browser } = desk);
});
after(() => desk?.close());

const events = (type) => installation.events().map(({ body }) => body).filter((body) => body.type === type);
const fits = (of) => of.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test('a supervisor finds the call, gives a reason and hears both voices', async () => {
  const caller = await sipp(installation, 'voice_caller.xml', { keys: { number: '+628110019', longitude: 110.3602, latitude: -7.6921 } });
  await at(desk.page, 'answer').click();
  await until('voices', async () => (await at(desk.page, 'my-call').getAttribute('data-connected')) === 'true');
  await desk.page.evaluate(() => new Promise((done) => setTimeout(done, 4000)));
  await at(desk.page, 'hang-up').click();
  await caller.end();
  await at(desk.page, 'outcome-genuine').click();
  await until('its end in the journal', () => events('RecordingEnded').length === 1);

  chief = await openPage(browser, installation, '/rekaman');
  await signIn(chief, installation.people.perwira1);
  await until('the call is found', async () => {
    await press(chief, 'records-look');
    return (await at(chief, 'record').count()) === 1;
  });
  await at(chief, 'record-open').click();
  await at(chief, 'record-reason').fill(REASON);
  await picture(chief, 'record-reason');
  assert.deepEqual(await objections(chief), []);
  await press(chief, 'record-play');
  await appears(chief, 'sound');
  const length = Number(await at(chief, 'sound').getAttribute('data-length'));
  assert.ok(length > 3, `${length} s`);
  assert.equal(await at(chief, 'sound').locator('path').count(), 2, 'both voices');
  const [played] = events('RecordingPlayed');
  assert.equal(played.call, events('RecordingStarted')[0].call);
  assert.ok(played.reason.sealed, 'the reason is sealed');
  assert.ok(!JSON.stringify(installation.events()).includes(REASON));
  await until('who heard it', async () => (await at(chief, 'record-heard').count()) === 1);
  assert.match(await at(chief, 'record-heard').textContent(), /perwira1.*B\/12\/XI\/2026/s);

  await at(chief, 'sound').focus();
  await chief.keyboard.press('ArrowRight');
  await until('it was sought by keyboard', async () => Number(await at(chief, 'sound').getAttribute('data-at')) > 2);
  await chief.keyboard.press('Home');
  await chief.keyboard.press(' ');
  await until('it sounds', async () => Number(await at(chief, 'sound').getAttribute('data-at')) > 0.5);
  await chief.keyboard.press(' ');
  await picture(chief, 'record-heard');
  assert.deepEqual(await objections(chief), []);
  await chief.setViewportSize({ width: 390, height: 844 });
  await picture(chief, 'record-heard-phone');
  assert.ok(await fits(chief), 'no sideways scrolling');
  await chief.setViewportSize({ width: 1366, height: 768 });
});

test('parts of it are for this sign-in alone, and never kept by a cache', async () => {
  const src = await chief.locator('audio').getAttribute('src');
  const asked = (page, range) => page.evaluate(async ([address, bytes]) => {
    const answer = await fetch(address, bytes ? { headers: { Range: bytes } } : {});
    const body = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, range: answer.headers.get('Content-Range'), cache: answer.headers.get('Cache-Control'), size: body.length, first: [...body.slice(0, 4)] };
  }, [src, range]);
  const part = await asked(chief, 'bytes=0-99');
  assert.equal(part.status, 206);
  assert.equal(part.size, 100);
  assert.equal(part.cache, 'no-store');
  assert.equal(String.fromCharCode(...part.first), 'RIFF');
  assert.equal((await asked(chief, 'bytes=999999999-')).status, 416);
  assert.equal((await asked(desk.page, 'bytes=0-99')).status, 404, "another's sign-in");
});

test('a call that is held says so, and by whom', async () => {
  await press(chief, 'records-look');
  await at(chief, 'record-open').click();
  await at(chief, 'record-reason').fill('Penyidikan LP/7/XI/2026');
  await press(chief, 'record-keep');
  await appears(chief, 'record-hold');
  assert.match(await at(chief, 'record-hold').textContent(), /perwira1/);
  assert.equal(events('HoldPlaced').length, 1);
  await picture(chief, 'record-held');
  // The browser notes the part beyond the end that was asked for above.
  assert.deepEqual(chief.problems.filter((problem) => !problem.includes('416')), []);
});

test('it becomes an archive that holds without us, and not after a byte was changed', () => {
  const archive = `${installation.data}.perkara-7`;
  const [call] = events('HoldPlaced').map((held) => String(held.call));
  const key = join(installation.data, '../evidence.pem');
  writeFileSync(key, installation.sigap('evidence', 'key'));
  const said = installation.sigap('evidence', 'export', '--call', call, '--reason', 'Surat 7/XI/2026', '--into', archive);
  assert.match(said, /recordings 1/);
  const verify = (...more) => spawnSync(PROGRAM, ['evidence', 'verify', archive, '--key', key, ...more], { encoding: 'utf8' });
  const whole = verify('--journal', installation.data);
  assert.equal(whole.status, 0, whole.stdout + whole.stderr);
  assert.match(whole.stdout, /This archive holds\./);
  // What a court has: OpenSSL and sha256sum.
  const pem = ['-pubin', '-inkey', join(archive, 'public.pem'), '-rawin', '-in', join(archive, 'SHA256SUMS'), '-sigfile', join(archive, 'SHA256SUMS.sig')];
  execFileSync('openssl', ['pkeyutl', '-verify', ...pem]);
  execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: archive });
  assert.match(readFileSync(join(archive, 'timeline.txt'), 'utf8'), /number="\+628110019"/);
  const wav = readFileSync(join(archive, `recording-${events('RecordingStarted')[0].recording}.wav`));
  wav[wav.length >> 1] ^= 1;
  writeFileSync(join(archive, `recording-${events('RecordingStarted')[0].recording}.wav`), wav);
  const changed = verify();
  assert.equal(changed.status, 1);
  assert.match(changed.stdout, /BROKEN .*wav is not the file that was signed/);
  rmSync(archive, { recursive: true });
});

test('two administrators let it go, and not one', async () => {
  const open = async (person, tab) => {
    const admin = await openPage(browser, installation, '/admin');
    await signIn(admin, person);
    await press(admin, tab);
    return admin;
  };
  const first = await open(installation.people.admin, 'tab-privacy');
  await at(first, 'hold').waitFor();
  assert.equal(await at(first, 'hold').count(), 1);
  await at(first, 'hold-reason').fill('Perkara LP/7/XI/2026 sudah inkrah');
  await press(first, 'hold-lift');
  await until('it waits', () => events('ApprovalAsked').some(({ kind }) => kind === 'lifting'));
  await picture(first, 'hold-lift');
  assert.deepEqual(await objections(first), []);
  assert.equal(events('HoldLifted').length, 0);
  const second = await open(installation.people.admin2, 'tab-approvals');
  assert.match(await at(second, 'approval').textContent(), /inkrah/);
  await press(second, 'approval-agree');
  await until('lifted', () => events('HoldLifted').length === 1);
});
