// A conversation is recorded from its first word to its last, also when the recorder is killed under it and the server
// is; the journal says what is missing, and the hash of the file that is there.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, Desk, sipp, until } from './kit.mjs';

let desk;
before(async () => { desk = await Desk.open(); });
after(() => desk?.close());

const recordings = () => join(desk.installation.data, 'recordings');
const writer = () => Number(readFileSync(join(recordings(), 'recorder.pid'), 'utf8').split(' ')[0]);
const events = (type) => desk.installation.events().map(({ body }) => body).filter((body) => body.type === type);
const heard = () => until('voice both ways', () => desk.page.evaluate(async () => {
  const seen = await window.sigapVoice();
  return seen.sent > 20 && seen.received > 20 && seen.level > 0.005;
}));
const written = async () => (await desk.installation.health()).recorder;

test('a call is recorded through the death of the recorder and of the server', async () => {
  const caller = await sipp(desk.installation, 'voice_caller.xml', { keys: { number: '+628110009', longitude: 110.3602, latitude: -7.6921 } });
  await at(desk.page, 'answer').click();
  await heard();
  const talkedFrom = Date.now();
  await until('it is written', async () => (await written()).packets > 100);

  const dead = writer();
  process.kill(dead, 'SIGKILL');
  await until('another recorder', () => writer() !== dead);
  await until('it writes', async () => (await written()).up && (await written()).packets > 50);

  const by = writer();
  await desk.installation.kill();
  await new Promise((done) => setTimeout(done, 2000)); // the voices, and the recorder, have no server
  await desk.installation.restart();
  assert.equal(writer(), by, 'the recorder is the same');
  await until('connected', async () => (await at(desk.page, 'link').getAttribute('data-link')) === 'up', 30);
  await heard();

  const talked = Date.now() - talkedFrom;
  await at(desk.page, 'hang-up').click();
  await caller.end();
  await at(desk.page, 'outcome-genuine').click();
  await until('its end in the journal', () => events('RecordingEnded').length === 1);
  const [started, ended] = [events('RecordingStarted'), events('RecordingEnded')[0]];
  assert.equal(started.length, 1, 'one recording');
  assert.equal(ended.recording, started[0].recording);
  const file = readFileSync(join(recordings(), '0', `${ended.recording}.sgr`));
  assert.equal(file.length, ended.bytes);
  assert.equal(createHash('sha256').update(file).digest('hex'), ended.sha256);
  console.log(`of ${ended.lasted} ms ${ended.missing} ms are missing`);
  assert.ok(ended.lasted > talked, `${ended.lasted} ms of ${talked} ms and more`);
  assert.ok(ended.missing < 1000, `${ended.missing} ms missing: a chunk, on a machine that has much to do`);
  assert.ok(!file.includes('628110009'));
});
