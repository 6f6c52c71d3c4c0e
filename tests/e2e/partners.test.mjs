// Another app: an alert reaches it, is acknowledged there, and counts like the officer's answer; it reports; what is
// forged, late or said twice changes nothing; what its server does delays nobody. usage of PICTURES=DIR: screenshots.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { appears, at, Desk, freePort, objections, openPage, picture, press, signIn, sipp, TOP, until } from './kit.mjs';

let desk, installation, browser, operator, officer, app, key;
const said = []; // by the example app
const judged = []; // answers and messages, for the contract
const closing = [];

const program = (name, secret, command, more = {}) =>
  spawn(process.execPath, [join(TOP, 'examples/village-officer/app.mjs'), ...command], {
    env: { ...process.env, SIGAP: installation.url, CLIENT: name, KEY: secret, ...more }, stdio: ['ignore', 'pipe', 'inherit'] });
const keyOf = (text) => text.match(/: (whsec_\S+)/)[1];
const add = (name, scopes, url) =>
  keyOf(installation.sigap('client', 'add', name, '--station', 'polda-diy', '--scopes', scopes, ...(url ? ['--url', url] : [])));
const bodies = (type) => installation.events().filter(({ body }) => body.type === type);

/** Signs and asks as the contract says; `change` may spoil it. */
async function ask(name, secret, method, path, content, change = (headers) => headers) {
  const body = content === undefined ? '' : JSON.stringify(content);
  const id = randomUUID(), now = String(Math.floor(Date.now() / 1000));
  const headers = change({ id, at: now });
  const text = `${headers.id}.${headers.at}.${headers.signed ?? `${method} ${path}`}\n${body}`;
  const signature = 'v1,' + createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(text).digest('base64');
  const answer = await fetch(installation.url + path, { method, body: body || undefined, headers: {
    ...(body ? { 'content-type': 'application/json' } : {}), 'sigap-client': name, 'webhook-id': headers.id,
    'webhook-timestamp': headers.at, 'webhook-signature': headers.signature ?? signature } });
  const value = await answer.json();
  const schema = !answer.ok ? 'Refused' : path === '/api/v1/self' ? 'Self' : path.startsWith('/api/v1/reports') ? 'Report' : method === 'GET' ? 'Alert' : 'Answered';
  judged.push({ schema, value });
  return { status: answer.status, ...value };
}

before(async () => {
  desk = await Desk.open();
  ({ installation, browser, page: operator } = desk);
  officer = await openPage(browser, installation, '/petugas', { width: 390, height: 844, mobile: true, geolocation: { longitude: 110.38, latitude: -7.76 } });
  await signIn(officer, installation.people.petugas1);
  await press(officer, 'on-duty');
  await until('a position', async () => (await at(officer, 'position').textContent())?.includes('terkirim'));
  const port = await freePort();
  key = add('bos', 'told,answers,reports', `http://127.0.0.1:${port}/sigap`);
  app = program('bos', key, ['listen'], { PORT: String(port) });
  app.stdout.on('data', (text) => said.push(...String(text).trim().split('\n').map((line) => JSON.parse(line))));
  await until('the app listens', () => said.some(({ listening }) => listening));
});
after(async () => {
  app?.kill();
  for (const close of closing) close();
  await desk?.close();
});

/** Somebody stands at the counter, and the unit is sent. */
async function dispatched() {
  await operator.keyboard.press('Alt+n');
  await appears(operator, 'new-incident');
  await operator.keyboard.press('Enter');
  await appears(operator, 'incident-form');
  const incident = Number(await at(operator, 'incident-number').textContent());
  await operator.keyboard.type('Sinduadi');
  await press(operator, 'place-match');
  await at(operator, 'notes').fill('Pencuri lari ke arah pasar.');
  await until('saved', async () => (await at(operator, 'save-state').getAttribute('data-state')) === 'saved');
  await operator.keyboard.press('F8');
  await appears(operator, 'pick');
  await operator.keyboard.press('F9');
  return incident;
}

let alert;
test('an alert is acknowledged in the other app, and the chain stops here', async () => {
  const incident = await dispatched();
  await until('acknowledged on the console', async () => (await at(operator, 'alert').getAttribute('data-status')) === 'acknowledged');
  const raised = await until('told', () => said.find(({ type }) => type === 'alert.raised'));
  assert.equal(raised.data.incident, incident);
  assert.equal(raised.data.place.coarse, true);
  assert.ok(!JSON.stringify(raised).includes('pasar'), 'without the scope it is told no words');
  alert = raised.data.alert;
  const answered = await until('answered', () => said.find(({ answered }) => answered));
  assert.deepEqual([answered.status, answered.already], ['acknowledged', false]);
  const [advanced] = bodies('AlertAdvanced').filter(({ body }) => body.status === 'acknowledged');
  assert.deepEqual([advanced.body.via, advanced.body.by, advanced.actor.reason], ['client', 0, 'client bos']);
  assert.match(await at(operator, 'alert').textContent(), /via aplikasi lain/);
  await until('the officer sees it', async () => (await at(officer, 'alert').getAttribute('data-status')) === 'acknowledged');
  await until('told of its own answer', () => said.some(({ type, data }) => type === 'alert.changed' && data.status === 'acknowledged'));
  await picture(operator, 'partners-acknowledged');
});

test('said twice, after the chain moved on, forged, replayed or late: each has its answer, and nothing changes', async () => {
  const path = `/api/v1/alerts/${alert}/acknowledge`;
  const again = await ask('bos', key, 'POST', path);
  assert.deepEqual([again.status, again.already], ['acknowledged', true]);
  const id = randomUUID();
  const same = (headers) => ({ ...headers, id });
  const first = await ask('bos', key, 'POST', `/api/v1/alerts/${alert}/status`, { status: 'en_route' }, same);
  assert.equal(first.already, false);
  assert.deepEqual(await ask('bos', key, 'POST', `/api/v1/alerts/${alert}/status`, { status: 'en_route' }, same), first);
  assert.equal((await ask('bos', key, 'POST', `/api/v1/alerts/${alert}/status`, { status: 'done' }, same)).code, 'reused');
  assert.equal((await ask('bos', key, 'POST', `/api/v1/alerts/${alert}/decline`)).code, 'busy');
  assert.equal((await ask('bos', key, 'POST', `/api/v1/alerts/${alert}/status`, { status: 'acknowledged' })).code, 'not_forward');
  const before = bodies('AlertAdvanced').length;
  const forged = { wrong_key: (h) => ({ ...h, signature: 'v1,AAAA' }), other_path: (h) => ({ ...h, signed: 'POST /api/v1/alerts/1/decline' }),
    late: (h) => ({ ...h, at: String(Number(h.at) - 301) }), early: (h) => ({ ...h, at: String(Number(h.at) + 301) }) };
  for (const [name, spoil] of Object.entries(forged)) {
    const answer = await ask('bos', key, 'POST', `/api/v1/alerts/${alert}/status`, { status: 'done' }, spoil);
    assert.ok(['signature', 'late'].includes(answer.code), `${name}: ${JSON.stringify(answer)}`);
  }
  assert.equal((await ask('nobody', key, 'GET', '/api/v1/self')).code, 'signature');
  assert.equal((await ask('bos', key, 'POST', '/api/v1/alerts/999/acknowledge')).code, 'unknown');
  assert.equal(bodies('AlertAdvanced').length, before);
  await ask('bos', key, 'POST', `/api/v1/alerts/${alert}/status`, { status: 'done' });
  assert.equal((await ask('bos', key, 'POST', path)).code, 'gone');
  const self = await ask('bos', key, 'GET', '/api/v1/self');
  assert.deepEqual([self.client, self.station], ['bos', 'polda-diy']);
});

test('a citizen reports in another app: an alarm at the station until somebody attends, and a page that follows it', async () => {
  const id = randomUUID(), once = (headers) => ({ ...headers, id });
  const report = { place: { longitude: 110.3602, latitude: -7.6921, text: 'Pasar Tempel' }, type: 'theft', notes: 'Dompet diambil.', number: '+6281200000001' };
  const opened = await ask('bos', key, 'POST', '/api/v1/reports', report, once);
  assert.equal(opened.step, 'received');
  assert.deepEqual(await ask('bos', key, 'POST', '/api/v1/reports', report, once), opened);
  assert.equal(bodies('ReportTaken').length, 1);
  await until('it alarms', async () => (await at(operator, 'alarm').first().textContent()).includes('LAPORAN APLIKASI'));
  await picture(operator, 'partners-report');
  const citizen = await openPage(browser, installation, opened.tracking.slice(installation.url.length), { width: 390, height: 844, mobile: true });
  await until('the citizen follows it', async () => (await citizen.textContent('body')).includes(String(opened.report)));
  assert.equal((await ask('bos', key, 'GET', `/api/v1/reports/${opened.report}`)).report, opened.report);
  assert.equal((await ask('bos', key, 'POST', '/api/v1/reports', { place: { longitude: 90, latitude: -30 } })).code, 'outside');
  assert.equal((await ask('bos', key, 'POST', '/api/v1/reports', { place: { longitude: 110 } })).field, 'place');
  assert.equal((await ask('bos', key, 'POST', '/api/v1/reports', { ...report, colour: 'red' })).field, 'colour');
});

test('servers that are silent, broken, lead elsewhere or never end delay no ring and no other program', async () => {
  const hostile = {
    silent: () => {},
    broken: (response) => response.writeHead(500).end(),
    leads: (response) => response.writeHead(307, { location: `${installation.url}/healthz` }).end(),
    endless: (response) => {
      response.writeHead(200);
      const more = () => response.destroyed || response.write(Buffer.alloc(1 << 20), more);
      more();
    },
  };
  const asked = {};
  for (const [name, answer] of Object.entries(hostile)) {
    const server = createServer((request, response) => {
      asked[name] = (asked[name] ?? 0) + 1;
      request.resume().on('end', () => answer(response));
    });
    closing.push(() => (server.closeAllConnections(), server.close()));
    server.listen(0, '127.0.0.1');
    await until('it listens', () => server.address());
    add(name, 'told,personal', `http://127.0.0.1:${server.address().port}/`);
  }
  const told = said.length;
  await dispatched();
  const caller = await sipp(installation, 'voice_caller.xml', { keys: { number: '+628117002', longitude: 110.3602, latitude: -7.6921 } });
  await at(operator, 'answer').waitFor();
  const time = (type) => Date.parse(bodies(type).at(-1).at) || bodies(type).at(-1).at;
  assert.ok(time('CallOffered') - time('CallArrived') < 500, 'it rings at once');
  await until('the other program was told meanwhile', () => said.slice(told).some(({ type }) => type === 'alert.raised'));
  await until('all were asked', () => Object.keys(hostile).every((name) => asked[name]));
  await caller.kill();
  const trouble = await until('it is said who cannot be told', () => {
    const all = new Map(bodies('DeliveriesReported').map(({ body }) => [body.client, body.trouble]));
    return all.size >= 2 && [...all.values()];
  }, 60);
  assert.ok(trouble.some((one) => one === 'status 500') && trouble.some((one) => one === 'status 307'), String(trouble));
});

test('an administrator sees them, and a key is shown once', async () => {
  const admin = await openPage(browser, installation, '/admin');
  await signIn(admin, installation.people.admin);
  await press(admin, 'tab-clients');
  await until('all of them', async () => (await at(admin, 'client').count()) === 5);
  const row = admin.locator('[data-testid="client"][data-name="broken"]');
  await until('who cannot be told', async () => /500/.test(await row.locator('[data-testid="client-state"]').textContent()));
  assert.deepEqual(await objections(admin), []);
  await picture(admin, 'partners-admin');
  // A new one: its key is shown once, and counts when a second administrator agreed.
  await press(admin, 'client-add');
  await at(admin, 'client-name').fill('polisiku');
  await at(admin, 'client-station').selectOption('polda-diy');
  for (const scope of ['told', 'answers']) await at(admin, `client-scope-${scope}`).uncheck();
  await at(admin, 'client-scope-reports').check();
  await press(admin, 'client-save');
  await appears(admin, 'client-key-text');
  const fresh = await at(admin, 'client-key-text').textContent();
  assert.match(fresh, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.deepEqual(await objections(admin), []);
  await picture(admin, 'partners-key');
  await press(admin, 'client-key-kept');
  assert.equal(await at(admin, 'client-key-text').count(), 0);
  assert.equal((await ask('polisiku', fresh, 'GET', '/api/v1/self')).code, 'signature');
  const second = await openPage(browser, installation, '/admin');
  await signIn(second, installation.people.admin2);
  await press(second, 'tab-approvals');
  await until('what waits', async () => (await at(second, 'approval').textContent()).includes('polisiku'));
  await press(second, 'approval-agree');
  await until('it counts', async () => (await ask('polisiku', fresh, 'GET', '/api/v1/self')).client === 'polisiku');
  assert.ok(!JSON.stringify(installation.events()).includes(key), 'the key is nowhere in the journal');
});

test('every answer and message is as the contract says, and every path of it was asked', async () => {
  const contract = join(TOP, 'web/public/api/openapi.json');
  const served = await (await fetch(`${installation.url}/api/openapi.json`)).json();
  for (const message of said.filter(({ type }) => type))
    judged.push({ schema: message.type.startsWith('alert') ? 'AlertTold' : 'IncidentTold', value: message });
  assert.ok(judged.some(({ schema }) => schema === 'IncidentTold') && judged.some(({ schema }) => schema === 'AlertTold'));
  execFileSync('python3', [join(TOP, 'tests/e2e/contract.py'), contract], { input: judged.map((one) => JSON.stringify(one)).join('\n') + '\n' });
  for (const [path, verbs] of Object.entries(served.paths))
    for (const verb of Object.keys(verbs)) {
      const answer = await fetch(installation.url + path.replace(/\{\w+\}/, '1'), { method: verb.toUpperCase() });
      assert.notEqual(answer.status, 404, `${verb} ${path}`);
      assert.ok(served.paths[path][verb].responses[String(answer.status)], `${verb} ${path}: ${answer.status} is not in the contract`);
    }
});
