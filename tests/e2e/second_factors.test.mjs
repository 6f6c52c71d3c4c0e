// Second factors: codes of a telephone, passkeys (Chromium's virtual authenticator), recovery codes; devices that are
// new; and the sign-in that an administrator ends. Pages are at http://localhost, where passkeys work without HTTPS.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { appears, at, Installation, objections, openBrowser, openPage, picture, press, signIn, until } from './kit.mjs';

const STEP_S = 30;
const PHONE = { width: 390, height: 844, mobile: true };
let installation, browser, local;
before(async () => {
  installation = await Installation.start();
  local = { url: installation.url.replace('127.0.0.1', 'localhost') };
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});

/** RFC 6238, as a telephone's app does it: the code of `ahead` steps from now. */
function codeOf(secret, ahead = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_S) + ahead));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = hash[19] & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
/** Not at the end of a step: what is typed now is still the code of now when it is looked at. */
const calm = () => until('the middle of a step', () => (Date.now() / 1000) % STEP_S < STEP_S - 6);

/** A post as a page at `origin` says it: its status and code. */
async function says(path, body, origin = installation.url) {
  const response = await fetch(installation.url + path, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify(body) });
  return { status: response.status, ...(await response.json()) };
}
async function gives(page, code) {
  await appears(page, 'second-code');
  await at(page, 'second-code').fill(code);
  await at(page, 'second-give').click();
}
const problem = (page, words) => until(`${words}`, async () => words.test(await at(page, 'sign-in-problem').textContent()));
async function openFactors(page) {
  await press(page, 'account');
  await at(page, 'account-factors').locator('summary').click();
}
/** A key of this browser that has its person's finger. */
async function virtualKey(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return {
    keys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    /** The same key again, as whoever copied it before would have it. */
    take: (credential) => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }),
  };
}
const leaves = (page) => press(page, 'sign-out');

test('codes of a telephone: set up, asked for, never taken twice; a recovery code opens once', async () => {
  const person = installation.people.admin2;
  const page = await openPage(browser, local, '/admin');
  await signIn(page, person);
  await openFactors(page);
  await picture(page, 'akun-factors');
  assert.deepEqual(await objections(page), []);
  await press(page, 'totp-offer');
  await appears(page, 'totp-qr');
  const secret = (await at(page, 'totp-secret').textContent()).replaceAll(' ', '');
  await picture(page, 'akun-totp');
  await at(page, 'totp-code').fill('000000');
  await press(page, 'totp-save');
  await until('the wrong code is told', async () => /Kode salah/.test(await at(page, 'factor-problem').textContent()));
  await calm();
  await at(page, 'totp-code').fill(codeOf(secret));
  await press(page, 'totp-save');
  await appears(page, 'recovery-codes');
  const recovery = await at(page, 'recovery-code').allTextContents();
  assert.equal(recovery.length, 10);
  assert.match(recovery[0], /^[0-9a-f]{5}(-[0-9a-f]{5}){3}$/);
  assert.deepEqual(await objections(page), []);
  await picture(page, 'akun-recovery');
  await press(page, 'recovery-kept');
  await until('ten are left', async () => /^10 /.test(await at(page, 'recovery-left').textContent()));
  await press(page, 'account-close');
  await leaves(page);

  await signIn(page, person);
  await appears(page, 'second-step');
  await picture(page, 'second-step');
  assert.deepEqual(await objections(page), []);
  await calm();
  await gives(page, codeOf(secret));
  await problem(page, /sudah dipakai/); // it set the app up
  await gives(page, '123123');
  await problem(page, /Kode salah/);
  await gives(page, codeOf(secret, 1));
  await appears(page, 'tab-people');
  await leaves(page);
  await signIn(page, person);
  await gives(page, recovery[3].toUpperCase());
  await appears(page, 'tab-people');
  await leaves(page);
  await signIn(page, person);
  await gives(page, recovery[3]);
  await problem(page, /Kode salah/);
  await gives(page, recovery[4]);
  await press(page, 'tab-refused-sign-ins');
  await until('administrators see what was refused', async () => (await at(page, 'refused-sign-in').count()) > 0);

  const journal = installation.journal();
  assert.ok(!journal.includes(recovery[5]), 'recovery codes are kept as hashes');
  assert.ok(!installation.sigap('journal', 'show', '--from', '1', '--most', '100000').includes(secret), 'sealed');
  assert.ok(!installation.words().includes(secret));
  assert.deepEqual(page.problems.filter((each) => !/401|429/.test(each)), []);
  await page.context().close();
});

test('a ticket is not for anybody, does not last, and guesses are counted', async () => {
  const { login, password } = installation.people.admin2;
  const first = await says('/api/sign-in', { login, password });
  assert.equal(first.code, 'second');
  assert.deepEqual(Object.keys(first).sort(), ['challenge', 'code', 'host', 'passkeys', 'status', 'ticket', 'totp']);
  assert.equal((await says('/api/sign-in/second', { login: 'operator1', ticket: first.ticket, code: '111111' })).code, 'wrong');
  assert.equal((await says('/api/sign-in/second', { login, ticket: 'x'.repeat(43), code: '111111' })).code, 'over');
  assert.equal((await says('/api/sign-in/second', { login, ticket: first.ticket, code: '1' }, 'https://evil.example')).status, 403);
  assert.equal((await says('/api/sign-in/second', { login, ticket: first.ticket })).status, 400);
  const codes = [];
  for (let i = 0; i < 8 && codes.at(-1) !== 'too_many'; ++i)
    codes.push((await says('/api/sign-in/second', { login, ticket: first.ticket, code: '222222' })).code);
  assert.ok(codes.includes('over') || codes.includes('too_many'), codes.join());
  assert.ok(!codes.includes(undefined));
});

test('a passkey opens the door by itself; one that was copied opens nothing, and its person is told', async () => {
  const person = installation.people.perwira1;
  const page = await openPage(browser, local, '/konsol');
  const key = await virtualKey(page);
  await signIn(page, person);
  await press(page, 'headset-start');
  await press(page, 'headset-finish');
  await openFactors(page);
  await press(page, 'passkey-add');
  await at(page, 'passkey-name').fill('Komputer meja');
  await press(page, 'passkey-save');
  await press(page, 'recovery-kept');
  await appears(page, 'passkey');
  await picture(page, 'akun-passkey');
  const [before] = await key.keys();
  await press(page, 'account-close');
  await leaves(page);

  await press(page, 'sign-in-passkey');
  await appears(page, 'headset-start');
  await press(page, 'headset-start');
  await press(page, 'headset-finish');
  await leaves(page);
  await signIn(page, person); // beside the password
  await press(page, 'second-passkey');
  await appears(page, 'headset-start');
  const session = await page.context().cookies(local.url);
  assert.ok(session.some((cookie) => cookie.name.endsWith('sigap_device') && cookie.httpOnly && cookie.sameSite === 'Strict'));

  const thief = await openPage(browser, local, '/konsol');
  const copy = await virtualKey(thief);
  await copy.take(before);
  await press(thief, 'sign-in-passkey');
  await problem(thief, /ada dua/);
  await thief.context().close();
  await press(page, 'headset-start');
  await press(page, 'headset-finish');
  await until('the person is told', async () => /perlu dilihat/.test(await at(page, 'account').textContent()));
  await openFactors(page);
  await appears(page, 'passkey-cloned');
  await picture(page, 'akun-cloned');
  assert.deepEqual(await objections(page), []);
  await press(page, 'passkey-remove');
  await until('it is gone', async () => (await at(page, 'passkey').count()) === 0);
  await page.context().close();
});

test('another person’s passkey, another challenge and a used one open nothing', async () => {
  const offered = await says('/api/sign-in/passkey', {});
  assert.equal(offered.status, 200);
  assert.equal(offered.host, 'localhost');
  const passkey = { credential: 'AAAA', client_data: 'AAAA', authenticator_data: 'AAAA', signature: 'AAAA' };
  assert.equal((await says('/api/sign-in/second', { ticket: offered.ticket, passkey })).code, 'wrong');
  assert.equal((await says('/api/sign-in/second', { ticket: offered.ticket, passkey })).code, 'over', 'asked once');
});

test('a new device is told on the screen that is left and at the next sign-in; an administrator ends a sign-in', async () => {
  const person = installation.people.operator3;
  const desk = await openPage(browser, local, '/konsol');
  await signIn(desk, person);
  await appears(desk, 'headset-start');
  const phone = await openPage(browser, local, '/konsol', PHONE);
  await signIn(phone, person);
  await appears(phone, 'headset-start');
  await until('the screen that is left says where', async () => /Chrome.*perangkat itu baru/is.test(await at(desk, 'notice').textContent()));
  await signIn(desk, person);
  await press(desk, 'headset-start');
  await press(desk, 'headset-finish');
  await press(desk, 'account');
  await appears(desk, 'new-device');
  await picture(desk, 'akun-new-device');
  assert.deepEqual(await objections(desk), []);
  await press(desk, 'new-device-known');
  await until('it is known', async () => (await at(desk, 'new-device').count()) === 0);
  assert.equal(await at(desk, 'sign-in-of').count(), 3);
  await press(desk, 'account-close');

  const admin = await openPage(browser, installation, '/admin');
  await signIn(admin, installation.people.admin);
  await appears(admin, 'people-search');
  await at(admin, 'people-search').fill(person.login);
  await at(admin, 'person').locator('[data-testid="person-end-session"]').click();
  await until('ended', async () => /administrator mengakhiri/.test(await at(desk, 'notice').textContent()));
  for (const page of [desk, phone, admin]) await page.context().close();
});

test('where it is required, a supervisor sets one up before anything else, and keeps one', async () => {
  const house = await Installation.start({ secondFactor: 'required' });
  try {
    const page = await openPage(browser, house, '/konsol');
    await signIn(page, house.people.perwira1);
    await appears(page, 'second-first');
    await picture(page, 'second-first');
    assert.deepEqual(await objections(page), []);
    const heard = await page.evaluate(() => new Promise((done) => {
      const socket = new WebSocket(`ws://${location.host}/ws`);
      const all = [];
      socket.onopen = () => {
        for (const [id, type] of ['PassHeadset', 'BeReady', 'RemoveTotp'].entries())
          socket.send(JSON.stringify({ type: 'Request', id: id + 1, command: { type } }));
      };
      socket.onmessage = (event) => {
        all.push(JSON.parse(event.data));
        if (all.filter((message) => message.type === 'Refused').length === 3) done(all);
      };
    }));
    for (const message of heard.filter((each) => each.type === 'Refused')) assert.equal(message.code, 'second_factor');
    const update = heard.find((message) => message.type === 'Update');
    for (const kind of ['calls', 'incidents', 'people', 'stations']) assert.deepEqual(update[kind], [], kind);
    await page.reload(); // that socket was the newer tab
    await press(page, 'totp-offer');
    await appears(page, 'totp-qr');
    await calm();
    await at(page, 'totp-code').fill(codeOf((await at(page, 'totp-secret').textContent()).replaceAll(' ', '')));
    await press(page, 'totp-save');
    await press(page, 'recovery-kept');
    for (const button of ['headset-start', 'headset-finish']) await press(page, button);
    await openFactors(page);
    await press(page, 'totp-remove');
    await until('the last one stays', async () => /memerlukan faktor kedua/.test(await at(page, 'factor-problem').textContent()));
    await page.context().close();
    const operator = await openPage(browser, house, '/konsol');
    await signIn(operator, house.people.operator1);
    await appears(operator, 'headset-start');
    await operator.context().close();
  } finally {
    await house.stop();
  }
});
