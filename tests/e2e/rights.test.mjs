// What a browser may and may not do, said by real sockets to the real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, choosePassword, Installation, openBrowser, openPage, signIn, until } from './kit.mjs';

let installation, browser;
before(async () => {
  installation = await Installation.start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});

/** Opens a socket in the page, says `texts`, hears for a while. */
const converse = (page, texts, path = '/ws', ms = 700) =>
  page.evaluate(([messages, where, wait]) => new Promise((done) => {
    const heard = [];
    const socket = new WebSocket(`ws://${location.host}${where}`);
    socket.onopen = () => messages.forEach((text) => socket.send(text));
    socket.onmessage = (event) => heard.push(JSON.parse(event.data));
    socket.onclose = (event) => done({ heard, closed: event.code });
    setTimeout(() => {
      socket.onclose = null;
      socket.close();
      done({ heard, closed: 0 });
    }, wait);
  }), [texts, path, ms]);

const cookiesOf = async (login) => {
  const { password } = installation.people[login];
  const response = await fetch(`${installation.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: installation.url },
    body: JSON.stringify({ login, password }),
  });
  return { status: response.status, cookie: response.headers.getSetCookie?.()[0] };
};

/** A blank page of ours that is signed in as `login`: the socket is the test's alone. */
async function signedIn(login) {
  const page = await openPage(browser, installation, '/');
  const { status, cookie } = await cookiesOf(login);
  assert.equal(status, 200);
  const [name, value] = cookie.split(';')[0].split('=');
  await page.context().addCookies([{ name, value, url: installation.url }]);
  return page;
}

const request = (id, command) => JSON.stringify({ type: 'Request', id, command });
const answerTo = (talk, id) => talk.heard.find((message) => (message.type === 'Done' || message.type === 'Refused') && message.id === id);

test('a role\'s forbidden commands are refused at the server and journaled', async () => {
  const officer = await signedIn('petugas1');
  const talk = await converse(officer, [
    request(1, { type: 'AddPerson', login: 'x1', name: 'X', role: 'administrator', station: 'mabes', call_sign: '', password: 'long enough 1' }),
    request(2, { type: 'DispatchUnit', incident: 1, unit: 1 }),
    request(3, { type: 'GoOnDuty' }),
  ]);
  assert.equal(answerTo(talk, 1).code, 'not_allowed');
  assert.equal(answerTo(talk, 2).code, 'not_allowed');
  assert.equal(answerTo(talk, 3).type, 'Done');
  const journal = installation.journal();
  assert.match(journal, /CommandRefused.*add_person/);
  assert.match(journal, /CommandRefused.*dispatch_unit/);
});

test('an officer is told nothing of calls, tasks and people', async () => {
  const officer = await signedIn('petugas2');
  const { heard } = await converse(officer, []);
  const full = heard.find((message) => message.type === 'Update');
  assert.equal(full.full, true);
  for (const kind of ['calls', 'units', 'people', 'tasks', 'stations']) assert.deepEqual(full[kind], [], kind);
});

test('what cannot be read is answered with the field to blame; the socket lives on', async () => {
  const operator = await signedIn('operator2');
  const talk = await converse(operator, [
    'nonsense',
    JSON.stringify({ type: 'Dance' }),
    JSON.stringify({ type: 'Request', id: 7, command: { type: 'AcceptOffer', offer: 'x' } }),
    JSON.stringify({ type: 'Request', id: 8, command: { type: 'AcceptOffer', offer: 999 } }),
    JSON.stringify({ type: 'Track', token: 'x' }),
    request(9, { type: 'BeReady' }),
  ]);
  const refused = talk.heard.filter((message) => message.type === 'Refused');
  assert.ok(refused.some((message) => message.field.includes('command.offer')), JSON.stringify(refused));
  assert.equal(answerTo(talk, 8).code, 'gone');
  assert.equal(answerTo(talk, 9).code, 'headset');
  assert.ok(refused.length >= 5);
  assert.equal(talk.closed, 0);
});

test('an oversized message closes the socket, another page is untouched', async () => {
  const operator = await signedIn('operator2');
  const talk = await converse(operator, [JSON.stringify({ type: 'FindPlace', id: 1, text: 'x'.repeat(70_000) })]);
  // 1009 where the close frame overtakes what the browser is still sending, else a broken connection.
  assert.ok([1009, 1006].includes(talk.closed), String(talk.closed));
  assert.equal((await installation.health()).status, 'ok');
});

test('no cookie, a stolen look-alike, an ended session: no socket', async () => {
  const page = await openPage(browser, installation, '/');
  assert.equal((await converse(page, [])).closed, 1006);
  await page.context().addCookies([{ name: 'sigap_session', value: 'A'.repeat(43), url: installation.url }]);
  const { heard } = await converse(page, [request(1, { type: 'BeReady' })]);
  assert.deepEqual(heard.map((message) => message.type), ['SessionOver']);
  const operator = await signedIn('operator3');
  const cookie = (await operator.context().cookies())[0];
  await operator.evaluate(() => fetch('/api/sign-out', { method: 'POST' }));
  await operator.context().addCookies([{ name: cookie.name, value: cookie.value, url: installation.url }]);
  const old = await converse(operator, []);
  assert.deepEqual(old.heard.map((message) => message.type), ['SessionOver']);
});

test('a foreign origin is refused', async () => {
  const response = await fetch(`${installation.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    body: '{"login":"admin","password":"x"}',
  });
  assert.equal(response.status, 403);
});

test('a second sign-in elsewhere takes over, and the first screen says so', async () => {
  const first = await openPage(browser, installation, '/konsol');
  await signIn(first, installation.people.perwira1);
  await at(first, 'headset-start').waitFor();
  const second = await openPage(browser, installation, '/konsol');
  await signIn(second, installation.people.perwira1);
  await at(second, 'headset-start').waitFor();
  await at(first, 'notice').waitFor();
  assert.match(await at(first, 'notice').textContent(), /layar lain/);
});

test('an administrator adds somebody, another agrees; disabled, their session ends at once', async () => {
  const admin = await openPage(browser, installation, '/admin');
  await signIn(admin, installation.people.admin);
  await at(admin, 'person-add').click();
  await at(admin, 'person-login').fill('baru.1');
  await at(admin, 'person-name').fill('Orang Baru');
  await at(admin, 'person-station').selectOption('polres-sleman');
  await at(admin, 'person-password').fill('sandi panjang 77');
  await at(admin, 'person-save').click();
  await admin.locator('[data-login="baru.1"]').waitFor();
  const operator = await openPage(browser, installation, '/konsol');
  await signIn(operator, { login: 'baru.1', password: 'sandi panjang 77' });
  await until('nobody agreed yet', async () => (await at(operator, 'sign-in-problem').textContent())?.includes('dinonaktifkan'));
  await at(admin, 'tab-approvals').click();
  await at(admin, 'approval-withdraw').waitFor();
  assert.equal(await at(admin, 'approval-agree').count(), 0, 'one person is not two');
  await at(admin, 'tab-people').click();
  const second = await openPage(browser, installation, '/admin');
  await signIn(second, installation.people.admin2);
  await at(second, 'tab-approvals').click();
  await second.locator('[data-testid="approval"][data-login="baru.1"] [data-testid="approval-agree"]').click();
  await at(second, 'approvals-none').waitFor();
  await signIn(operator, { login: 'baru.1', password: 'sandi panjang 77' });
  await choosePassword(operator, 'sandi panjang 77', 'tahu bulat di sawah');
  await at(operator, 'headset-start').waitFor();
  await admin.locator('[data-login="baru.1"] [data-testid="person-disable"]').click();
  await at(admin, 'person-disable-confirm').click();
  await at(operator, 'notice').waitFor();
  await signIn(operator, { login: 'baru.1', password: 'tahu bulat di sawah' });
  await until('refused', async () => (await at(operator, 'sign-in-problem').textContent())?.includes('dinonaktifkan'));
});

test('wrong passwords grow slow', async () => {
  const answers = [];
  for (let i = 0; i < 8; i++) {
    const response = await fetch(`${installation.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: installation.url },
      body: JSON.stringify({ login: 'petugas2', password: `wrong ${i}` }),
    });
    answers.push(response.status);
  }
  assert.equal(answers[0], 401);
  assert.ok(answers.includes(429), String(answers));
});
