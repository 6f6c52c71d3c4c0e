// WCAG 2.2 AA as far as a machine can tell (axe-core), on every page, in both themes, in the states people work in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, Installation, objections, openBrowser, openPage, Phone, readyOperator, signIn, sipp, toneFile, until } from './kit.mjs';

let installation, browser;
before(async () => {
  installation = await Installation.start();
  browser = await openBrowser();
  await toneFile(installation.scratch);
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});

async function clean(page, name) {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((wanted) => (document.documentElement.dataset.theme = wanted), theme);
    assert.deepEqual(await objections(page), [], `${name}, ${theme}`);
  }
}

test('the console: sign-in, headset test, ready, ringing, in a call, wrap-up', async () => {
  const page = await openPage(browser, installation, '/konsol');
  await at(page, 'login').waitFor();
  await clean(page, 'sign-in');
  await signIn(page, installation.people.operator1);
  await at(page, 'headset-start').click();
  await at(page, 'headset-heard').waitFor();
  await clean(page, 'headset test');
  await at(page, 'headset-finish').click();
  await at(page, 'ready').click();
  await until('ready', async () => (await at(page, 'own-state').getAttribute('data-state')) === 'ready');
  await clean(page, 'ready');
  const caller = await sipp(installation, 'voice_caller.xml', { keys: { number: '+628111', longitude: 110.36, latitude: -7.69 } });
  await at(page, 'answer').waitFor();
  await clean(page, 'ringing');
  await at(page, 'answer').click();
  await until('joined', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  await at(page, 'place').fill('Sinduadi');
  await at(page, 'place-match').first().waitFor();
  await clean(page, 'in a call');
  await at(page, 'hang-up').click();
  await caller.end();
  await at(page, 'outcome-genuine').waitFor();
  await clean(page, 'wrap-up');
  await page.context().close();
});

test('the console: two callers of one event, suggested, joined, as their root', async () => {
  const page = await openPage(browser, installation, '/konsol');
  await readyOperator(page, installation.people.operator1);
  for (const number of ['+628112', '+628113']) {
    const caller = await sipp(installation, 'voice_caller.xml', { keys: { number, longitude: 110.4, latitude: -7.66 } });
    await at(page, 'answer').click();
    await until('their form', async () => (await at(page, 'my-number').textContent()) === number);
    if (number === '+628113') {
      await at(page, 'candidate').first().waitFor();
      await clean(page, 'suggested');
      await page.keyboard.press('Control+g');
      await at(page, 'joined').waitFor();
      await clean(page, 'joined');
      await at(page, 'root-show').click();
      await at(page, 'report-row').first().waitFor();
      await clean(page, 'root');
    }
    await at(page, 'hang-up').click();
    await caller.end();
    await at(page, 'outcome-genuine').click();
    await until('ready', async () => (await at(page, 'own-state').getAttribute('data-state')) === 'ready');
  }
  await page.context().close();
});

test('the console: a caller who cannot speak, while it rings, in the call and being asked', async (t) => {
  const page = await openPage(browser, installation, '/konsol');
  await readyOperator(page, installation.people.operator1);
  const phone = await Phone.open();
  t.after(() => phone.close());
  const caller = await sipp(installation, 'phone_caller.xml', { keys: { number: '+628114', rtp: phone.port, payloads: '8 101', longitude: 110.36, latitude: -7.69 } });
  await until('the prompt', () => phone.heard > 20);
  await phone.press('5');
  await at(page, 'call-silent').waitFor();
  await clean(page, 'silent, ringing');
  await at(page, 'answer').click();
  await until('joined', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  await phone.press('1');
  await page.keyboard.press('F6');
  await until('asked', async () => (await at(page, 'ask-to-press').getAttribute('aria-pressed')) === 'true');
  await clean(page, 'silent, being asked');
  await at(page, 'hang-up').click();
  await caller.end();
  await at(page, 'outcome-genuine').click();
  await page.context().close();
});

test('the console: a caller to be called back, and calling them', async () => {
  const page = await openPage(browser, installation, '/konsol');
  await readyOperator(page, installation.people.operator2);
  const caller = await sipp(installation, 'caller.xml', { keys: { request_uri: `sip:110@${installation.sip}`, number: '+628112345678' }, extra: ['-d', '1000'] });
  await caller.end();
  await at(page, 'task-call-back').waitFor();
  await clean(page, 'callback task');
  const phone = await sipp(installation, 'callee_away.xml', { port: installation.callee });
  await at(page, 'task-call-back').click();
  await until('it rings', async () => (await at(page, 'my-call').getAttribute('data-callee')) === 'rings');
  await clean(page, 'calling');
  await at(page, 'hang-up').click();
  assert.equal((await phone.end()).code, 0);
  await page.context().close();
});

test('the officer\'s phone: off duty, on duty', async () => {
  const page = await openPage(browser, installation, '/petugas', { width: 390, height: 844, mobile: true,
    geolocation: { longitude: 110.4, latitude: -7.7 } });
  await signIn(page, installation.people.petugas1);
  await at(page, 'on-duty').waitFor();
  await clean(page, 'off duty');
  await at(page, 'on-duty').click();
  await at(page, 'request-help').waitFor();
  await clean(page, 'on duty');
  for (const button of await page.locator('main button').all()) {
    const { height } = await button.boundingBox();
    assert.ok(height >= 64, `a button of ${height} px for a thumb in a hurry`);
  }
});

test('administration: people and stations', async () => {
  const page = await openPage(browser, installation, '/admin');
  await signIn(page, installation.people.admin);
  await at(page, 'person-add').click();
  await clean(page, 'people');
  await at(page, 'tab-stations').click();
  await clean(page, 'stations');
});

test('the citizen\'s page and the first page', async () => {
  const citizen = await openPage(browser, installation, '/lacak#nobody-knows-this-token');
  await at(citizen, 'track-unknown').waitFor();
  await clean(citizen, 'citizen');
  await clean(await openPage(browser, installation, '/'), 'first page');
});
