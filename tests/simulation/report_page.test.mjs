// The report of `sigap simulate --scenario` in Chromium: both languages, both themes, a desk's screen and a phone's, keys.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { lookAtFile, openBrowser, openFile, run, TOP } from '../e2e/kit.mjs';

const SIGAP = process.env.SIGAP ?? join(TOP, 'build/release/apps/sigap');

let scratch, browser;
const file = () => join(scratch, 'report.html');
before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sigap-simulation-'));
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
  await run(SIGAP, ['simulate', '--scenario', join(scratch, 'flood.toml'), '--out', file()]);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  rmSync(scratch, { recursive: true, force: true });
});
for (const colorScheme of ['dark', 'light'])
  for (const viewport of [{ width: 1366, height: 768 }, { width: 360, height: 740 }])
    test(`${colorScheme}, ${viewport.width} wide: nothing to object to, nothing beyond the edge, in both languages`, () =>
      lookAtFile(browser, file(), { colorScheme, viewport }));

test('a minute is read by keys on all curves at once; the title is text, not markup', async () => {
  const page = await openFile(browser, file());
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
