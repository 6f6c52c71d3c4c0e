// The edge before the server: who is let in, whose call it is, and that TCP and TLS callers live through a server's death.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, openBrowser, openPage, pause, readyOperator, until } from '../e2e/kit.mjs';
import { House } from './house.mjs';
import { Call, Phone } from './phone.mjs';

// How long the server is away; an outage of half a minute is tried by hand.
const DOWN_MS = Number(process.env.EDGE_DOWN_S ?? 3) * 1000;
let house;
const phones = [];
before(async () => {
  house = await House.start();
});
after(async () => {
  for (const phone of phones) phone.close();
  if (process.env.EDGE_LOG) console.error(house.log);
  await house?.stop();
});

async function phone(transport, options) {
  const made = await Phone.open(transport, house[transport], options);
  phones.push(made);
  return made;
}
async function called(made, options) {
  const call = await Call.make(made, options);
  call.invite();
  return call;
}
const voice = (call, from = call.packets) => until('voice', () => call.packets > from + 20, 5);
const trunkOf = async (number) => (await house.journal('--reason', 'test')).split('\n').find((line) => line.includes('CallArrived') && line.includes(number)) ?? 'no such call';

for (const transport of ['udp', 'tcp', 'tls'])
  test(`a call over ${transport} is answered, hears a voice, and is hung up`, async () => {
    const call = await called(await phone(transport), { number: `+6281100${transport.length}${transport.charCodeAt(1)}` });
    await call.answered200();
    assert.equal(call.routes.length, 2, 'the way back goes by the edge, outside and inside');
    await voice(call);
    assert.match(await trunkOf(call.number), /"telkom"/);
    assert.equal(await call.ask('OPTIONS'), 200);
    assert.equal(await call.hangUp(), 200);
  });

test('a service URN, a long body, and a name that nobody may give itself', async () => {
  const made = await phone('tcp');
  const urn = await Call.make(made, { uri: 'urn:service:sos', number: '+628110055' });
  const parts = `--b\r\nContent-Type: application/sdp\r\n\r\n${urn.sdp()}\r\n--b\r\nContent-Type: text/plain\r\n\r\n${'x'.repeat(40_000)}\r\n--b--\r\n`;
  urn.invite('X-Sigap-Trunk: sertifikat\r\nX-Sigap-Trunk : sertifikat\r\nRoute: <sip:192.0.2.77;lr>\r\n', parts, 'multipart/mixed;boundary=b');
  await urn.answered200();
  assert.match(await trunkOf(urn.number), /"telkom"/);
  assert.equal(await urn.hangUp(), 200);
  const huge = await Call.make(made);
  huge.invite('', 'x'.repeat(62_000), 'text/plain');
  assert.equal((await huge.final('INVITE')).status, 513);
});

test('a trunk known by its certificate, from whatever address it calls', async () => {
  const shown = (name) => ({ cert: readFileSync(join(house.scratch, `${name}.pem`)), key: readFileSync(join(house.scratch, `${name}.key`)) });
  const from = '127.0.0.8';
  const call = await called(await phone('tls', { from, credentials: shown('sbc') }), { number: '+628110066' });
  await call.answered200();
  assert.match(await trunkOf(call.number), /"sertifikat"/);
  assert.equal(await call.hangUp(), 200);
  for (const credentials of [{}, shown('other')]) {
    const other = await called(await phone('tls', { from, credentials }));
    assert.equal((await other.final('INVITE')).status, 403);
  }
  const forged = await phone('tls', { from, credentials: shown('forged') });
  await called(forged);
  await until('the end of the connection', () => forged.closed, 5);
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
  await assert.rejects(phone('tls', { credentials: old }), /alert|version|reset|closed/i);
});

test('a stranger is refused at the edge, and a flood of theirs does not reach the server', async () => {
  const before = await house.turnedAway();
  const tcp = await called(await phone('tcp', { from: '127.0.0.9' }));
  assert.equal((await tcp.final('INVITE')).status, 403);
  const flooder = await phone('udp', { from: '127.0.0.9' });
  const first = await Call.make(flooder);
  first.invite('X-Sigap-Trunk: telkom\r\n');
  assert.equal((await first.final('INVITE')).status, 403);
  let answers = 0;
  flooder.receive = () => answers++;
  for (let i = 0; i < 2000; i++) {
    flooder.write(first.request('OPTIONS', { branch: 'f' + i }).replaceAll(first.id, `flood${i}`));
    if (i % 50 === 0) await pause(10);
  }
  const meanwhile = await called(await phone('udp'));
  await meanwhile.answered200();
  assert.equal(await meanwhile.hangUp(), 200);
  await pause(300);
  assert.ok(answers < 100, `${answers} of 2000 were answered`);
  assert.equal(await house.turnedAway(), before);
  // The server itself does not believe the name, either, from an address that is no edge.
  const direct = await Phone.open('udp', house.sip, { from: '127.0.0.9' });
  phones.push(direct);
  const forged = await Call.make(direct);
  forged.invite('X-Sigap-Trunk: telkom\r\n');
  assert.equal((await forged.final('INVITE')).status, 403);
});

test('more calls than a trunk may bring in a second: 503 without Retry-After', async () => {
  const small = await phone('udp', { from: '127.0.0.3' });
  const calls = [];
  for (let i = 0; i < 4; i++) calls.push(await called(small, { number: `+62811777${i}` }));
  const answers = await Promise.all(calls.map((call) => call.final('INVITE')));
  assert.ok(answers.some((a) => a.status === 200) && answers.some((a) => a.status === 503), String(answers.map((a) => a.start)));
  for (const answer of answers) assert.equal(answer.one('retry-after'), undefined);
  for (const [i, answer] of answers.entries()) {
    assert.match(await trunkOf(`+62811777${i}`), /kecil \\?"\$si\\?"/, 'also who is refused stands in the journal');
    if (answer.status === 200) assert.equal(await calls[i].hangUp(), 200);
  }
  assert.match(await house.journal('--reason', 'test'), /more calls a second than this trunk may bring/);
});

test('a house that is full says 503 to the carrier, not something else', async () => {
  const made = await phone('tls');
  const calls = [];
  for (let i = 0; i < 13; i++) calls.push(await called(made));
  const answers = await Promise.all(calls.map((call) => call.final('INVITE')));
  assert.deepEqual(answers.map((a) => a.status).sort(), [...Array(12).fill(200), 503]);
  assert.equal(answers.find((a) => a.status === 503).one('retry-after'), undefined);
  for (const [i, answer] of answers.entries()) if (answer.status === 200) assert.equal(await calls[i].hangUp(), 200);
});

test('the server is killed: callers over UDP, TCP and TLS wait on, and what was sent meanwhile is settled', async () => {
  const waiting = [];
  for (const transport of ['udp', 'tcp', 'tls', 'tcp', 'tls']) waiting.push(await called(await phone(transport)));
  for (const call of waiting) await call.answered200();
  for (const call of waiting) await voice(call);
  const leaving = waiting.pop();
  for (const call of waiting) call.longest = 0;
  await house.kill();
  const tcp = await phone('tcp');
  const late = await called(tcp, { number: '+628110077' });
  const gone = await called(await phone('tls'), { number: '+628110088' });
  const goodbye = leaving.ask('BYE', DOWN_MS / 1000 + 15);
  await pause(1000);
  gone.cancel();
  assert.equal((await gone.final('CANCEL')).status, 200);
  await pause(DOWN_MS - 1000);
  await house.restart();
  await late.answered200(15);
  await voice(late);
  assert.match(await trunkOf(late.number), /"telkom"/);
  const end = await gone.final('INVITE', 15);
  if (end.status === 200) assert.equal(await gone.hangUp(), 200);  // answered in the moment of the CANCEL
  else assert.equal(end.status, 487);
  assert.match(await trunkOf(gone.number), /"telkom"/, 'whoever hung up during the outage is known, for a callback');
  assert.equal(await goodbye, 200);
  for (const call of waiting) {
    await voice(call);
    assert.ok(!call.bye, 'nobody was hung up');
    assert.equal(await call.ask('OPTIONS'), 200);
    assert.ok(call.longest < 500, `a gap of ${call.longest} ms`);
  }
  console.error(`longest gaps, ms: ${waiting.map((call) => Math.round(call.longest))}`);
  for (const call of [...waiting, late]) assert.equal(await call.hangUp(), 200);
});

test('what cannot be read is dropped, and no log line of the edge or the server names a caller', async () => {
  const udp = await phone('udp'), tcp = await phone('tcp');
  udp.write('INVITE sip:+62811999 SIP/2.0\r\nFrom: +62811999\r\n\r\n');
  for (const made of [udp, tcp]) {
    const call = await Call.make(made, { number: '+62811999' });
    const broken = [
      ['CSeq: 1 INVITE', 'CSeq: x'], ['CSeq: 1 INVITE', 'CSeq: 1 +62811999'], ['CSeq: 1 INVITE', 'CSeq: 62811999x INVITE'],
      [/From: .*/, 'From: "+62811999" <<'], [/From: .*/, 'From: <+62811999>;tag=1'], [/To: .*/, 'To: +62811999 <'],
      [/Contact: .*/, 'Contact: <+62811999'], [/Contact: .*/, 'Contact: <sip:+62811999@:x>'], [/From: .*/, 'X: y'],
      ['INVITE sip:110@sigap', 'INVITE tel:+62811999'], ['INVITE sip:110@sigap', 'INVITE +62811999'], ['INVITE sip:110@sigap', 'INVITE x:+62811999'],
      ['Max-Forwards: 70', 'Max-Forwards: +62811999'], ['Content-Length: 0', 'Content-Length: +62811999'],
      ['Max-Forwards: 70', 'Route: +62811999 <\r\nMax-Forwards: 70'], ['Max-Forwards: 70', 'Record-Route: +62811999 <\r\nMax-Forwards: 70'],
      [/To: .*/, 'To: <sip:110@sigap>;tag=x\r\nRoute: <+62811999'], [/Call-ID: .*/, 'Call-ID: '], [/SIP\/2.0\r\n/, 'SIP/+62811999\r\n'],
    ];
    // Without a body it would be a call: they would be offered our voice, and wait.
    const described = (text) => text.replace('Content-Length: 0\r\n\r\n', 'Content-Type: application/sdp\r\nContent-Length: 4\r\n\r\nhalo');
    for (const [i, [what, by]] of broken.entries())
      made.write(described(call.request('INVITE', { branch: 'b' + i }).replace(what, by)));
    made.write(described(call.request('INVITE').replace(/\r\nVia:/, '\r\nVia +62811999')));
  }
  const good = await called(await phone('tcp'));
  await good.answered200();
  assert.equal(await good.hangUp(), 200);
  assert.doesNotMatch(house.log.split('\n').filter((line) => line.includes('62811')).join('\n'), /62811/);
});

test('the server hangs up, before and after its death: BYE comes by the connection of the caller', async () => {
  const browser = await openBrowser();
  try {
    const page = await openPage(browser, house, '/konsol');
    await readyOperator(page, house.addOperator('sari'));
    for (const [transport, kill, lost] of [['tls', false, false], ['tcp', true, false], ['tcp', false, true]]) {
      // Nobody listens where this Contact says, unless the connection is lost: then it is the way that is left.
      const listener = createServer((socket) => socket.on('data', (bytes) => (call.bye ||= bytes.toString().startsWith('BYE '))));
      if (lost) await once(listener.listen(0, '127.0.0.2'), 'listening');
      const made = await phone(transport);
      const call = await called(made, { contact: `sip:c@127.0.0.2:${lost ? listener.address().port : 9};transport=${transport}` });
      await call.answered200();
      await at(page, 'answer').click();
      await until('talking', async () => (await at(page, 'own-state').getAttribute('data-state')) === 'talking');
      if (kill) {
        await house.kill();
        await pause(500);
        await house.restart();
        await until('back in the call', async () => (await at(page, 'own-state').getAttribute('data-state')) === 'talking');
        await pause(1000);
      }
      if (lost) made.socket.destroy();
      await at(page, 'hang-up').click();
      await until('BYE', () => call.bye, 10);
      call.silence();
      listener.close();
      await at(page, 'outcome-genuine').click();
      await until('ready', async () => (await at(page, 'own-state').getAttribute('data-state')) === 'ready');
    }
  } finally {
    await browser.close();
  }
});

test('the edge itself is restarted: dialogs go on, over TCP by a new connection', async () => {
  const udp = await called(await phone('udp')), tcp = await called(await phone('tcp'));
  for (const call of [udp, tcp]) await call.answered200();
  await house.restartEdge();
  await until('the connection is gone', () => tcp.phone.closed);
  tcp.phone = await phone('tcp');
  tcp.phone.calls.set(tcp.id, tcp);
  for (const call of [udp, tcp]) {
    await voice(call);
    assert.equal(await call.ask('OPTIONS'), 200);
    assert.equal(await call.hangUp(), 200);
  }
});
