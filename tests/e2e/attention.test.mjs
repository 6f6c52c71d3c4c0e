// What asks for somebody's eyes: alarms that end when somebody came, a timeline that is the incident's, an outcome that
// is announced, lists that tell what is untouched; and what a citizen reads of it. usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, Desk, objections, openPage, picture, readyOperator, signIn, sipp, until } from './kit.mjs';

const PHONE = { width: 390, height: 844, mobile: true };

let desk, installation, browser, operator, officer;
before(async () => {
  desk = await Desk.open();
  ({ installation, browser, page: operator } = desk);
  officer = await openPage(browser, installation, '/petugas', { ...PHONE, geolocation: { longitude: 110.38, latitude: -7.76 } });
  await signIn(officer, installation.people.petugas1);
  await at(officer, 'on-duty').click();
  await until('a position', async () => (await at(officer, 'position').textContent())?.includes('terkirim'));
});
after(() => desk?.close());

const state = (wanted) => desk.state(wanted);
const lines = (page) => at(page, 'happened').allTextContents();
async function answered(number, keys = { longitude: 110.3602, latitude: -7.6921 }) {
  const phone = await sipp(installation, 'voice_caller.xml', { keys: { number, ...keys } });
  await at(operator, 'answer').waitFor();
  await operator.keyboard.press('F2');
  await until('joined', async () => (await at(operator, 'my-call').getAttribute('data-connected')) === 'true');
  await until('their form', async () => (await at(operator, 'my-number').textContent()) === number && (await at(operator, 'incident-form').count()) === 1);
  return { phone, incident: Number(await at(operator, 'incident-number').textContent()) };
}
async function dispatched() {
  await operator.keyboard.press('F8');
  await at(operator, 'pick').first().waitFor();
  await operator.keyboard.press('F9');
  await at(officer, 'alert').waitFor();
}
const attention = (incident) => operator.locator(`[data-testid="incident"][data-incident="${incident}"]`).getAttribute('data-attention');
let first;

test('an incident without a unit says so; an officer who declines is marked, and what nobody answers is one alarm on its own line', async () => {
  first = await answered('+628119001');
  assert.equal(await attention(first.incident), 'none');
  await at(operator, 'type').selectOption('robbery');
  await dispatched();
  await until('somebody is asked', async () => (await attention(first.incident)) === 'alert');
  await at(officer, 'decline').click();
  await at(operator, 'alarm').waitFor(); // nobody else is on duty
  assert.equal(await at(operator, 'alarm').count(), 1);
  assert.equal(await attention(first.incident), 'nobody');
  assert.equal(await at(officer, 'withdrawn').count(), 0, 'who declined is not told that it was taken away');
  for (const id of ['board', 'sign-out', 'alarm']) {
    const box = await at(operator, id).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 1366, `${id} ${JSON.stringify(box)}`);
  }
  const counts = at(operator, 'board');
  assert.ok(await counts.evaluate((it) => it.scrollWidth <= it.clientWidth + 1), 'no count is cut');
  await operator.keyboard.press('F8');
  await at(operator, 'pick-lapsed').waitFor();
  assert.deepEqual(await objections(operator), []);
  await picture(operator, 'attention-alarm');
});

test('the alarm and its task are gone when a unit accepts', async () => {
  await dispatched();
  assert.equal(await at(operator, 'alarm').count(), 1, 'asked is not accepted');
  await at(officer, 'step-acknowledged').click();
  await until('no alarm', async () => (await at(operator, 'alarm').count()) === 0);
  assert.equal(await at(operator, 'task').count(), 0);
});

test('a digit after hanging up is the outcome and no word of the notes; what happens without one is announced', async () => {
  await at(operator, 'notes').fill('Dua orang, ');
  await at(operator, 'notes').focus();
  await operator.keyboard.press('Control+Shift+X');
  await state('wrap_up');
  await first.phone.end();
  const countdown = at(operator, 'outcome-countdown');
  await countdown.waitFor();
  assert.equal(await countdown.getAttribute('data-outcome'), 'genuine', 'help was sent');
  assert.match(await countdown.textContent(), /Laporan benar\s+dalam\s+[012]:\d\d/);
  await operator.keyboard.press('1');
  await state('ready');
  await operator.locator(`[data-testid="incident"][data-incident="${first.incident}"]`).click();
  assert.equal(await at(operator, 'notes').inputValue(), 'Dua orang, ');
  const [set] = installation.events().filter(({ body }) => body.type === 'OutcomeSet');
  assert.deepEqual([set.body.outcome, set.body.by_timeout], ['genuine', false]);
});

test('the timeline is the incident\'s: after a reload, and for a colleague', async () => {
  await operator.locator(`[data-testid="incident"][data-incident="${first.incident}"]`).click();
  await until('its lines', async () => (await lines(operator)).length > 5);
  const before = await lines(operator);
  for (const word of ['Kejadian dibuka', 'Perampokan', 'dikirimi tugas', 'menolak', 'tidak ada unit yang menjawab', 'menerima', 'Panggilan berakhir'])
    assert.ok(before.some((line) => line.includes(word)), `${word}: ${before.join('\n')}`);
  await operator.reload();
  await operator.locator(`[data-testid="incident"][data-incident="${first.incident}"]`).click();
  await until('the same again', async () => (await lines(operator)).join() === before.join());
  const colleague = await openPage(browser, installation, '/konsol');
  await readyOperator(colleague, installation.people.operator2);
  await colleague.locator(`[data-testid="incident"][data-incident="${first.incident}"]`).click();
  await until('the colleague reads the same', async () => (await lines(colleague)).join() === before.join());
  await colleague.context().close();
  await state('ready');
});

test('a callback is over when its caller was talked to, and a number that called before says so while it rings', async () => {
  await desk.abandoned('+628119003');
  assert.equal(await at(operator, 'task').count(), 1);
  const { phone } = await answered('+628119003');
  await until('no task', async () => (await at(operator, 'task').count()) === 0);
  await operator.keyboard.press('Control+Shift+X');
  await phone.end();
  await at(operator, 'outcome-genuine').click();
  await state('ready');
  const again = await sipp(installation, 'voice_caller.xml', { keys: { number: '+628119003', longitude: 110.3602, latitude: -7.6921 } });
  await at(operator, 'ringing-before').waitFor();
  await operator.keyboard.press('F2');
  await until('joined', async () => (await at(operator, 'my-call').getAttribute('data-connected')) === 'true');
  // Two stations are called Polres Banjar: each says where it is.
  await operator.keyboard.press('Control+j');
  await at(operator, 'transfer-station').fill('polres banjar');
  await until('both', async () => (await at(operator, 'transfer-match').allTextContents()).filter((text) => text.trim().startsWith('Polres Banjar ')).length === 2);
  const matches = await at(operator, 'transfer-match').allTextContents();
  assert.match(matches[0], /Polda Jawa Barat.*km/);
  assert.match(matches[1], /Polda Kalimantan Selatan.*km/);
  await at(operator, 'transfer-send').click();
  await until('asked which', async () => (await at(operator, 'problem').allTextContents()).join().includes('pilih dari daftar'));
  assert.deepEqual(await objections(operator), []);
  await picture(operator, 'attention-transfer');
  await at(operator, 'transfer-cancel').click();
  await operator.keyboard.press('Control+Shift+X');
  await again.end();
  await at(operator, 'outcome-genuine').click();
  await state('ready');
});

test('an officer who calls for help stands before every other alarm', async () => {
  await at(officer, 'request-help').click();
  await at(officer, 'request-help').click();
  await until('first', async () => (await at(operator, 'alarm').first().getAttribute('data-kind')) === 'officer_help');
  await at(operator, 'alarm').first().click();
  await until('its task has the keys', () => operator.evaluate(() => document.activeElement?.closest('[data-kind="officer_help"]') !== null));
  await picture(operator, 'attention-help');
});

test('a closed incident says that it is, is found again, and its reporter reads nothing that judges them', async () => {
  await operator.locator(`[data-testid="incident"][data-incident="${first.incident}"]`).click();
  await at(operator, 'send-tracking').click();
  const link = await until('the text message', () => /lacak#([\w-]+)/.exec(installation.sigap('messages'))?.[1]);
  await at(operator, 'close-answer').selectOption('false_report');
  await at(operator, 'close-incident').click();
  await at(operator, 'incident-closed').waitFor();
  assert.equal(await at(operator, 'close-incident').count(), 0);
  assert.equal(await operator.locator(`[data-testid="incident"][data-incident="${first.incident}"]`).count(), 0);
  await at(operator, 'incident-with-closed').click();
  await at(operator, 'incident-search').fill('rampok');
  await until('found', async () => (await attention(first.incident).catch(() => '')) === 'closed');
  assert.equal(await at(operator, 'incident').count(), 1);
  await picture(operator, 'attention-closed');
  const citizen = await openPage(browser, installation, `/lacak#${link}`, PHONE);
  await at(citizen, 'track-answer').waitFor();
  assert.match(await at(citizen, 'track-answer').textContent(), /selesai diproses/);
  assert.doesNotMatch(await citizen.locator('body').innerText(), /palsu|bukan urusan|iseng/i);
  assert.deepEqual(await objections(citizen), []);
  await picture(citizen, 'attention-citizen');
});

test('on a wide screen at 200 % and on a narrow one nothing lies over anything else or beyond the edge', async () => {
  for (const [width, height] of [[1279, 720], [960, 540], [901, 600], [683, 384]]) {
    await operator.setViewportSize({ width, height });
    const wrong = await operator.evaluate(() => {
      const panels = [...document.querySelectorAll('.desk section')].filter((one) => one.checkVisibility());
      const boxes = panels.map((one) => [one.getAttribute('aria-label') ?? one.querySelector('h2')?.textContent ?? '?', one.getBoundingClientRect(), one]);
      const found = document.documentElement.scrollWidth > innerWidth ? [`wider by ${document.documentElement.scrollWidth - innerWidth}`] : [];
      for (const [a, one, it] of boxes)
        for (const [b, other, that] of boxes)
          if (it !== that && !it.contains(that) && !that.contains(it) && one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1) found.push(`${a} over ${b}`);
      return found;
    });
    assert.deepEqual(wrong, [], `${width} x ${height}`);
  }
  assert.deepEqual(await objections(operator), []);
  await operator.setViewportSize({ width: 1366, height: 768 });
});
