// A caller's number, a name and what was typed leave no readable trace on this machine, whatever is looked at.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { at, Installation, openBrowser, openPage, pause, readyOperator, signIn, sipp, toneFile, until } from './kit.mjs';

const NUMBER = '+6281987654321';
const SECRETS = { number: NUMBER.slice(3), name: 'Wahyuningsih', notes: 'pagar kuning dekat mushola', place: 'Gang Melati buntu' };

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Where a secret stands readable: file names and the secret's kind. Looks for UTF-8 and UTF-16 forms. */
function traces(folder) {
  const found = [];
  for (const path of files(folder)) {
    const bytes = readFileSync(path);
    for (const [kind, secret] of Object.entries(SECRETS))
      for (const form of ['utf8', 'utf16le']) if (bytes.includes(Buffer.from(secret, form))) found.push(`${kind} in ${path}`);
  }
  return found;
}

test('no number, name or text of a call is readable on disk, in the log or in reports', async (t) => {
  const installation = await Installation.start();
  const browser = await openBrowser();
  t.after(async () => {
    await browser.close();
    await installation.stop();
  });
  const operator = await openPage(browser, installation, '/konsol');
  await readyOperator(operator, installation.people.operator1);
  await toneFile(installation.scratch);
  const caller = await sipp(installation, 'voice_caller.xml', { keys: { number: NUMBER, longitude: 110.36, latitude: -7.69 } });
  t.after(() => caller.kill());
  await at(operator, 'answer').click();
  await at(operator, 'place').fill(SECRETS.place);
  await at(operator, 'reporter').fill(SECRETS.name);
  await at(operator, 'notes').fill(SECRETS.notes);
  await until('saved', async () => (await at(operator, 'save-state').getAttribute('data-state')) === 'saved');
  await at(operator, 'send-tracking').click();
  await until('the message', () => installation.sigap('messages').includes('lacak#'));
  const token = /lacak#([\w-]+)/.exec(installation.sigap('messages'))[1];
  await at(operator, 'hang-up').click();
  await at(operator, 'outcome-genuine').click();
  await caller.end();
  await pause(1000); // a tick, so that everything is written

  const reports = await Promise.all(['/healthz', '/metrics'].map(async (path) => (await fetch(installation.url + path)).text()));
  for (const secret of Object.values(SECRETS)) for (const report of reports) assert.ok(!report.includes(secret));
  assert.deepEqual(traces(installation.scratch), [], 'while it runs');
  const { log } = installation;
  await installation.stop({ keep: true });
  assert.deepEqual(traces(installation.scratch), [], 'after it stopped (checkpoint written)');
  for (const secret of [...Object.values(SECRETS), token]) assert.ok(!log.includes(secret) && !installation.log.includes(secret), 'in the log');
  const size = files(installation.data).reduce((sum, path) => sum + statSync(path).size, 0);
  assert.ok(size > 100_000, 'there is a journal to look at');

  // And with key and reason it is all there: the test would else pass on an empty journal.
  const shown = installation.journal('--reason', 'test of sealing');
  for (const secret of Object.values(SECRETS)) assert.ok(shown.includes(secret), secret);
});
