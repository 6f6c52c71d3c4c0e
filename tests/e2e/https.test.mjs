// Another machine of the network: by HTTPS at an address that is not loopback, with a certificate of a local authority
// that the browser was told to trust; the microphone opens there, and voice and position come through.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { X509Certificate } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import { appears, at, Installation, objections, openBrowser, openPage, openTrustingBrowser, press, readyOperator, signIn, sipp, toneFile, until } from './kit.mjs';

const address = Object.values(networkInterfaces()).flat().find((one) => one.family === 'IPv4' && !one.internal)?.address;
const skip = address ? false : 'this machine is in no network';
let installation, browser;
before(async () => {
  if (skip) return;
  installation = await Installation.start({ lan: address });
  browser = await openTrustingBrowser(installation);
  await toneFile(installation.scratch);
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});

const shakeHands = async (options) => {
  const [host, port] = installation.http.split(':');
  const socket = connect({ host, port, ...options });
  try {
    await once(socket, 'secureConnect');
    return { protocol: socket.getProtocol(), alpn: socket.alpnProtocol, issuer: socket.getPeerCertificate(true).issuerCertificate?.fingerprint256 };
  } finally {
    socket.destroy();
  }
};

test('the chain holds for whoever trusts the authority, and for nobody else', { skip }, async () => {
  const ca = installation.authority();
  const seen = await shakeHands({ ca, ALPNProtocols: ['h2', 'http/1.1'] });
  assert.equal(seen.protocol, 'TLSv1.3');
  assert.equal(seen.alpn, 'http/1.1');
  assert.equal((await shakeHands({ ca, maxVersion: 'TLSv1.2' })).protocol, 'TLSv1.2');
  await assert.rejects(shakeHands({ ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }), /version|alert/i);
  await assert.rejects(shakeHands({}), /unable to verify|self-signed/);
  await assert.rejects(shakeHands({ ca, servername: 'evil.example' }), /Hostname|altnames/);
  assert.ok(installation.words().includes(new X509Certificate(ca).fingerprint256), 'the terminal tells the fingerprint');
});

test('a browser that was not told refuses it', { skip }, async () => {
  const stranger = await openBrowser();
  try {
    await assert.rejects(openPage(stranger, installation, '/konsol'), /ERR_CERT_AUTHORITY_INVALID/);
  } finally {
    await stranger.close();
  }
});

test('plain HTTP shows how to trust it, and leads on', { skip }, async () => {
  const plain = `http://${installation.plain}`;
  const page = await openPage(browser, { url: plain }, '/', { width: 390, height: 844, mobile: true });
  assert.deepEqual(await objections(page), []);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[href="/ca.crt"]').first().click()]);
  assert.equal(download.suggestedFilename(), 'sigap-ca.crt');
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/trust.png` });
  await page.goto(`${plain}/konsol?a=1`);
  assert.equal(page.url(), `${installation.url}/konsol?a=1`);
  const elsewhere = await fetch(plain, { redirect: 'manual', headers: { host: 'evil.example' } }).catch((error) => error);
  assert.notEqual(elsewhere.status, 308);
});

test('an operator answers with a voice, an officer is found, at an address that is not loopback', { skip }, async () => {
  const officer = await openPage(browser, installation, '/petugas', { width: 390, height: 844, mobile: true,
    geolocation: { longitude: 110.38, latitude: -7.76, accuracy: 12 } });
  assert.equal(await officer.evaluate(() => window.isSecureContext), true);
  await signIn(officer, installation.people.petugas1);
  await press(officer, 'on-duty');
  await until('the officer\'s position', async () => (await at(officer, 'position').textContent())?.includes('terkirim'));

  const operator = await openPage(browser, installation, '/konsol');
  await readyOperator(operator, installation.people.operator1);
  const cookies = await operator.context().cookies();
  assert.deepEqual(cookies.map(({ name }) => name).sort(), ['__Host-sigap_device', '__Host-sigap_session']);
  for (const cookie of cookies) assert.ok(cookie.secure && cookie.httpOnly);
  const caller = await sipp(installation, 'voice_caller.xml', { keys: { number: '+6281234567890', longitude: 110.3602, latitude: -7.6921 } });
  await appears(operator, 'answer');
  await operator.keyboard.press('F2');
  await until('both voices joined', async () => (await at(operator, 'my-call').getAttribute('data-connected')) === 'true');
  await until('voice both ways', () => operator.evaluate(async () => {
    const seen = await window.sigapVoice();
    return seen.sent > 50 && seen.received > 50 && seen.level > 0.005;
  }));
  await press(operator, 'hang-up');
  await press(operator, 'outcome-genuine');
  assert.equal((await caller.end()).code, 0);
  assert.deepEqual([...operator.problems, ...officer.problems], []);
  assert.deepEqual(Object.keys(await installation.health()), ['status'], 'more is for observers, and the network is none');
});
