// One event, many callers, as people do it: two calls near each other, one key joins them, the same key takes it back;
// help, the officer's phone and the citizens' pages follow.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, Desk, openPage, picture, signIn, sipp, until } from './kit.mjs';

const PHONE = { width: 390, height: 844, mobile: true };

let desk, installation, browser, operator;
const phones = [];
before(async () => {
  desk = await Desk.open();
  ({ installation, browser, page: operator } = desk);
});
after(async () => {
  for (const phone of phones) phone.kill();
  await desk?.close();
});

const state = (wanted) => desk.state(wanted);
const number = async () => Number(await at(operator, 'incident-number').textContent());

/** A caller is answered; their incident's number. */
async function answered(caller, longitude, latitude) {
  const phone = await sipp(installation, 'voice_caller.xml', { keys: { number: caller, longitude, latitude } });
  phones.push(phone);
  await at(operator, 'answer').waitFor();
  await operator.keyboard.press('F2');
  await until('joined', async () => (await at(operator, 'my-call').getAttribute('data-connected')) === 'true');
  await until('their form', async () => (await at(operator, 'my-number').textContent()) === caller && (await at(operator, 'incident-form').count()) === 1);
  return { phone, incident: await until('a number', number) };
}
async function putDown({ phone }) {
  await operator.keyboard.press('Control+Shift+X');
  await phone.end();
  await state('wrap_up');
  await at(operator, 'outcome-genuine').click();
  await state('ready');
}
const shown = (id) => until(`incident ${id} on the screen`, async () => (await number()) === id);
const reporters = () => at(operator, 'incident-reporters').first().textContent().catch(() => '');

test('a second caller of the same event: suggested, joined by one key, taken back by it, joined again', async () => {
  const first = await answered('+628110101', 110.3602, -7.6921);
  assert.equal(await at(operator, 'alike').count(), 0);
  await at(operator, 'type').selectOption('traffic_accident');
  await at(operator, 'notes').fill('Truk terguling.');
  await putDown(first);

  const second = await answered('+628110102', 110.3612, -7.6921);
  await at(operator, 'candidate').waitFor();
  assert.equal(await at(operator, 'candidate').getAttribute('data-incident'), String(first.incident));
  assert.match(await at(operator, 'candidate').textContent(), /Kecelakaan lalu lintas · 110 m · 0 mnt/);
  await at(operator, 'notes').fill('Dari pelapor kedua.');
  await picture(operator, 'one-event-suggested');

  await at(operator, 'notes').focus(); // the key works while somebody types
  await operator.keyboard.press('Control+g');
  await at(operator, 'joined').waitFor();
  assert.equal(await at(operator, 'joined').getAttribute('data-root'), String(first.incident));
  await until('it is folded into its root', async () => (await at(operator, 'incident').count()) === 1);
  await until('it counts', async () => (await reporters())?.includes('2 pelapor'));
  assert.equal(await at(operator, 'notes').inputValue(), 'Dari pelapor kedua.', 'its own text stays');
  assert.ok(await at(operator, 'close-incident').isDisabled());
  await picture(operator, 'one-event-joined');

  await operator.keyboard.press('Control+g');
  await at(operator, 'candidate').waitFor();
  await until('two again', async () => (await at(operator, 'incident').count()) === 2);
  await operator.keyboard.press('Control+g');
  await at(operator, 'joined').waitFor();

  await at(operator, 'root-show').click();
  await shown(first.incident);
  await until('the root\'s own text', async () => (await at(operator, 'notes').inputValue()) === 'Truk terguling.');
  assert.match(await at(operator, 'reporters').textContent(), /2 pelapor/);
  await picture(operator, 'one-event-root');
  await at(operator, 'report-split').click();
  await until('split', async () => (await at(operator, 'incident').count()) === 2);
  await at(operator, 'join-similar').click();
  await until('joined from the root', async () => (await at(operator, 'incident').count()) === 1);
  await at(operator, 'report-show').click();
  await shown(second.incident);

  // Help is the event's: sent from the root, seen by the second caller.
  await at(operator, 'send-tracking').click();
  const link = await until('the text message', () => /lacak#([\w-]+)/.exec(installation.sigap('messages'))?.[1]);
  const citizen = await openPage(browser, installation, `/lacak#${link}`, PHONE);
  const reached = (step) => until(`the citizen sees ${step}`, async () =>
    (await at(citizen, `track-${step}`).getAttribute('data-reached')) === 'true');
  await reached('received');
  assert.equal(await at(citizen, 'report').textContent(), String(second.incident), 'their own number');
  const officer = await openPage(browser, installation, '/petugas', { ...PHONE, geolocation: { longitude: 110.38, latitude: -7.76 } });
  await signIn(officer, installation.people.petugas1);
  await at(officer, 'on-duty').click();
  await until('a position', async () => (await at(officer, 'position').textContent())?.includes('terkirim'));
  await operator.keyboard.press('F8');
  await at(operator, 'pick').first().waitFor();
  await operator.keyboard.press('F9');
  await at(officer, 'step-acknowledged').click();
  await until('the officer reads how many', async () => (await at(officer, 'alert-reporters').textContent())?.includes('2 pelapor'));
  await picture(officer, 'one-event-officer');
  await at(officer, 'step-en_route').click();
  await reached('on_the_way');
  await until('told on the caller\'s form', async () => (await at(operator, 'event-help').getAttribute('data-help')) === 'on_the_way');
  await picture(operator, 'one-event-help');
  await picture(citizen, 'one-event-citizen');

  await putDown(second);
  await at(operator, 'incident').first().click();
  await shown(first.incident);
  await at(operator, 'close-answer').selectOption('nothing_found');
  await at(operator, 'close-incident').click();
  await reached('closed');
  await until('the answer', async () => (await at(citizen, 'track-answer').textContent())?.includes('Tidak ditemukan'));
  await until('none is open', async () => (await at(operator, 'incident').count()) === 0);
  for (const page of [operator, officer, citizen]) assert.deepEqual(page.problems, []);
});

test('what is far is not suggested; a disaster reaches farther', async () => {
  const first = await answered('+628110103', 110.30, -7.75);
  await putDown(first);
  const second = await answered('+628110104', 110.36, -7.75);
  assert.equal(await at(operator, 'alike').count(), 0);
  await at(operator, 'type').selectOption('disaster');
  await at(operator, 'candidate').waitFor();
  await until('its distance', async () => (await at(operator, 'candidate').textContent())?.includes('6,6 km'));
  await putDown(second);
});

