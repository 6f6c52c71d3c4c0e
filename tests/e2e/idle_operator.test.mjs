// An operator who is not ready while somebody waits knows it and takes them with one key; whoever was ready and comes back
// is ready again; without a headset nobody is, and the page says so. usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { at, Installation, objections, openBrowser, openPage, openQuietBrowser, picture, readyOperator, signIn, sipp, toneFile, until } from './kit.mjs';

/** For what must come: a machine may be slow. */
const PATIENCE_S = 120;
let installation, browser;
const opened = []; // what a test that failed left behind must not ring in the next
before(async () => {
  installation = await Installation.start();
  browser = await openBrowser();
  await toneFile(installation.scratch);
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.context().close().catch(() => {});
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});

const open = async (from = browser) => {
  const page = await openPage(from, installation, '/konsol');
  page.setDefaultTimeout(PATIENCE_S * 1000);
  opened.push(page);
  return page;
};
const state = async (page, wanted, seconds = PATIENCE_S) =>
  until(wanted, async () => (await at(page, 'own-state').getAttribute('data-state')) === wanted, seconds);
const call = (number) => sipp(installation, 'voice_caller.xml', { keys: { number, longitude: 110.36, latitude: -7.69 } });
const finish = async (page, caller) => {
  await page.keyboard.press('Control+Shift+X');
  await at(page, 'outcome-genuine').click();
  await state(page, 'ready');
  await caller.end();
};
/** Its browser asked for a microphone finds none while window.gone is set. */
const headsetMayGo = (page) =>
  page.addInitScript(() => {
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) =>
      localStorage.getItem('gone') ? Promise.reject(new DOMException('none', 'NotFoundError')) : real(wanted);
  });
const plug = (page) =>
  page.evaluate(() => {
    localStorage.removeItem('gone');
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  });

test('whoever missed a ring is told who waits, in the middle, aloud and in the title, and F2 takes them', async () => {
  const page = await open();
  await page.addInitScript(() => {
    window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      window.tones += this.context.state === 'running';
      return start.apply(this, when);
    };
  });
  await page.reload();
  await readyOperator(page, installation.people.operator1);
  const caller = await call('+628117001');
  await state(page, 'not_ready');
  await at(page, 'waiting-for-you').waitFor();
  assert.equal(await at(page, 'waiting-count').textContent(), '1');
  assert.match(await at(page, 'waiting-since').textContent(), /^\d+:\d\d$/);
  assert.match(await at(page, 'waiting-next').textContent(), /\+628117001/);
  assert.match(await at(page, 'announce').textContent(), /1 penelepon menunggu.*F2/);
  assert.match(await page.title(), /^\(!\) 1 penelepon menunggu/);
  // It sounds, and goes on until somebody has taken them: the ring before it is over.
  const tones = await page.evaluate(() => window.tones);
  await until('it sounds', () => page.evaluate((before) => window.tones >= before + 4, tones), PATIENCE_S);
  const middle = await at(page, 'waiting-for-you').boundingBox();
  assert.ok(middle.x < 683 && middle.x + middle.width > 683 && middle.height > 80, JSON.stringify(middle));
  for (const theme of ['dark', 'light']) {
    await page.evaluate((wanted) => (document.documentElement.dataset.theme = wanted), theme);
    assert.deepEqual(await objections(page), [], theme);
  }
  await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
  await picture(page, 'waiting');
  await page.keyboard.press('F2');
  await state(page, 'talking');
  assert.equal(await at(page, 'my-number').textContent(), '+628117001');
  assert.equal(await at(page, 'waiting-for-you').count(), 0);
  await finish(page, caller);
  assert.equal(await page.title(), 'Konsol 110');
  await at(page, 'language').click();
  assert.equal(await page.title(), 'Console 110');
  await at(page, 'language').click();
});

test('before the headset test, too, and a pause stays one', async () => {
  const page = await open();
  await signIn(page, installation.people.operator2);
  await at(page, 'headset-start').waitFor();
  const first = await call('+628117002');
  await at(page, 'waiting-for-you').waitFor();
  assert.deepEqual(await objections(page), []);
  await picture(page, 'waiting-headset-test');
  await page.keyboard.press('F2');
  await state(page, 'talking');
  await finish(page, first);
  await at(page, 'pause').click();
  await state(page, 'not_ready');
  const second = await call('+628117003');
  await at(page, 'take-next').click();
  await state(page, 'talking');
  await finish(page, second);
});

test('who was ready and is back after a lost connection is ready again, by nobody\'s hand', async () => {
  const page = await open();
  await readyOperator(page, installation.people.operator1);
  const lost = () => installation.events().filter(({ body }) => body.type === 'OperatorNotReady' && body.reason === 'lost').length;
  const before = lost();
  await page.context().setOffline(true);
  await until('taken for lost', () => lost() > before, PATIENCE_S);
  await page.context().setOffline(false);
  await state(page, 'ready');
});

test('a page loaded anew without a headset says so and is offered nothing; plugged in, it is ready again', async () => {
  const page = await open();
  await headsetMayGo(page);
  await page.reload();
  await readyOperator(page, installation.people.operator1);
  await page.evaluate(() => localStorage.setItem('gone', 'yes'));
  await page.reload();
  await state(page, 'not_ready');
  assert.match(await at(page, 'own-state').textContent(), /headset tidak bekerja/);
  assert.match((await at(page, 'problem').allTextContents()).join(), /pasang headset/);
  await picture(page, 'no-headset');
  await plug(page);
  await state(page, 'ready');
  await until('nothing to complain of', async () => !(await at(page, 'problem').allTextContents()).join().includes('pasang headset'), PATIENCE_S);
});

test('pulled out in a call, another headset is found by itself, and until then it is said', async () => {
  const page = await open();
  await headsetMayGo(page);
  await page.addInitScript(() => {
    const made = navigator.mediaDevices.getUserMedia;
    navigator.mediaDevices.getUserMedia = async (wanted) => (window.microphone = await made.call(navigator.mediaDevices, wanted));
  });
  await page.reload();
  await readyOperator(page, installation.people.operator1);
  const caller = await call('+628117004');
  await at(page, 'answer').click();
  await state(page, 'talking');
  await page.evaluate(() => {
    localStorage.setItem('gone', 'yes');
    window.before = window.microphone;
    const [track] = window.microphone.getAudioTracks();
    track.stop();
    track.dispatchEvent(new Event('ended'));
  });
  await at(page, 'problem').first().waitFor();
  await plug(page);
  await until('another', () => page.evaluate(() => window.microphone !== window.before), PATIENCE_S);
  await until('nothing to complain of', async () => (await at(page, 'problem').count()) === 0, PATIENCE_S);
  await finish(page, caller);
});

test('a browser that wants a click before it sounds: after a reload the ring is heard, or the page says that it is not', async () => {
  const quiet = await openQuietBrowser();
  try {
    const page = await open(quiet);
    await page.addInitScript(() => {
      window.contexts = [];
      const Real = window.AudioContext;
      window.AudioContext = class extends Real {
        constructor(...options) {
          super(...options);
          window.contexts.push(this);
        }
      };
    });
    await page.reload();
    await readyOperator(page, installation.people.operator2);
    await page.reload();
    await state(page, 'ready');
    const caller = await call('+628117005');
    await at(page, 'answer').waitFor();
    const heardOrSaid = () => page.evaluate(() =>
      window.contexts.some((one) => one.state === 'running') || document.querySelector('[data-testid="problem"]') !== null);
    await until('heard or said', heardOrSaid, PATIENCE_S);
    await page.keyboard.press('F2'); // a key is a gesture
    await state(page, 'talking');
    await until('everything sounds', () => page.evaluate(() => window.contexts.every((one) => one.state === 'running')), PATIENCE_S);
    await until('nothing to complain of', async () => (await at(page, 'problem').count()) === 0, PATIENCE_S);
    await finish(page, caller);
  } finally {
    await quiet.close();
  }
});
