// An incident that nobody called about: opened at the counter, and by an officer who sees it; helped, closed, and there
// again after a kill. usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appears, at, Desk, objections, openPage, picture, press, signIn, until } from './kit.mjs';

const PHONE = { width: 390, height: 844, mobile: true };

let desk, installation, browser, operator, officer;
before(async () => {
  desk = await Desk.open();
  ({ installation, browser, page: operator } = desk);
  officer = await openPage(browser, installation, '/petugas', { ...PHONE, geolocation: { longitude: 110.38, latitude: -7.76 } });
  await signIn(officer, installation.people.petugas1);
  await press(officer, 'on-duty');
  await until('a position', async () => (await at(officer, 'position').textContent())?.includes('terkirim'));
});
after(() => desk?.close());

const listed = (incident) => operator.locator(`[data-testid="incident"][data-incident="${incident}"]`);
const bodies = (type) => installation.events().filter(({ body }) => body.type === type).map(({ body }) => body);
let counter;

test('somebody at the counter: a key, Enter, and the form has the keys; help is sent from it as for any other', async () => {
  await operator.keyboard.press('Alt+n');
  await appears(operator, 'new-incident');
  assert.equal(await at(operator, 'new-incident-station').count(), 0, 'who reaches one station is not asked whose it is');
  assert.deepEqual(await objections(operator), []);
  await picture(operator, 'without-call-origin');
  await operator.keyboard.press('Escape');
  await until('it is gone', async () => (await at(operator, 'new-incident').count()) === 0);
  await press(operator, 'incident-new');
  await appears(operator, 'new-incident');
  await operator.keyboard.press('Enter');
  await appears(operator, 'incident-form');
  counter = Number(await at(operator, 'incident-number').textContent());
  assert.equal(await at(operator, 'incident-origin').getAttribute('data-origin'), 'counter');
  await until('the place has the keys', () => operator.evaluate(() => document.activeElement?.id === 'place'));
  await operator.keyboard.type('Sinduadi');
  await press(operator, 'place-match');
  await at(operator, 'type').selectOption('theft');
  await at(operator, 'notes').fill('Sepeda motor hilang dari parkiran.');
  await until('saved', async () => (await at(operator, 'save-state').getAttribute('data-state')) === 'saved');
  assert.ok(await at(operator, 'send-tracking').isDisabled(), 'there is no number to send a link to');
  assert.equal(await at(operator, 'alarm').count(), 0, 'whoever opened it is on it');
  assert.deepEqual(await objections(operator), []);
  await picture(operator, 'without-call-form');
  await operator.keyboard.press('F8');
  await appears(operator, 'pick');
  await operator.keyboard.press('F9');
  await press(officer, 'step-acknowledged');
  await until('it is accepted', async () => (await listed(counter).textContent()).includes('diterima'));
  const [opened] = bodies('IncidentOpened');
  assert.deepEqual([opened.incident, opened.call, opened.origin], [counter, 0, 'counter']);
});

test('killed and started again, it is as it was, and is closed with an answer', async () => {
  await installation.kill();
  await installation.restart();
  await until('connected', async () => (await at(operator, 'link').getAttribute('data-link')) === 'up');
  await listed(counter).click();
  await until('what was written', async () => (await at(operator, 'notes').inputValue()) === 'Sepeda motor hilang dari parkiran.');
  assert.equal(await at(operator, 'incident-origin').getAttribute('data-origin'), 'counter');
  await until('the officer is there again', async () => (await at(officer, 'link').getAttribute('data-link')) === 'up');
  for (const step of ['en_route', 'on_scene', 'done']) await press(officer, `step-${step}`);
  await appears(operator, 'attended');
  await at(operator, 'close-answer').selectOption('handled');
  await press(operator, 'close-incident');
  await appears(operator, 'incident-closed');
  assert.equal(bodies('IncidentClosed').at(-1).incident, counter);
});

test('an officer who sees something tells the station: an alarm until somebody attends, also after a kill', async () => {
  await press(officer, 'observation');
  await at(officer, 'observation-type').selectOption('traffic_accident');
  await at(officer, 'observation-notes').fill('Truk terguling, jalan tertutup.');
  assert.deepEqual(await objections(officer), []);
  await picture(officer, 'without-call-observation');
  await press(officer, 'observation-send');
  await appears(operator, 'alarm');
  assert.equal(await at(operator, 'alarm').getAttribute('data-kind'), 'field_report');
  await appears(officer, 'observation-own');
  assert.match(await at(officer, 'observation-own').textContent(), /menunggu operator/);
  await installation.kill();
  await installation.restart();
  await until('connected', async () => (await at(operator, 'link').getAttribute('data-link')) === 'up');
  await appears(operator, 'alarm');
  assert.deepEqual(await objections(operator), []);
  await picture(operator, 'without-call-alarm');
  await at(operator, 'alarm').click();
  await until('its form', async () => (await at(operator, 'incident-origin').getAttribute('data-origin')) === 'observation');
  assert.equal(await at(operator, 'type').inputValue(), 'traffic_accident');
  assert.equal(await at(operator, 'notes').inputValue(), 'Truk terguling, jalan tertutup.');
  assert.match(await at(operator, 'place-point').textContent(), /7[.,]7/, 'where the phone was');
  await press(operator, 'task-take');
  await until('no alarm', async () => (await at(operator, 'alarm').count()) === 0);
  await until('the officer is told who has it', async () => (await at(officer, 'observation-own').textContent()).includes('diambil'));
  await operator.keyboard.press('F8');
  await appears(operator, 'pick');
  await operator.keyboard.press('F9');
  await until('no task', async () => (await at(operator, 'task').count()) === 0);
  await appears(officer, 'alert');
  await picture(officer, 'without-call-assigned');
});

test('a supervisor above opens one for a station below', async () => {
  const supervisor = await openPage(browser, installation, '/konsol');
  await signIn(supervisor, installation.people.perwira1);
  for (const button of ['headset-start', 'headset-finish']) await press(supervisor, button);
  await press(supervisor, 'incident-new');
  await press(supervisor, 'origin-agency');
  const station = await at(operator, 'station').textContent();
  await at(supervisor, 'new-incident-station').selectOption({ label: station });
  await press(supervisor, 'new-incident-open');
  await appears(supervisor, 'incident-form');
  const incident = Number(await at(supervisor, 'incident-number').textContent());
  await until('the station has it, too', async () => (await listed(incident).count()) === 1);
  assert.match(await listed(incident).textContent(), /Instansi lain/);
  assert.deepEqual(await objections(supervisor), []);
  await supervisor.context().close();
  assert.deepEqual([...operator.problems, ...officer.problems].filter((problem) => !/WebSocket|ERR_CONNECTION/.test(problem)), []);
});
