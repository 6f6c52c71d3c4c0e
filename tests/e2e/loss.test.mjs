// What breaks, and what people see of it: a race, a lost page, a lost server, a killed server, dead media, a hang-up.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, Installation, openBrowser, openFragileBrowser, openPage, picture, readyOperator, signIn, sipp, toneFile, until } from './kit.mjs';

let installation, browser;
before(async () => {
  installation = await Installation.start();
  browser = await openBrowser();
  await toneFile(installation.scratch);
});
after(async () => {
  await browser?.close();
  await installation?.stop();
});

const SLEMAN = { longitude: 110.3602, latitude: -7.6921 };
const call = (number, scenario = 'voice_caller.xml') => sipp(installation, scenario, { keys: { number, ...SLEMAN } });
const state = (page) => at(page, 'own-state').getAttribute('data-state');
const heard = (page) => until('voice both ways', () => page.evaluate(async () => {
  const seen = await window.sigapVoice();
  return seen.sent > 20 && seen.received > 20 && seen.level > 0.005;
}));

async function operator(login) {
  const page = await openPage(browser, installation, '/konsol');
  await readyOperator(page, installation.people[login]);
  return page;
}
async function finish(page, caller, then = 'ready') {
  await at(page, 'hang-up').click();
  await caller.end();
  await at(page, 'outcome-genuine').click();
  await until(then, async () => (await state(page)) === then);
}

test('two operators reach for one call: one wins, the other is told who', async () => {
  const [a, b] = [await operator('operator1'), await operator('operator2')];
  const caller = await call('+628110001');
  // After five seconds it rings at the second as well.
  await Promise.all([at(a, 'answer').waitFor(), at(b, 'answer').waitFor()]);
  await Promise.all([a.keyboard.press('F2'), b.keyboard.press('F2')]);
  await until('a winner', async () => (await state(a)) === 'talking' || (await state(b)) === 'talking');
  const [winner, other] = (await state(a)) === 'talking' ? [a, b] : [b, a];
  await until('the other knows who', async () => (await at(other, 'call').first().textContent())?.match(/Sari|Bagus/));
  assert.notEqual(await state(other), 'talking');
  await heard(winner);
  await finish(winner, caller);
  for (const page of [a, b]) await page.context().close();
});

test('a page loaded anew in the middle of a call is back in it, with voice, form and clock', async () => {
  const page = await operator('operator1');
  const caller = await call('+628110002');
  await at(page, 'answer').click();
  await heard(page);
  await at(page, 'notes').fill('sebelum dimuat ulang');
  await until('saved', async () => (await at(page, 'save-state').getAttribute('data-state')) === 'saved');
  await page.reload();
  await until('the same call', async () => (await at(page, 'my-number').textContent()) === '+628110002');
  assert.equal(await at(page, 'notes').inputValue(), 'sebelum dimuat ulang');
  await heard(page);
  await finish(page, caller);
  await page.context().close();
});

test('a ready operator who loads the page anew hears the next call', async () => {
  const page = await operator('operator1');
  await page.addInitScript(() => {
    window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      window.tones++;
      return start.apply(this, when);
    };
  });
  await page.reload();
  await until('ready still', async () => (await state(page)) === 'ready');
  const caller = await call('+628110009');
  await at(page, 'answer').waitFor();
  await until('it rings', () => page.evaluate(() => window.tones > 0));
  await at(page, 'answer').click();
  await heard(page);
  await finish(page, caller);
  await page.context().close();
});

test('an officer\'s call for help outlives a lost connection, and is not offered to the officer who made it', async () => {
  const desk = await operator('operator1');
  const phone = await openPage(browser, installation, '/petugas', { width: 390, height: 844, mobile: true });
  await signIn(phone, installation.people.petugas1);
  await at(phone, 'on-duty').click();
  await at(phone, 'request-help').waitFor();
  const help = (wanted) => until(`help ${wanted}`, async () => (await at(phone, 'request-help').getAttribute('data-help')) === wanted);
  await phone.context().setOffline(true);
  await until('"terputus"', async () => (await at(phone, 'link').getAttribute('data-link')) === 'lost');
  await at(phone, 'request-help').click();
  await help('armed');
  await at(phone, 'request-help').click();
  await help('sending');
  await phone.context().setOffline(false);
  await help('sent');
  const task = desk.locator('[data-testid="task"][data-kind="officer_help"]');
  await task.waitFor();
  assert.equal(await at(phone, 'help-take').count(), 0);
  await phone.reload();
  await help('sent');
  await task.locator('[data-testid="task-close"]').click();
  await at(desk, 'task-close-confirm').click();
  await help('idle');
  for (const page of [desk, phone]) await page.context().close();
});

test('an operator\'s machine hangs while it rings there: within five seconds the offer moves on', async () => {
  const fragile = await openFragileBrowser();
  try {
    const hung = await openPage(fragile, installation, '/konsol');
    await readyOperator(hung, installation.people.operator1);
    const other = await operator('operator2');
    const caller = await call('+628110012');
    await at(hung, 'answer').waitFor();
    fragile.freeze(); // the sockets stay open, nobody says a word
    const before = Date.now();
    // The second ring comes after five seconds anyway: what counts is that the first offer was taken back.
    await until('the offer is taken back', () => installation.journal().includes('"how":"operator_lost"'), 10);
    assert.ok(Date.now() - before < 7000, `taken back after ${Date.now() - before} ms (5 s and the test's own slack)`);
    await at(other, 'answer').waitFor({ timeout: 10_000 });
    await at(other, 'answer').click();
    await heard(other);
    await finish(other, caller);
    await other.context().close();
  } finally {
    fragile.thaw();
    await fragile.end();
  }
});

test('a lost server shows within three seconds; what was typed meanwhile is saved after; the voice went on', async () => {
  const page = await operator('operator1');
  const caller = await call('+628110003');
  await at(page, 'answer').click();
  await heard(page);
  const server = installation.serverPid();
  process.kill(server, 'SIGSTOP');
  try {
    const before = Date.now();
    await until('"terputus"', async () => (await at(page, 'link').getAttribute('data-link')) === 'lost', 10);
    const took = Date.now() - before;
    assert.ok(took < 4000, `shown after ${took} ms (3 s and the test's own slack)`);
    await at(page, 'notes').fill('diketik saat terputus');
    await heard(page); // rtpengine carries the voices, not the server
  } finally {
    process.kill(server, 'SIGCONT');
  }
  await until('connected', async () => (await at(page, 'link').getAttribute('data-link')) === 'up', 15);
  await until('saved', async () => (await at(page, 'save-state').getAttribute('data-state')) === 'saved');
  await until('in the journal', () => installation.journal('--reason', 'test').includes('diketik saat terputus'));
  await heard(page);
  await finish(page, caller);
  await page.context().close();
});

test('a caller who hangs up before the answer is a task until somebody closes it', async () => {
  const page = await openPage(browser, installation, '/konsol');
  await signIn(page, installation.people.operator2);
  await at(page, 'headset-start').click();
  await at(page, 'headset-finish').click();
  await at(page, 'ready').waitFor(); // not ready: nobody answers
  const caller = await sipp(installation, 'caller.xml', {
    keys: { number: '+628110004', request_uri: `sip:110@${installation.sip}` }, extra: ['-d', '1000'] });
  assert.equal((await caller.end()).code, 0);
  const task = page.locator('[data-testid="task"][data-kind="callback"]').first();
  await task.waitFor();
  assert.match(await task.textContent(), /\+628110004/);
  await task.locator('[data-testid="task-take"]').click();
  await task.locator('[data-testid="task-close"]').click();
  await at(page, 'task-close-confirm').click();
  await until('closed', async () => (await page.locator('[data-testid="task"]').count()) === 0);
  await page.context().close();
});

test('a test call hears itself and never reaches an operator', async () => {
  const page = await operator('operator1');
  const caller = await sipp(installation, 'caller.xml', {
    keys: { number: '+628110005', request_uri: 'urn:service:test.sos' }, extra: ['-d', '800'] });
  assert.equal((await caller.end()).code, 0);
  assert.equal(await page.locator('[data-testid="call"]').count(), 0);
  assert.equal(await state(page), 'ready');
  await page.context().close();
});

test('a caller on hold hears the prompt and is still heard; then both hear each other again', async () => {
  const page = await operator('operator1');
  const caller = await call('+628110011');
  await at(page, 'answer').click();
  await heard(page);
  await page.keyboard.press('Control+h');
  await until('held', async () => (await at(page, 'call-state').textContent())?.includes('Ditahan'));
  await heard(page); // the operator goes on hearing the caller
  await at(page, 'hold').click();
  await until('resumed', async () => (await at(page, 'call-state').textContent())?.includes('Tersambung'));
  await heard(page);
  await finish(page, caller);
  assert.equal((await caller.end()).code, 0);
  const events = installation.events();
  for (const type of ['CallHeld', 'CallResumed']) {
    const { seq } = events.find((event) => event.body.type === type);
    await until(`${type}: the media process did it`, () => installation.effectDone(seq));
  }
  await page.context().close();
});

test('a call given to another station rings there, with its incident, and voice', async () => {
  const [page, desk] = [await operator('operator1'), await operator('operator3')];
  const caller = await call('+628110013');
  await at(page, 'answer').click();
  await heard(page);
  await at(page, 'notes').fill('untuk Polda');
  await until('saved', async () => (await at(page, 'save-state').getAttribute('data-state')) === 'saved');
  await page.keyboard.press('Control+j');
  await at(page, 'transfer-station').fill('Polda DI Yogyakarta');
  await page.keyboard.press('Enter');
  await until('ready again', async () => (await state(page)) === 'ready');
  await at(desk, 'answer').click();
  await heard(desk);
  assert.equal(await at(desk, 'notes').inputValue(), 'untuk Polda');
  await finish(desk, caller);
  assert.equal((await caller.end()).code, 0);
  for (const each of [page, desk]) await each.context().close();
});

test('rtpengine dies: it is shown, started again, and the next call has voice', async () => {
  process.kill(installation.mediaPid(), 'SIGKILL');
  await until('degraded', async () => (await installation.health()).status === 'degraded');
  await until('back', async () => (await installation.health()).status === 'ok', 20);
  assert.equal((await installation.health()).media.restarts, 1);
  const page = await operator('operator1');
  const caller = await call('+628110006');
  await at(page, 'answer').click();
  await heard(page);
  await finish(page, caller);
  await page.context().close();
});

test('kill -9: who waits waits on, who talks notices nothing, and the console is back in the call as it was', async () => {
  const page = await operator('operator1');
  const talking = await call('+628110007');
  await at(page, 'answer').click();
  await heard(page);
  await at(page, 'notes').fill('sebelum server mati');
  await until('saved', async () => (await at(page, 'save-state').getAttribute('data-state')) === 'saved');
  const waiting = await call('+628110008');
  await until('both', async () => (await installation.health()).calls.waiting === 1);
  const before = await page.evaluate(() => window.sigapVoice());
  await installation.kill();
  await until('"terputus"', async () => (await at(page, 'link').getAttribute('data-link')) === 'lost', 10);
  await at(page, 'notes').fill('diketik saat server mati');
  await new Promise((done) => setTimeout(done, 2000));
  const during = await page.evaluate(() => window.sigapVoice());
  await picture(page, 'cut-off');
  assert.ok(during.received - before.received > 80, `voice goes on: ${during.received - before.received} packets in 2 s`);
  await installation.restart();
  const back = Date.now();
  await until('connected', async () => (await at(page, 'link').getAttribute('data-link')) === 'up', 15);
  await until('in the call', async () => (await at(page, 'my-number').textContent()) === '+628110007');
  assert.ok(Date.now() - back < 4000, `back after ${Date.now() - back} ms (3 s and the test's own slack)`);
  assert.equal(await state(page), 'talking');
  await until('saved', async () => (await at(page, 'save-state').getAttribute('data-state')) === 'saved');
  assert.equal(await at(page, 'notes').inputValue(), 'diketik saat server mati');
  const after = await page.evaluate(() => window.sigapVoice());
  assert.ok(after.sent > during.sent && after.received > during.received, 'the same voice path, never made anew');
  await until('compared', async () => (await installation.health()).recovery.done);
  const { recovery } = await installation.health();
  assert.deepEqual([recovery.restored, recovery.lost, recovery.unknown], [2, 0, 0]);

  await finish(page, talking, 'offered');
  assert.equal((await talking.end()).code, 0, 'the caller heard our BYE');
  await until('the other rings', async () => (await at(page, 'call-number').first().textContent()) === '+628110008');
  await at(page, 'answer').click();
  await heard(page);
  await finish(page, waiting);
  assert.equal((await waiting.end()).code, 0);
  assert.equal(await page.locator('[data-testid="task"][data-kind="cut_off"]').count(), 0);
  installation.sigap('journal', 'verify', '--keys', `${installation.data}.keys`);
  await page.context().close();
});

test('kill -9 before the answer to a voice path made anew has arrived: the page asks for another by itself', async () => {
  const page = await operator('operator1');
  const caller = await call('+628110014');
  await at(page, 'answer').click();
  await heard(page);
  await page.addInitScript(() => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (text) {
      if (!window.lostAnswer && text.includes('"MediaAnswer"')) window.lostAnswer = true;
      else send.call(this, text);
    };
  });
  await page.reload();
  await until('its answer is lost', () => page.evaluate(() => window.lostAnswer));
  await installation.kill();
  await until('"terputus"', async () => (await at(page, 'link').getAttribute('data-link')) === 'lost', 10);
  await installation.restart();
  await heard(page);
  await finish(page, caller);
  assert.equal((await caller.end()).code, 0);
  await page.context().close();
});

test('rtpengine dies under a conversation and a waiting caller: both get a new voice path by themselves', async () => {
  const page = await operator('operator1');
  const established = () => installation.events().filter(({ body }) => body.type === 'CallEstablished').length;
  const before = established();
  const talking = await call('+628110009', 'moved_caller.xml');
  await at(page, 'answer').click();
  await heard(page);
  const waiting = await call('+628110010', 'moved_caller.xml');
  await until('both have a voice to lose', () => established() === before + 2);
  process.kill(installation.mediaPid(), 'SIGKILL');
  await until('degraded', async () => (await installation.health()).status === 'degraded');
  await until('ok', async () => (await installation.health()).status === 'ok', 20);
  await until('joined again', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  await heard(page);
  await finish(page, talking, 'offered');
  assert.equal((await talking.end()).code, 0);
  await at(page, 'answer').click();
  await heard(page);
  await finish(page, waiting);
  assert.equal((await waiting.end()).code, 0);
  await page.context().close();
});
