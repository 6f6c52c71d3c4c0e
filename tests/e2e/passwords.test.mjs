// Passwords: a temporary one opens nothing but the choice of another, what everybody tries is refused, one's own is
// changed by oneself; and whoever was refused at the door is seen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appears, at, choosePassword, Installation, objections, openBrowser, openPage, press, signIn, until } from './kit.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, mobile: true };
let installation, browser;
before(async () => {
  installation = await Installation.start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});

/** Asks the server for a sign-in, as a page does; the answer's status. */
async function tries(login, password) {
  const response = await fetch(`${installation.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: installation.url },
    body: JSON.stringify({ login, password }),
  });
  return response.status;
}

const problem = (page, words) => until(`refused: ${words}`, async () => words.test(await at(page, 'own-password-problem').textContent()));
const narrow = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

/** `sigap user add`: the password that was made and shown. */
function added(login, ...more) {
  const said = installation.sigap('user', 'add', login, '--station', 'polres-sleman', ...more);
  return { login, password: /: (\S+)\s*$/.exec(said)[1] };
}

test('a temporary password opens nothing but the choice of another, which is looked at', async () => {
  const person = added('sementara1');
  const page = await openPage(browser, installation, '/konsol');
  await signIn(page, person);
  await appears(page, 'password-first');
  assert.deepEqual(await objections(page), []);
  const heard = await page.evaluate(() => new Promise((done) => {
    const socket = new WebSocket(`ws://${location.host}/ws`);
    const all = [];
    socket.onopen = () => {
      for (const [id, type] of ['PassHeadset', 'BeReady', 'TakeNext'].entries())
        socket.send(JSON.stringify({ type: 'Request', id: id + 1, command: { type } }));
      socket.send(JSON.stringify({ type: 'FindPlace', id: 9, text: 'Sleman' }));
    };
    socket.onmessage = (event) => {
      all.push(JSON.parse(event.data));
      if (all.filter((message) => message.type === 'Refused').length === 4) done(all);
    };
  }));
  for (const message of heard.filter((each) => each.type === 'Refused')) assert.equal(message.code, 'own_password');
  const update = heard.find((message) => message.type === 'Update');
  assert.equal(update.self.login, 'sementara1');
  assert.equal(update.board, undefined);
  for (const kind of ['calls', 'incidents', 'units', 'tasks', 'people', 'staff', 'stations']) assert.deepEqual(update[kind], [], kind);

  // That socket was the newer tab: the page is told, and comes back.
  await page.reload();
  await appears(page, 'password-first');
  await choosePassword(page, 'not this one', 'tahu bulat di sawah');
  await problem(page, /salah/);
  await choosePassword(page, person.password, 'kopi tahu');
  await problem(page, /minimal 12/);
  for (const known of ['password1234', 'counterrevolutionary', 'aaaaaaaaaaaa']) {
    await choosePassword(page, person.password, known);
    await problem(page, /Mudah ditebak/);
  }
  await choosePassword(page, person.password, 'Sementara1 Sleman');
  await problem(page, /nama/);
  await choosePassword(page, person.password, person.password);
  await problem(page, /sekarang/);
  await choosePassword(page, person.password, 'tahu bulat di sawah');
  await appears(page, 'headset-start');
  assert.equal(await tries('sementara1', person.password), 401);
  const journal = installation.journal();
  for (const plain of ['tahu bulat', 'counterrevolutionary', person.password]) assert.ok(!journal.includes(plain), 'never written');
  await page.context().close();
});

test('an officer chooses one on the phone', async () => {
  const person = added('petugas.baru', '--role', 'officer', '--call-sign', 'SLM-77');
  const page = await openPage(browser, installation, '/petugas', PHONE);
  await signIn(page, person);
  await appears(page, 'password-first');
  assert.ok(await narrow(page), 'nothing beyond the edge of the phone');
  assert.deepEqual(await objections(page), []);
  await choosePassword(page, person.password, 'sepeda tua di kebun');
  await appears(page, 'on-duty');
  await page.context().close();
});

test('one\'s own password is changed from the top bar, by keyboard, and this sign-in alone goes on', async () => {
  const { login, password } = installation.people.perwira1;
  const before = await openPage(browser, installation, '/konsol');
  await signIn(before, { login, password });
  for (const button of ['headset-start', 'headset-finish']) await press(before, button);
  const page = await openPage(browser, installation, '/konsol');
  await signIn(page, { login, password });
  for (const button of ['headset-start', 'headset-finish']) await press(page, button);
  await appears(before, 'notice');
  await at(page, 'account').focus();
  await page.keyboard.press('Enter');
  await appears(page, 'account-dialog');
  assert.deepEqual(await objections(page), []);
  await at(page, 'own-password-old').focus();
  await page.keyboard.type(password);
  await page.keyboard.press('Tab');
  await page.keyboard.type('kambing makan rumput pagi');
  assert.equal(await at(page, 'own-password-new-hint').getAttribute('data-strength'), 'good');
  await page.keyboard.press('Enter');
  await until('the dialog is closed', async () => !(await at(page, 'account-dialog').isVisible()));
  assert.equal(await at(page, 'own-state').getAttribute('data-state'), 'not_ready');
  assert.equal(await tries(login, password), 401);
  await page.reload();
  await appears(page, 'own-state');
  await page.context().close();
  await before.reload();
  await appears(before, 'login');
  await before.context().close();
  assert.equal(await tries(login, 'kambing makan rumput pagi'), 200);
});

test('five wrong ones end the sign-in', async () => {
  const page = await openPage(browser, installation, '/admin');
  await signIn(page, installation.people.admin2);
  await press(page, 'account');
  for (let i = 0; i < 4; i++) {
    await choosePassword(page, `wrong ${i}`, 'kambing makan rumput pagi');
    await problem(page, /salah/);
    await until('ready for the next', async () => at(page, 'own-password-save').isEnabled());
  }
  await choosePassword(page, 'wrong 5', 'kambing makan rumput pagi');
  await appears(page, 'notice');
  assert.match(await at(page, 'notice').textContent(), /terlalu sering/);
  await page.context().close();
});

test('who was refused at the door stands on the administrators\' page, with the address', async () => {
  assert.equal(await tries('operator2', 'not the password'), 401);
  assert.equal(await tries('nobody.here', 'not a password either'), 401);
  const page = await openPage(browser, installation, '/admin', { viewport: { width: 1366, height: 768 } });
  await signIn(page, installation.people.admin);
  await press(page, 'tab-refused-sign-ins');
  const row = (login) => page.locator(`[data-testid="refused-sign-in"][data-login="${login}"]`);
  await until('both are there', async () => (await row('operator2').count()) > 0 && (await row('').count()) > 0);
  assert.equal(await row('operator2').first().locator('[data-testid="refused-sign-in-from"]').textContent(), '127.0.0.1');
  assert.ok(!(await page.content()).includes('nobody.here'), 'what was typed may be a password');
  assert.deepEqual(await objections(page), []);
  const refused = installation.events().filter(({ body }) => body.type === 'SignInRefused').map(({ body }) => body);
  assert.ok(refused.some(({ from }) => from.subject.startsWith('strangers:')));
  assert.ok(!installation.journal().includes('nobody.here'));
  const sealed = installation.sigap('journal', 'show', '--from', '544', '--most', '100000');
  assert.ok(!sealed.includes('127.0.0.1'), 'without keys nobody reads an address');
  await page.context().close();
});

test('who has signed in from somewhere is known there after a restart', async () => {
  await installation.kill();
  await installation.restart();
  // Strangers at the same address: so many failures that a login that is new there has to wait.
  let answer = 401;
  for (let i = 0; i < 60 && answer !== 429; i++) answer = await tries(`guess.${i}`, 'x');
  assert.equal(answer, 429);
  assert.equal(await tries('petugas2', installation.people.petugas2.password), 429, 'has never signed in');
  assert.equal(await tries('admin', installation.people.admin.password), 200);
});
