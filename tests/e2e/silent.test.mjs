// Who cannot speak: presses 5 while waiting, is answered before those who came earlier, answers yes and no by key.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, Installation, openBrowser, openPage, Phone, readyOperator, signIn, sipp, toneFile, until } from './kit.mjs';

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

const PLACE = { longitude: 110.3602, latitude: -7.6921 };
const speaker = (number) => sipp(installation, 'voice_caller.xml', { keys: { number, ...PLACE } });
const state = (page) => at(page, 'own-state').getAttribute('data-state');
const listed = (page, number) => page.locator('[data-testid="call"]', { hasText: number });

async function close(page, outcome) {
  await at(page, 'hang-up').click();
  await at(page, `outcome-${outcome}`).click();
}

test('a caller who presses 5 goes first, is shown as unable to speak, and answers by key', async (t) => {
  const page = await openPage(browser, installation, '/konsol');
  await readyOperator(page, installation.people.operator1);
  const first = await speaker('+628110101');
  await at(page, 'answer').click();
  await until('the first call', async () => (await at(page, 'my-call').getAttribute('data-connected')) === 'true');
  const patient = await speaker('+628110102');
  await listed(page, '+628110102').waitFor();

  const phone = await Phone.open();
  t.after(() => phone.close());
  const silent = await sipp(installation, 'phone_caller.xml', { keys: { number: '+628110103', rtp: phone.port, payloads: '8 101', longitude: 110.44, latitude: -7.63 } });
  await until('the prompt', () => phone.heard > 20);
  await phone.press('5');
  await listed(page, '+628110103').locator('[data-testid="call-silent"]').waitFor();
  assert.match(await at(page, 'call').first().textContent(), /\+628110103/, 'before who came earlier');

  await close(page, 'genuine');
  await at(page, 'answer').waitFor();
  await page.keyboard.press('F2');
  await until('the silent caller', async () => (await at(page, 'my-number').textContent()) === '+628110103');
  const mine = at(page, 'my-call');
  assert.equal(await mine.locator('[data-testid="call-silent"]').textContent(), 'TIDAK BISA BICARA');
  assert.equal(await mine.locator('[data-testid="call-digits"]').getAttribute('data-digits'), '5');
  await until('voices', async () => (await mine.getAttribute('data-connected')) === 'true');

  await page.keyboard.press('F6');
  await until('the caller is asked', async () => (await at(page, 'ask-to-press').getAttribute('aria-pressed')) === 'true');
  const before = phone.heard;
  await until('the question', () => phone.heard > before + 100);
  await phone.press('1'); // while it is still being asked
  await until('the answer', async () => (await mine.locator('[data-testid="call-digits"]').getAttribute('data-digits')) === '51');
  assert.match(await mine.textContent(), /= ya/);
  await until('the voices are as before', async () => (await at(page, 'ask-to-press').getAttribute('aria-pressed')) === 'false', 15);
  if (process.env.SIGAP_PICTURE) await page.screenshot({ path: process.env.SIGAP_PICTURE });
  await close(page, 'silent');

  await at(page, 'answer').click();
  await until('who waited longer comes next', async () => (await at(page, 'my-number').textContent()) === '+628110102');
  await close(page, 'genuine');
  await until('ready', async () => (await state(page)) === 'ready');
  for (const caller of [first, patient, silent]) assert.equal((await caller.end()).code, 0);
  assert.deepEqual(page.problems, []);

  const events = installation.events();
  const of = (type) => events.filter((event) => event.body.type === type);
  assert.deepEqual(of('DigitHeard').map(({ body }) => body.silent), [true, false]);
  assert.equal(of('CallUrgent')[0].body.reason, 'silent');
  assert.equal(of('CallResumed')[0].body.by_timeout, true);
  for (const { seq } of [...of('AskedToPress'), ...of('CallResumed')])
    await until('the media process did it', () => installation.effectDone(seq));
  assert.deepEqual(of('NumberMarked'), [], 'who presses a key is no ghost');
  await page.context().close();
});

test('a telephone whose keys are only sound is heard too, while it waits and while it talks', async (t) => {
  const page = await openPage(browser, installation, '/konsol');
  await readyOperator(page, installation.people.operator1);
  const phone = await Phone.open();
  t.after(() => phone.close());
  const caller = await sipp(installation, 'phone_caller.xml', { keys: { number: '+628110104', rtp: phone.port, payloads: '8', ...PLACE } });
  await until('the prompt', () => phone.heard > 20);
  await phone.pressAsSound('5');
  await listed(page, '+628110104').locator('[data-testid="call-silent"]').waitFor();
  await at(page, 'answer').click();
  const mine = at(page, 'my-call');
  await mine.locator('[data-testid="call-silent"]').waitFor();
  await until('voices', async () => (await mine.getAttribute('data-connected')) === 'true');
  await phone.pressAsSound('2');
  const digits = () => mine.locator('[data-testid="call-digits"]').getAttribute('data-digits');
  await until('no', async () => (await digits()) === '52');
  assert.match(await mine.textContent(), /= tidak/);
  await close(page, 'genuine');
  assert.equal((await caller.end()).code, 0);
  await page.context().close();
});

for (const [kind, payloads] of [['events', '8 101'], ['only sound', '8']])
  test(`keys that are ${kind} are heard by the server that comes after a killed one`, async (t) => {
    const page = await openPage(browser, installation, '/konsol');
    await readyOperator(page, installation.people.operator1);
    const phone = await Phone.open();
    t.after(() => phone.close());
    const caller = await sipp(installation, 'phone_caller.xml', { keys: { number: '+628110105', rtp: phone.port, payloads, ...PLACE } });
    await at(page, 'answer').click();
    const mine = at(page, 'my-call');
    await until('voices', async () => (await mine.getAttribute('data-connected')) === 'true');
    await installation.kill();
    await installation.restart();
    await until('the link', async () => (await at(page, 'link').getAttribute('data-link')) === 'up');
    await (payloads === '8' ? phone.pressAsSound('5') : phone.press('5'));
    await mine.locator('[data-testid="call-silent"]').waitFor();
    await close(page, 'genuine');
    assert.equal((await caller.end()).code, 0);
    await page.context().close();
  });

test('two pranks are remembered: the next call is marked; a genuine one clears the number, and so does a supervisor', async () => {
  const page = await openPage(browser, installation, '/konsol');
  await readyOperator(page, installation.people.operator1);
  const joke = async (outcome) => {
    const caller = await speaker('+628110110');
    await at(page, 'answer').click();
    await at(page, 'my-call').waitFor();
    const facts = at(page, 'my-call').locator('[data-testid="call-facts"]');
    const seen = (await facts.count()) ? [await facts.getAttribute('data-suspected'), await facts.textContent()] : [];
    await close(page, outcome);
    await caller.end();
    await until('ready', async () => (await state(page)) === 'ready');
    return seen;
  };
  assert.deepEqual(await joke('prank'), []);
  const [doubted, said] = await joke('prank');
  assert.equal(doubted, 'false', 'one may be a mistake');
  assert.match(said, /dulu: 1x iseng/);
  const [now, words] = await joke('genuine');
  assert.equal(now, 'true');
  assert.match(words, /Diragukan: riwayat nomor.*dulu: 2x iseng/s);
  assert.deepEqual(await joke('prank'), [], 'nothing is held against it any more');
  await joke('prank');

  const supervisor = await openPage(browser, installation, '/konsol');
  await signIn(supervisor, installation.people.perwira1);
  await at(supervisor, 'headset-start').click();
  await at(supervisor, 'headset-finish').click();
  const caller = await speaker('+628110110');
  const doubtedHere = listed(page, '+628110110').locator('[data-testid="call-facts"]');
  await until('doubted', async () => (await doubtedHere.getAttribute('data-suspected')) === 'true');
  assert.equal(await page.locator('[data-testid="forgive"]').count(), 0, 'operators do not forgive');
  await listed(supervisor, '+628110110').locator('[data-testid="forgive"]').press('Enter');
  await until('forgiven', async () => (await doubtedHere.count()) === 0);
  await at(page, 'answer').click();
  await at(page, 'my-call').waitFor();
  await close(page, 'information');
  await caller.end();
  assert.match(installation.journal(), /"type":"NumberCleared"[^\n]*"reason":"forgiven"/);
  assert.deepEqual([...page.problems, ...supervisor.problems], []);
  await supervisor.context().close();
  await page.context().close();
});
