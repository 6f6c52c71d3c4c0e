// Who sits where and when, as people do it: a supervisor plans a shift on /jaga by keyboard, the operator it names is
// missing until they sign in, the console tells the gap and when the shift ends, and the plan outlives a killed server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appears, at, Installation, objections, openBrowser, openPage, picture, press, readyOperator, signIn, until } from './kit.mjs';

const two = (n) => String(n).padStart(2, '0');
/** A moment on the clock of the station (WIB), as the form's fields want it. */
function onTheWall(ms) {
  const at = new Date(ms + 7 * 3_600_000);
  return { date: at.toISOString().slice(0, 10), time: `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}` };
}

let installation, browser, chief;
before(async () => {
  installation = await Installation.start();
  browser = await openBrowser();
  chief = await openPage(browser, installation, '/jaga');
  await signIn(chief, installation.people.perwira1);
  await at(chief, 'shift-plan').waitFor();
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});

test('a shift is planned by keyboard; it begins; who is missing and how many are short is said', async () => {
  const begins = onTheWall(Date.now() + 60_000), ends = onTheWall(Date.now() + 3 * 3_600_000);
  await at(chief, 'shift-plan').focus();
  await chief.keyboard.press('Enter');
  assert.equal(await at(chief, 'shift-station').evaluate((field) => field === document.activeElement), true);
  await at(chief, 'shift-station').selectOption('polres-sleman');
  await at(chief, 'shift-date').fill(begins.date);
  await at(chief, 'shift-from').fill(begins.time);
  await at(chief, 'shift-until').fill(ends.time);
  await at(chief, 'shift-needed').fill('2');
  await chief.locator('[data-testid="shift-person"][data-login="operator1"]').focus();
  await chief.keyboard.press('Space');
  await picture(chief, 'roster-form');
  await at(chief, 'shift-save').focus();
  await chief.keyboard.press('Enter');
  await at(chief, 'shift-form').waitFor({ state: 'detached' });
  await at(chief, 'shift').first().waitFor();
  // On the minute it begins by itself.
  await until('it has begun', async () => (await at(chief, 'roster-missing').count()) === 1, 90);
  assert.match(await at(chief, 'roster-missing').textContent(), /Sari Wulandari/);
  assert.match(await at(chief, 'roster-gap').textContent(), /2/);
  await picture(chief, 'roster-missing');
  assert.deepEqual(chief.problems, []);
});

test('whoever was missing signs in: the gap is smaller, their console says when their shift ends', async () => {
  const operator = await openPage(browser, installation, '/konsol');
  await readyOperator(operator, installation.people.operator1);
  await until('nobody is missing', async () => (await at(chief, 'roster-missing').count()) === 0);
  assert.match(await at(chief, 'roster-gap').textContent(), /1/);
  await at(operator, 'own-shift').waitFor();
  assert.equal(await at(operator, 'gap').getAttribute('data-gap'), '1');
  const narrow = await operator.evaluate(() => document.querySelector('header').scrollWidth <= document.documentElement.clientWidth);
  assert.equal(narrow, true, 'everything of the top bar is in the window');
  await picture(operator, 'roster-console');
  await operator.context().close();
});

test('a shift is meant by its station\'s clock, on a machine that is set to America and far from it', async () => {
  const said = installation.sigap('user', 'add', 'nasional1', '--lasting', '--role', 'supervisor', '--station', 'mabes');
  const person = { login: 'nasional1', password: /: (\S+)\s*$/.exec(said)[1] };
  const abroad = await openPage(browser, installation, '/jaga', { locale: 'en-US', timezoneId: 'America/New_York' });
  await signIn(abroad, person);
  await press(abroad, 'shift-plan');
  const { date } = onTheWall(Date.now() + 2 * 86_400_000);
  const [year, month, day] = date.split('-');
  await at(abroad, 'shift-station').selectOption('polres-merauke');
  await at(abroad, 'shift-date').fill(`${day}/${month}/${year}`);
  await at(abroad, 'shift-from').fill('23.00');
  await at(abroad, 'shift-until').fill('7:00');
  await at(abroad, 'shift-needed').fill('2');
  await at(abroad, 'shift-needed').focus();
  assert.deepEqual(await Promise.all(['shift-date', 'shift-from', 'shift-until'].map((field) => at(abroad, field).inputValue())),
    [`${day}-${month}-${year}`, '23:00', '07:00'], 'as Indonesians write it');
  assert.match(await at(abroad, 'shift-date-words').textContent(), /^(Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu), \d+ \S+ \d{4}$/);
  assert.equal(await abroad.getByLabel('Mulai, WIT', { exact: true }).count(), 1, 'whose clock is said');
  assert.deepEqual(await objections(abroad), []);
  await picture(abroad, 'roster-abroad');
  await press(abroad, 'shift-save');
  await at(abroad, 'shift-form').waitFor({ state: 'detached' });
  const planned = installation.events().map(({ body }) => body).find((body) => body.type === 'ShiftPlanned' && body.station === 'polres-merauke');
  const eleven = Date.parse(`${date}T23:00:00+09:00`);
  assert.deepEqual([planned.from, planned.until], [eleven, eleven + 8 * 3_600_000]);
  // The day above is the headquarters' own (WIB); the shift is told by the clock it is meant by.
  await at(abroad, 'roster-date').fill(`${day}-${month}-${year}`);
  await at(abroad, 'roster-date').press('Enter');
  await appears(abroad, 'row-zone');
  assert.equal(await at(abroad, 'row-zone').first().textContent(), 'WIT');
  await picture(abroad, 'roster-zones');
  assert.match(await at(abroad, 'shift').first().getAttribute('aria-label'), /23:00-07:00 WIT/);
  assert.deepEqual(abroad.problems, []);
  await abroad.context().close();
});

test('a killed server forgets no plan', async () => {
  await installation.kill();
  await installation.restart();
  await until('connected again', async () => (await at(chief, 'link').getAttribute('data-link')) === 'up', 20);
  assert.equal(await at(chief, 'shift').count(), 1);
  await chief.setViewportSize({ width: 390, height: 844 });
  await picture(chief, 'roster-phone');
  assert.ok(await chief.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling');
});
