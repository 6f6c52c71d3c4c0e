// A citizen who has no voice, no microphone and no Indonesian calls from the first page: what is written both ways over
// kill -9 and reloads, a photograph that is seen after a click, the language at the operator's.
// usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, Desk, objections, openPage, picture, press, until } from './kit.mjs';

let desk, installation, browser, page;
before(async () => {
  desk = await Desk.open({ webCalls: 4 });
  ({ installation, browser, page } = desk);
});
after(() => desk?.close());

const view = (caller) => at(caller, 'web-call-view');
const phase = (caller, wanted) => until(`the citizen's page: ${wanted}`, async () => (await view(caller).getAttribute('data-phase')) === wanted);
/** A telephone whose microphone may not be used; reloads included. */
async function mute() {
  const caller = await openPage(browser, installation, '/', { width: 390, height: 844, mobile: true });
  await caller.context().clearPermissions();
  await caller.context().addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await caller.reload();
  return caller;
}
const texts = (who, id) => at(who, id).evaluateAll((all) => all.map((line) => line.textContent.trim().replace(/\s+/g, ' ')));
const linesOf = async (who, id) => (await texts(who, id)).map((line) => line.replace(/^\S+( \d\d\.\d\d\.\d\d \S+)? /, ''));
const ofType = (type) => installation.events().filter(({ body }) => body.type === type);
async function writes(caller, text) {
  await at(caller, 'web-write').fill(text);
  await at(caller, 'web-write').press('Enter');
}
async function isBack() {
  await until('both are back', async () => (await at(page, 'link').getAttribute('data-link')) === 'up');
}
const back = (caller) => until("the citizen's page is back", async () => (await view(caller).getAttribute('data-link')) === 'up');

test('written without a microphone, before and after an answer, over kill -9 and reloads of both: each line once, in order', async () => {
  await at(page, 'pause').click();
  const caller = await mute();
  await at(caller, 'caller-language').selectOption('jv');
  await until('Javanese', async () => (await at(caller, 'web-type').textContent()).includes('Serat'));
  await picture(caller, 'typed-first');
  assert.deepEqual(await objections(caller), [], 'first page in Javanese');
  await press(caller, 'web-type');
  await phase(caller, 'waiting');
  await at(caller, 'web-silent').waitFor();
  await writes(caller, 'wonten maling');
  await until('the first line is in the record', () => ofType('TextSaid').length === 1);
  assert.equal(ofType('CallUrgent').length, 1, 'goes first, as by a pressed 5');
  await installation.kill();
  await at(caller, 'web-lost').waitFor();
  await writes(caller, 'kula ndhelik');
  await at(caller, 'web-unsent').waitFor();
  await caller.reload();
  await installation.restart();
  await back(caller);
  await until('what was written while nobody served', () => ofType('TextSaid').length === 2);
  await isBack();
  await press(page, 'ready');
  await at(page, 'answer').first().waitFor();
  assert.equal(await at(page, 'call-language').first().getAttribute('data-language'), 'jv');
  await press(page, 'answer');
  await phase(caller, 'talking');
  await until('what was written before', async () => (await at(page, 'line').count()) === 2);
  await page.keyboard.press('Alt+t');
  await page.keyboard.type('Di mana Anda?');
  await page.keyboard.press('Enter');
  await until('the answer', async () => (await at(caller, 'web-line').count()) === 3);
  await page.keyboard.press('Alt+Shift+Digit7');
  await until('a quick answer in the language of the caller', async () => (await linesOf(caller, 'web-line')).at(-1)?.startsWith('Tetep wonten kaca'));
  await page.keyboard.press('Escape');
  await writes(caller, 'ing griya');
  await until('marked as not read', async () => Number(await at(page, 'written').getAttribute('data-unread')) === 1);
  await picture(page, 'console-typed-call');
  await picture(caller, 'typed-talking');
  assert.deepEqual(await objections(caller), [], 'talking');
  assert.deepEqual(await objections(page), [], 'console');
  await installation.kill();
  await page.keyboard.press('Alt+t');
  await page.keyboard.type('Kami datang');
  await page.keyboard.press('Enter');
  await at(page, 'line-unsent').waitFor();
  await page.reload();
  await installation.restart();
  await isBack();
  await back(caller);
  await until('what the operator wrote while nobody served', async () => (await linesOf(caller, 'web-line')).at(-1) === 'Kami datang');
  const record = ofType('TextSaid').map(({ body }) => [body.by, body.name]);
  assert.deepEqual(record.map(([by]) => by), ['caller', 'caller', 'operator', 'operator', 'caller', 'operator']);
  assert.equal(new Set(record.map(String)).size, 6, 'each once');
  const both = [await linesOf(page, 'line'), await linesOf(caller, 'web-line')];
  assert.deepEqual(both[0], both[1], 'both sides see the same');
  await at(page, 'hang-up').click();
  await phase(caller, 'over');
  assert.equal(await at(caller, 'web-line').count(), 6, 'it can still be read');
  await writes(caller, 'halo?');
  await until('a further line says that the call is over', async () => (await at(caller, 'web-not-sent').getAttribute('data-code')) === 'over');
  await picture(caller, 'typed-over');
  await at(page, 'outcome-genuine').click();
  await desk.state('ready');
  assert.deepEqual(caller.problems.filter((problem) => !problem.includes('WebSocket')), []);
  await caller.context().close();
});

test('a refused microphone leads on to writing, and a photograph is seen after a click that is noted', async () => {
  const caller = await mute();
  await press(caller, 'web-call');
  await phase(caller, 'denied');
  await press(caller, 'web-type-instead');
  await phase(caller, 'waiting');
  await press(page, 'answer');
  await phase(caller, 'talking');
  const jpeg = await caller.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1200 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#b02020';
    pen.fillRect(0, 0, 1200, 1200);
    return canvas.toDataURL('image/jpeg').split(',')[1];
  });
  await at(caller, 'web-photo').setInputFiles({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(jpeg, 'base64') });
  await at(caller, 'web-photo-sent').waitFor();
  await at(caller, 'web-photo').setInputFiles({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photograph at all') });
  await until('what is none is told', async () => (await at(caller, 'web-not-sent').getAttribute('data-code')) === 'no_photograph');
  await at(page, 'photo-show').waitFor();
  assert.equal(ofType('PhotographSeen').length, 0);
  await picture(page, 'console-photo-before');
  await at(page, 'photo-show').focus();
  await page.keyboard.press('Enter');
  await until('it is drawn', () => at(page, 'photo').locator('img').evaluate((img) => img.complete && img.naturalWidth === 1600));
  assert.equal(ofType('PhotographSeen').length, 1);
  const kept = ofType('PhotographKept')[0].body;
  const folder = join(installation.data, 'photographs', String(kept.call));
  assert.deepEqual(readdirSync(folder), [kept.photograph.sha256]);
  assert.ok(!readFileSync(join(folder, kept.photograph.sha256), 'latin1').includes('JFIF'), 'sealed');
  await at(page, 'photo').focus();
  await page.keyboard.press('Enter');
  await at(page, 'photo-large').waitFor();
  await picture(page, 'console-photo-large');
  assert.deepEqual(await objections(page), [], 'a photograph');
  await page.keyboard.press('Escape');
  await until('closed by keyboard', async () => !(await at(page, 'photo-large').isVisible()));
  const stranger = await fetch(`${installation.url}/foto/${kept.call}/${kept.photograph.sha256}`);
  assert.equal(stranger.status, 401);
  await at(page, 'hang-up').click();
  await phase(caller, 'over');
  await at(page, 'outcome-genuine').click();
  await caller.context().close();
});
