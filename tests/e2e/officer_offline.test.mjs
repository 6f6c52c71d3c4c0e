// An officer without a network: the page is there, with the address; steps are kept and arrive once, in order; a phone
// that was signed out holds nothing. usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, Desk, objections, openPage, picture, signIn, sipp, until } from './kit.mjs';

let desk, installation, operator, officer;
before(async () => {
  desk = await Desk.open();
  ({ installation, page: operator } = desk);
  officer = await openPage(desk.browser, installation, '/petugas', { width: 390, height: 844, mobile: true, geolocation: { longitude: 110.38, latitude: -7.76 } });
  await signIn(officer, installation.people.petugas1);
  await at(officer, 'on-duty').click();
  await until('the page is kept for later', () => officer.evaluate(() => navigator.serviceWorker.controller !== null));
});
after(() => desk?.close());

const step = (name) => at(officer, `step-${name}`);
const shown = (status) => until(status, async () => (await at(officer, 'alert').getAttribute('data-status')) === status);
const held = () => officer.evaluate(() => ['sigap.steps', 'sigap.assignment'].filter((key) => localStorage.getItem(key) !== null));

test('loaded anew while the server is away: the address stands, steps are kept and arrive in order, each once', async () => {
  const phone = await sipp(installation, 'voice_caller.xml', { keys: { number: '+628117001', longitude: 110.3602, latitude: -7.6921 } });
  await at(operator, 'answer').waitFor();
  await operator.keyboard.press('F2');
  await until('joined', async () => (await at(operator, 'my-call').getAttribute('data-connected')) === 'true');
  await operator.keyboard.press('F3');
  await operator.keyboard.type('Sinduadi Mlati');
  await at(operator, 'place-match').first().waitFor();
  await operator.keyboard.press('ArrowDown');
  await operator.keyboard.press('Enter');
  await operator.keyboard.press('F8');
  await at(operator, 'pick').first().waitFor();
  await operator.keyboard.press('F9');
  await step('acknowledged').click();
  await shown('acknowledged');
  await until('the operator sees it', async () => (await at(operator, 'alert').getAttribute('data-status')) === 'acknowledged');
  const place = await at(officer, 'alert-place').textContent();
  assert.match(place, /Sinduadi/);

  await installation.kill();
  await officer.reload();
  await until('cut off, and said', async () => (await at(officer, 'link').getAttribute('data-link')) === 'lost');
  assert.equal(await at(officer, 'alert-place').textContent(), place);
  await step('en_route').click();
  await step('on_scene').click();
  await at(officer, 'unsaid').waitFor();
  assert.deepEqual(await objections(officer), []);
  await picture(officer, 'officer-offline');
  await officer.reload();
  await shown('on_scene');
  await at(officer, 'unsaid').waitFor();

  await installation.restart();
  await until('arrived', async () => (await at(operator, 'alert').getAttribute('data-status')) === 'on_scene');
  await until('nothing is left to say', async () => (await at(officer, 'unsaid').count()) === 0);
  const told = installation.events().filter(({ body }) => body.type === 'AlertAdvanced').map(({ body }) => body.status);
  assert.deepEqual(told.filter((status) => status !== 'delivered'), ['acknowledged', 'en_route', 'on_scene']);
  await step('done').click();
  await until('over', async () => (await at(officer, 'alert').count()) === 0);
  assert.deepEqual(await held(), [], 'what is over is not on the phone any more');
  await operator.keyboard.press('Control+Shift+X');
  await phone.end();
});

test('who signs out leaves nothing on the phone', async () => {
  await at(officer, 'sign-out').click();
  await at(officer, 'login').waitFor();
  assert.deepEqual(await officer.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('sigap.') && !/theme|language/.test(key))), []);
});
