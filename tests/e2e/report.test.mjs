// A supervisor's report says what the line did: one call that was answered, one whose caller gave up, at once and after
// the history was made anew; by keyboard, in English, on a telephone, and on one sheet of paper.
// usage of PICTURES=DIR: screenshots, and the sheet.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, Desk, objections, openPage, picture, press, signIn, sipp, until } from './kit.mjs';

let desk, installation, chief;
before(async () => {
  desk = await Desk.open();
  ({ installation } = desk);
});
after(() => desk?.close());

const figure = async (name) => {
  const row = chief.locator(`[data-testid="report-figure"][data-figure="${name}"] td`);
  return (await row.allTextContents()).map((text) => text.trim().replace(/\s+/g, ' '));
};
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test('one call was answered, one caller gave up', async () => {
  const caller = await sipp(installation, 'voice_caller.xml', { keys: { number: '+628110021', longitude: 110.3602, latitude: -7.6921 } });
  await at(desk.page, 'answer').click();
  await until('voices', async () => (await at(desk.page, 'my-call').getAttribute('data-connected')) === 'true');
  await at(desk.page, 'hang-up').click();
  await caller.end();
  await at(desk.page, 'outcome-genuine').click();
  await desk.state('ready');
  await desk.abandoned('+628110022');

  chief = await openPage(desk.browser, installation, '/laporan');
  await signIn(chief, installation.people.perwira1);
  await until('both calls in the report', async () => {
    await press(chief, 'report-week');
    await press(chief, 'report-day');
    return (await figure('offered'))[0] === '2';
  });
  assert.deepEqual(await figure('offered'), ['2', '2', '2'], 'of the day, the week and the month');
  assert.match((await figure('within_10'))[0], /^50,0 % ▼ di bawah sasaran$/);
  assert.deepEqual(await figure('misses'), ['1', '1', '1']);
  assert.equal(await at(chief, 'report-misses').getAttribute('data-misses'), '1');
  const why = chief.locator('[data-testid="report-miss"][data-why="hung_up"]');
  assert.match((await why.textContent()).replace(/\s+/g, ' '), /penelepon menutup: 1 \(50,0 %\)/);
  assert.match((await figure('answer'))[0], /^\d+ s \/ \d+ s$/);
  await picture(chief, 'report');
  assert.deepEqual(await objections(chief), []);
  await chief.evaluate(() => (document.documentElement.dataset.theme = 'light'));
  assert.deepEqual(await objections(chief), [], 'light');
  await picture(chief, 'report-light');
});

test('yesterday is a key away and was empty, and there is nothing after today', async () => {
  assert.equal(await at(chief, 'report-after').isDisabled(), true);
  const today = Number(await at(chief, 'report').getAttribute('data-first'));
  await at(chief, 'report-before').focus();
  await chief.keyboard.press('Enter');
  await until('yesterday', async () => Number(await at(chief, 'report').getAttribute('data-first')) === today - 1);
  assert.equal((await figure('offered'))[0], '0');
  assert.equal((await figure('within_10'))[0], '-');
  await at(chief, 'report-after').focus();
  await chief.keyboard.press('Enter');
  await until('today', async () => (await figure('offered'))[0] === '2');
});

test('in English, on a telephone, and on one sheet', async () => {
  await press(chief, 'language');
  await until('English', async () => /below the goal/.test((await figure('within_10'))[0]));
  // As long as the nation's, which has 36 Polda.
  await chief.evaluate(() => {
    const rows = document.querySelectorAll('[data-testid="report-row"]');
    for (let i = rows.length; i < 37; i++) rows[0].after(rows[0].cloneNode(true));
  });
  await chief.emulateMedia({ media: 'print' });
  await chief.setViewportSize({ width: 710, height: 1000 }); // A4 without its margins
  const ends = () => [...document.querySelectorAll('table.lines')].map((table) => Math.ceil(table.getBoundingClientRect().right));
  const cut = (await chief.evaluate(ends)).filter((end) => end > 711);
  await chief.emulateMedia({ media: null });
  const sheet = await chief.pdf({ preferCSSPageSize: true, printBackground: true });
  assert.deepEqual(cut, [], 'tables that the sheet cuts');
  if (process.env.PICTURES) writeFileSync(join(process.env.PICTURES, 'report.pdf'), sheet);
  assert.equal(sheet.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length, 1, 'one sheet');
  await chief.setViewportSize({ width: 390, height: 844 });
  assert.ok(await fits(chief), 'no sideways scrolling');
  await chief.reload();
  await chief.setViewportSize({ width: 1366, height: 768 });
});

test('made anew of the journal while the server runs, it says the same', async () => {
  const said = installation.sigap('history', 'rebuild', '--keys', `${installation.data}.keys`);
  assert.match(said, /anew/);
  await until('the same figures', async () => {
    await press(chief, 'report-week');
    await press(chief, 'report-day');
    return (await figure('offered')).join() === '2,2,2' && (await at(chief, 'report-behind').count()) === 0;
  });
  assert.deepEqual(await figure('misses'), ['1', '1', '1']);
  assert.deepEqual(chief.problems, []);
});
