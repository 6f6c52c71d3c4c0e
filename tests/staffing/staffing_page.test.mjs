// The page of `sigap staffing` in Chromium: both languages, both themes, a desk's screen and a phone's, keys, axe-core.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFile, sigap, standalonePage } from '../e2e/standalone_page.mjs';

const it = standalonePage(async (scratch) => {
  const calls = ['station,time,handling_seconds'];
  for (let hour = 0; hour < 336; ++hour)
    for (const station of ['polres-sleman', 'polres-bantul', 'polres-merauke', 'polres-denpasar'])
      for (let i = 0; i < 1 + (hour % 24) / 4; ++i)
        calls.push(`${station},${new Date(1767571200000 + hour * 3600000 + i * 400000).toISOString()},${60 + i}`);
  writeFileSync(join(scratch, 'calls.csv'), calls.join('\n'));
  await sigap('staffing', '--calls', join(scratch, 'calls.csv'), '--out', scratch);
  return join(scratch, 'staffing.html');
});

test('an hour is read by keys and pointer, on the clock of the area that was chosen', async () => {
  const page = await openFile(it.browser, it.file);
  const area = (name) => page.locator(`section[data-place="${name}"] .area`);
  const read = (name) => page.locator(`section[data-place="${name}"] output`).first().textContent();
  await area('nation').first().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  assert.match(await read('nation'), /^Senin 01\.00 WIB: \d+,\d$/);
  await page.click('#language');
  assert.match(await read('nation'), /^Monday 01:00 WIB: \d+\.\d$/);
  await page.selectOption('#place', 'polda-papua');
  assert.equal(await area('nation').first().isVisible(), false);
  assert.equal(await area('polda-papua').count(), 3);
  await area('polda-papua').first().hover({ position: { x: 5, y: 20 } });
  assert.match(await read('polda-papua'), /^Monday 00:00 WIT: /);
  await page.fill('#find', 'sleman');
  assert.equal(await page.locator('#stations tbody tr:visible').count(), 1);
  await page.close();
});
