// The report of `sigap simulate --scenario` in Chromium: both languages, both themes, a desk's screen and a phone's, keys.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFile, sigap, standalonePage } from '../e2e/standalone_page.mjs';

const it = standalonePage(async (scratch) => {
  const file = join(scratch, 'report.html');
  writeFileSync(join(scratch, 'flood.toml'), `name = "Banjir & <gempa>"
minutes = 30
[calls]
a_day = 400000
[operators]
count = 60
[[surge]]
where = "polda-diy"
from = "00:10"
minutes = 10
times = 100
one_event = true
`);
  await sigap('simulate', '--scenario', join(scratch, 'flood.toml'), '--out', file);
  return file;
});

test('a minute is read by keys on all curves at once; the title is text, not markup', async () => {
  const page = await openFile(it.browser, it.file);
  assert.equal(await page.textContent('h1'), 'Banjir & <gempa>');
  assert.match(await page.title(), /^Banjir & <gempa> - Sigap 110$/);
  await page.locator('.area').first().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const read = () => page.locator('output').allTextContents();
  assert.ok((await read()).every((text) => /^00\.01 WIB: \d/.test(text)), String(await read()));
  await page.click('#language');
  assert.ok((await read()).every((text) => /^00:01 WIB: \d/.test(text)), String(await read()));
  assert.match(await page.textContent('main'), /Every rule held/);
  await page.close();
});
