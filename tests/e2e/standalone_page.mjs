// A page that a command writes into one file, in Chromium: both languages, both themes, a desk's screen and a phone's, axe-core.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { objections, openBrowser, run, TOP } from './kit.mjs';

const SIGAP = process.env.SIGAP ?? join(TOP, 'build/release/apps/sigap');
export const sigap = (...words) => run(SIGAP, words);

/** A page that stands alone in a file: it fetches nothing and runs without an error. */
export async function openFile(browser, file, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, ...options });
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => assert.fail(error));
  await page.goto('file://' + file);
  assert.equal(requests.length, 1, 'it fetches nothing');
  return page;
}

/** In both languages: nothing to object to, nothing beyond the edge. */
async function look(browser, file, options) {
  const page = await openFile(browser, file, options);
  for (const lang of ['id', 'en']) {
    if (lang === 'en') await page.click('#language');
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling');
    assert.deepEqual(await objections(page), []);
  }
  await page.close();
}

/** Makes the page and registers what holds for every such page. `make(scratch)` yields the file. What it returns is whole
 * once the tests run: {browser, file}. */
export function standalonePage(make) {
  const it = {};
  before(async () => {
    it.scratch = mkdtempSync(join(tmpdir(), 'sigap-page-'));
    it.file = await make(it.scratch);
    it.browser = await openBrowser();
  });
  after(async () => {
    await it.browser?.close();
    rmSync(it.scratch, { recursive: true, force: true });
  });
  for (const colorScheme of ['dark', 'light'])
    for (const viewport of [{ width: 1366, height: 768 }, { width: 360, height: 740 }])
      test(`${colorScheme}, ${viewport.width} wide: nothing to object to, nothing beyond the edge, in both languages`, () =>
        look(it.browser, it.file, { colorScheme, viewport }));
  return it;
}
