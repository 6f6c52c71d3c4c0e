// A citizen without a telephone calls from the first page: voice both ways, place, keys, and the same call after the
// server was killed, the page loaded anew, the media process killed. Beyond the cap: 110.
// usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, Desk, objections, openPage, picture, press, sipp, until } from './kit.mjs';

const SLEMAN = { longitude: 110.3602, latitude: -7.6921, accuracy: 14 };
const CAP = 2;
let desk, installation, browser, page;
before(async () => {
  desk = await Desk.open({ webCalls: CAP });
  ({ installation, browser, page } = desk);
});
after(() => desk?.close());

const citizen = (options = {}) => openPage(browser, installation, '/', { width: 390, height: 844, mobile: true, geolocation: SLEMAN, ...options });
const view = (caller) => at(caller, 'web-call-view');
const phase = (caller, wanted) => until(`the citizen's page: ${wanted}`, async () => (await view(caller).getAttribute('data-phase')) === wanted);
async function calls(caller) {
  await press(caller, 'web-call');
  await phase(caller, 'waiting');
}
/** Packets of both ways go on rising from now. */
async function voices(who, name) {
  const from = await who.evaluate((of) => window[of](), name);
  await until(`voice both ways (${name})`, () => who.evaluate(async ([of, before]) => {
    const seen = await window[of]();
    const fresh = seen && (seen.sent < before.sent || seen.received < before.received ? { sent: 0, received: 0 } : before);
    return seen && seen.sent > fresh.sent + 30 && seen.received > fresh.received + 30 && seen.level > 0.005;
  }, [name, from ?? { sent: 0, received: 0 }]));
}
const both = async (caller) => {
  await voices(page, 'sigapVoice');
  await voices(caller, 'sigapCall');
};
async function answered(caller) {
  await press(page, 'answer');
  await until('joined', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  await phase(caller, 'talking');
}
async function finished(caller, outcome = 'genuine') {
  await at(page, 'hang-up').click();
  await phase(caller, 'over');
  await at(page, `outcome-${outcome}`).click();
  await desk.state('ready');
}
const arrivals = () => installation.events().filter(({ body }) => body.type === 'CallArrived').length;

test('the first page weighs little, is clean for axe, and puts the telephone first', async () => {
  const caller = await citizen();
  const weighed = await caller.evaluate(async () => {
    const all = [document.documentURI, ...performance.getEntriesByType('resource').map(({ name }) => name)];
    const own = all.filter((url) => new URL(url).origin === location.origin);
    return { own, bytes: performance.getEntriesByType('navigation')[0].encodedBodySize +
      performance.getEntriesByType('resource').reduce((sum, one) => sum + one.encodedBodySize, 0) };
  });
  // What the browser counts is as it came over the network; without compressed siblings we compress here.
  const { gzipSync } = await import('node:zlib');
  let gzipped = 0;
  for (const url of new Set(weighed.own)) gzipped += gzipSync(Buffer.from(await (await fetch(url, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer())).length;
  console.log(`  first load: ${weighed.own.length} files, ${(gzipped / 1024).toFixed(1)} kB gzipped`);
  assert.ok(weighed.own.length >= 3 && gzipped > 5_000 && gzipped <= 60_000, `${gzipped} bytes`);
  assert.equal(await at(caller, 'call-110').getAttribute('href'), 'tel:110');
  const telephone = await at(caller, 'call-110').boundingBox(), web = await at(caller, 'web-call').boundingBox();
  assert.ok(telephone.y + telephone.height <= web.y && web.y + web.height < 844, 'both are seen at once, the telephone above');
  for (const theme of ['dark', 'light']) {
    await caller.evaluate((wanted) => (document.documentElement.dataset.theme = wanted), theme);
    assert.deepEqual(await objections(caller), [], theme);
  }
  await picture(caller, 'web-call-first');
  await at(caller, 'caller-language').selectOption('en');
  assert.match(await at(caller, 'web-call').textContent(), /over the internet/i);
  await caller.context().close();
});

test('called by keyboard, answered, heard both ways; the place arrives and follows; the link comes to the page', async () => {
  const caller = await citizen();
  await at(caller, 'web-call').focus();
  await caller.keyboard.press('Enter');
  await phase(caller, 'waiting');
  await picture(caller, 'web-call-waiting');
  await at(page, 'answer').first().waitFor();
  assert.match(await at(page, 'call-by-page').first().textContent(), /internet/);
  await picture(page, 'console-web-call');
  await answered(caller);
  await both(caller);
  await picture(caller, 'web-call-talking');
  assert.deepEqual(await objections(caller), [], 'talking');
  await until('the place', async () => (await at(caller, 'web-place').getAttribute('data-place')) === 'sent');
  const located = () => installation.events().filter(({ body }) => body.type === 'CallLocated' || (body.type === 'CallArrived')).length;
  const before = located();
  await caller.context().setGeolocation({ longitude: 110.4, latitude: -7.7, accuracy: 9 });
  await until('the new place is told', () => located() > before);
  await at(caller, 'web-mute').click();
  assert.equal(await at(caller, 'web-mute').getAttribute('aria-pressed'), 'true');
  await press(page, 'send-tracking');
  await finished(caller);
  await until('the link', async () => /\/lacak#[\w-]{20,}/.test(await at(caller, 'web-follow').getAttribute('href')));
  await picture(caller, 'web-call-over');
  assert.deepEqual(await objections(caller), [], 'over');
  await at(caller, 'web-follow').click();
  await at(caller, 'report').waitFor();
  assert.deepEqual(caller.problems, []);
  await caller.context().close();
});

test('who cannot speak presses one button, goes first, and answers with keys', async () => {
  const caller = await citizen({ geolocation: undefined });
  await calls(caller);
  await press(caller, 'web-key-5');
  await at(caller, 'web-silent').waitFor();
  await at(page, 'call-silent').first().waitFor();
  await answered(caller);
  await press(caller, 'web-key-2');
  await until('the key', async () => (await at(page, 'call-digits').first().getAttribute('data-digits'))?.endsWith('2'));
  await finished(caller);
  await caller.context().close();
});

test('kill -9 of the server while waiting and while talking: one call, its place in the queue, its voice', async () => {
  await at(page, 'pause').click();
  const caller = await citizen();
  const before = arrivals();
  await calls(caller);
  const since = installation.events().filter(({ body }) => body.type === 'CallArrived').at(-1).at;
  await installation.kill();
  await at(caller, 'web-lost').waitFor();
  await installation.restart();
  await until('the page is back', async () => (await view(caller).getAttribute('data-link')) === 'up');
  await phase(caller, 'waiting');
  await until('the console is back', async () => (await at(page, 'link').getAttribute('data-link')) === 'up');
  await press(page, 'ready');
  await answered(caller);
  await both(caller);
  await installation.kill();
  await at(caller, 'web-lost').waitFor();
  await voices(caller, 'sigapCall'); // the voice does not notice
  await installation.restart();
  await until('both are back', async () =>
    (await view(caller).getAttribute('data-link')) === 'up' && (await at(page, 'link').getAttribute('data-link')) === 'up');
  await until('still in the call', async () => (await at(page, 'my-call').getAttribute('data-state')) === 'talking');
  await phase(caller, 'talking');
  await both(caller);
  const all = installation.events().filter(({ body }) => body.type === 'CallArrived');
  assert.equal(all.length, before + 1);
  assert.equal(all.at(-1).at, since);
  await finished(caller);
  await caller.context().close();
});

test('the page loaded anew, and the media process killed: the call goes on', async () => {
  const caller = await citizen();
  await calls(caller);
  await answered(caller);
  await both(caller);
  await caller.reload();
  await phase(caller, 'talking');
  await caller.mouse.click(5, 5);
  await both(caller);
  process.kill(installation.mediaPid(), 'SIGKILL');
  await until('media again', async () => (await installation.health()).media.restarts > 0);
  await until('joined again', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  await both(caller);
  await finished(caller);
  await caller.context().close();
});

test('given up before the answer: a task, the page says what happens next; the page closed: the same', async () => {
  await at(page, 'pause').click();
  const caller = await citizen();
  await at(caller, 'web-number-open').click();
  await at(caller, 'web-number').fill('abc');
  await press(caller, 'web-call');
  assert.equal(await at(caller, 'web-problem').getAttribute('data-code'), 'number');
  await at(caller, 'web-number').fill('0812 3456 7890');
  await calls(caller);
  await at(caller, 'web-hang-up').click();
  await phase(caller, 'over');
  assert.equal(await at(caller, 'web-over').getAttribute('data-how'), 'unanswered_number');
  await picture(caller, 'web-call-unanswered');
  await at(page, 'task').first().waitFor();
  const tasks = await at(page, 'task').count();
  await press(caller, 'web-again');
  await phase(caller, 'waiting');
  await caller.context().close(); // for good: after the grace it has hung up
  await until('its call is over', async () => (await installation.health()).pages.legs === 0);
  assert.equal(await at(page, 'task').count(), tasks, 'the same caller: the same task');
  await press(page, 'ready');
});

test('beyond the cap a page is told to telephone, at once, and a telephone still gets through', async () => {
  await at(page, 'pause').click();
  const callers = [await citizen(), await citizen(), await citizen()];
  const before = arrivals();
  for (const each of callers.slice(0, CAP)) await calls(each);
  await press(callers[CAP], 'web-call');
  await phase(callers[CAP], 'refused');
  assert.equal(await at(callers[CAP], 'web-problem').getAttribute('data-code'), 'full');
  assert.ok(await at(callers[CAP], 'call-110').isVisible());
  await picture(callers[CAP], 'web-call-full');
  assert.deepEqual(await objections(callers[CAP]), []);
  assert.equal(arrivals(), before + CAP);
  const telephone = await sipp(installation, 'voice_caller.xml', { keys: { number: '+628110099', longitude: 110.36, latitude: -7.69 } });
  await until('the telephone has a voice', async () => (await installation.health()).sip.legs === 1);
  for (const each of callers.slice(0, CAP)) await at(each, 'web-hang-up').click();
  await press(page, 'ready');
  await press(page, 'answer');
  await until('its number', async () => (await at(page, 'my-number').textContent()) === '+628110099');
  await at(page, 'hang-up').click();
  await telephone.end();
  await at(page, 'outcome-genuine').click();
  await desk.state('ready');
  for (const each of callers) await each.context().close();
});

test('without the microphone there is no call: why, and the telephone', async () => {
  const caller = await citizen();
  await caller.context().clearPermissions();
  await caller.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await press(caller, 'web-call');
  await phase(caller, 'denied');
  assert.equal(await at(caller, 'web-problem').getAttribute('data-code'), 'no_permission');
  assert.ok(await at(caller, 'call-110').isVisible());
  await picture(caller, 'web-call-denied');
  assert.deepEqual(await objections(caller), []);
  await caller.context().close();
});
