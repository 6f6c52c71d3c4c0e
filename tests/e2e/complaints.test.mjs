// A citizen complains on their phone; a station's supervisor answers; it is not solved and goes one level up, across a
// killed server; it is answered there and rated. One about conduct never reaches the station that it is about.
// usage of PICTURES=DIR: screenshots of each step.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appears, at, Installation, objections, openBrowser, openPage, picture, press, signIn, until } from './kit.mjs';

const PHONE = { width: 390, height: 844, mobile: true };
const SECRET = 'Menunggu dua jam di loket';
let installation, browser, citizen, district, province, filed;
before(async () => {
  installation = await Installation.start();
  browser = await openBrowser();
  const said = installation.sigap('user', 'add', 'sleman1', '--lasting', '--role', 'supervisor', '--station', 'polres-sleman');
  district = await openPage(browser, installation, '/pengaduan');
  await signIn(district, { login: 'sleman1', password: /: (\S+)\s*$/.exec(said)[1] });
  province = await openPage(browser, installation, '/pengaduan');
  await signIn(province, installation.people.perwira1);
  citizen = await openPage(browser, installation, '/', PHONE);
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});

const fits = (of) => of.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
const listed = (of, number) => of.locator(`[data-testid="case"][data-case="${number}"]`);
const opens = async (of, number) => {
  await until(`${number} in the list`, async () => (await listed(of, number).count()) === 1);
  await listed(of, number).click();
  await appears(of, 'case-view');
};
async function file(category, text, phone) {
  await at(citizen, 'file-category').selectOption(category);
  await at(citizen, 'file-province').selectOption('polda-diy');
  await at(citizen, 'file-district').selectOption('polres-sleman');
  await at(citizen, 'file-text').fill(text);
  if (phone) await at(citizen, 'file-phone').fill(phone);
  await press(citizen, 'file-send');
  await appears(citizen, 'filed-number');
  return { number: await at(citizen, 'filed-number').textContent(), code: await at(citizen, 'filed-code').textContent() };
}

test('a citizen files it on a phone, the call first; the desk answers by keyboard', async () => {
  await press(citizen, 'to-complaints');
  await appears(citizen, 'file-category');
  assert.deepEqual(await objections(citizen), []);
  await press(citizen, 'file-send');
  await appears(citizen, 'file-wrong');
  filed = await file('service', `${SECRET}, tidak ada yang menjawab.`, '0812 0000 0099');
  assert.match(filed.number, /^P-20\d\d-0*1$/);
  assert.match(filed.code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  await picture(citizen, 'complaint-filed-phone');
  assert.ok(await fits(citizen), 'no sideways scrolling');
  assert.deepEqual(await objections(citizen), []);

  await opens(district, filed.number);
  assert.match(await at(district, 'case-text').textContent(), new RegExp(SECRET));
  await picture(district, 'complaint-desk');
  assert.deepEqual(await objections(district), []);
  assert.equal(await at(district, 'case-close').isDisabled(), true, 'closed by an answer alone');
  await at(district, 'case-answer').focus();
  await district.keyboard.type('Loket kini dijaga dua petugas.');
  await district.keyboard.press('Tab');
  await district.keyboard.press('Enter');
  await until('it is closed', async () => (await listed(district, filed.number).count()) === 0);
  const message = installation.sigap('messages');
  assert.ok(message.includes(filed.number) && !message.includes('Loket'), 'a message without what it says');

  await press(citizen, 'filed-follow');
  await until('the answer', async () => (await at(citizen, 'own-case').getAttribute('data-closed')) === 'true');
  assert.match(await at(citizen, 'own-case').textContent(), /dijaga dua petugas/);
  await picture(citizen, 'complaint-answered-phone');
});

test('not solved: one level up, also when the server dies', async () => {
  await press(citizen, 'contest-open');
  await at(citizen, 'contest-text').fill('Kemarin loket kosong lagi.');
  await press(citizen, 'contest-send');
  await until('open again', async () => (await at(citizen, 'own-case').getAttribute('data-closed')) === 'false');
  assert.match(await at(citizen, 'own-station').textContent(), /Polda/);
  await installation.kill();
  await installation.restart();
  await until('connected again', async () => (await at(province, 'link').getAttribute('data-link')) === 'up', 20);
  await opens(province, filed.number);
  assert.equal(await at(province, 'case-view').getAttribute('data-station'), 'polda-diy');
  assert.match(await at(province, 'case-view').textContent(), /Kemarin loket kosong lagi/);
  await until('gone from the district', async () => (await at(district, 'link').getAttribute('data-link')) === 'up' && (await at(district, 'case').count()) === 0, 20);
  await at(province, 'case-answer').fill('Kepala pelayanan diganti.');
  await press(province, 'case-close');
  await until('the last answer', async () => (await at(citizen, 'own-case').getAttribute('data-closed')) === 'true', 20);
  assert.equal(await at(citizen, 'contest-open').count(), 0, 'once');
  await press(citizen, 'rate-4');
  await until('it is rated', async () => (await at(citizen, 'own-entry').last().getAttribute('data-kind')) === 'rated');
  await press(province, 'cases-closed');
  await opens(province, filed.number);
  assert.match(await at(province, 'case-mark').textContent(), /4\/5/);
  await picture(province, 'complaint-closed');
  assert.deepEqual(await objections(province), []);
});

test('one about conduct is above the station from the start, and a wrong code opens nothing', async () => {
  await citizen.goto(`${installation.url}/adu`);
  const conduct = await file('extortion', 'Diminta uang agar laporan dibuat.', '');
  await press(province, 'cases-open');
  await opens(province, conduct.number);
  await appears(province, 'case-conduct');
  await picture(province, 'complaint-conduct');
  assert.equal(await listed(district, conduct.number).count(), 0);
  await press(province, 'case-move-open');
  await at(province, 'case-to').selectOption('polres-sleman');
  await press(province, 'case-move');
  await appears(province, 'problem');
  assert.equal(await at(province, 'case-view').getAttribute('data-station'), 'polda-diy');
  await press(citizen, 'complain-read');
  await at(citizen, 'own-number').fill(conduct.number);
  await at(citizen, 'own-code').fill('0000-0000-0000-0000');
  await press(citizen, 'own-open');
  await appears(citizen, 'own-unknown');
  const events = installation.sigap('journal', 'show', '--from', '544', '--most', '100000');
  assert.ok(!events.includes(SECRET) && !events.includes(filed.code), 'sealed, and the code nowhere');
  assert.ok(!installation.log.includes(SECRET));
  // Whoever asks what is kept of their number is told of the complaint as of calls.
  const admin = await openPage(browser, installation, '/admin');
  await signIn(admin, installation.people.admin);
  await press(admin, 'tab-privacy');
  await at(admin, 'privacy-number').fill('+62 812 0000 0099');
  await press(admin, 'privacy-look');
  await appears(admin, 'privacy-record');
  assert.match(await at(admin, 'privacy-record').first().textContent(), /Pengaduan 1/);
  // Each of a killed server's pages says that its socket is gone; nothing else.
  assert.deepEqual([...citizen.problems, ...province.problems].filter((each) => !/WebSocket/.test(each)), []);
});
