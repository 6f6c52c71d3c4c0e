// Somebody writes to the line (SIP MESSAGE): the words stand on the station's screens, ring nobody, and outlive the
// server. usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { at, Desk, objections, picture as pictureOf, until } from './kit.mjs';

let desk, installation, page, telephone;
before(async () => {
  desk = await Desk.open();
  ({ installation, page } = desk);
  telephone = createSocket('udp4');
  telephone.bind(0, '127.0.0.1');
  await once(telephone, 'listening');
});
after(async () => {
  telephone?.close();
  await desk?.close();
});

let cseq = 0;
/** The status of the answer. */
async function write(text, number = '+628123450077') {
  const here = `127.0.0.1:${telephone.address().port}`, n = ++cseq;
  const [host, port] = installation.sip.split(':');
  telephone.send(`MESSAGE sip:110@sigap SIP/2.0\r\nVia: SIP/2.0/UDP ${here};branch=z9hG4bKtext${n};rport\r\nFrom: <sip:${number}@trunk>;tag=t\r\n` +
    `To: <sip:110@sigap>\r\nCall-ID: text-${number}@trunk\r\nCSeq: ${n} MESSAGE\r\nMax-Forwards: 70\r\nContent-Type: text/plain;charset=UTF-8\r\n` +
    `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`, Number(port), host);
  const [answer] = await once(telephone, 'message', { signal: AbortSignal.timeout(20_000) });
  return Number(answer.toString().split(' ')[1]);
}
const words = () => at(page, 'task-texts').locator('q').allTextContents();

test('a text is a task with its words, for the station, and rings nobody', async () => {
  assert.equal(await write('Tolong, ada pencuri di rumah.\nSaya sembunyi.'), 202);
  await at(page, 'task').first().waitFor();
  assert.equal(await at(page, 'task').first().getAttribute('data-kind'), 'text');
  assert.equal(await write('<b>masih di sini</b>'), 202);
  await until('both', async () => (await words()).length === 2);
  assert.deepEqual(await words(), ['Tolong, ada pencuri di rumah.\nSaya sembunyi.', '<b>masih di sini</b>']);
  assert.equal(await at(page, 'task').count(), 1);
  assert.equal(await at(page, 'own-state').getAttribute('data-state'), 'ready');
  assert.equal(await at(page, 'answer').count(), 0);
  assert.equal(await at(page, 'alarm').count(), 0);
  assert.ok(await at(page, 'task-call-back').first().isVisible());
  assert.deepEqual(await objections(page), []);
  await pictureOf(page, 'task-text');
});

test('it is there after the server was killed, and a person closes it', async () => {
  await installation.kill();
  await installation.restart();
  await until('connected', async () => (await at(page, 'link').getAttribute('data-link')) === 'up');
  await until('the words again', async () => (await words()).length === 2);
  await at(page, 'task-close').first().click();
  await at(page, 'task-close-confirm').click();
  await until('no task', async () => (await at(page, 'task').count()) === 0);
});
