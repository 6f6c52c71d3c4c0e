// ./run --self-check: does this installation do its job? A call with voice and place comes in by SIP, an operator
// answers in a browser, dispatches, an officer acknowledges on a phone, the citizen follows, everybody hangs up. Then a
// citizen calls by the first page. All pages come by HTTPS, of a local authority that the browser trusts, where this
// machine is in a network.
// Each step is printed with its seconds; the exit code is 0 only if each happened. How slow this machine is is measured
// and said first: what is slow is waited for, what is broken is told apart from it (patience.mjs).
// usage: self_check.mjs [--pictures DIR]
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { appears, at, Installation, mapDrawn, openBrowser, openPage, openTrustingBrowser, pause, press, readyOperator, signIn, sipp, toneFile, until } from './kit.mjs';
import { machineInWords } from './patience.mjs';

const pictures = process.argv[2] === '--pictures' ? process.argv[3] : undefined;
if (pictures) mkdirSync(pictures, { recursive: true });
const picture = async (page, name) => {
  if (!pictures) return;
  await mapDrawn(page);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
};

let last = Date.now();
function step(text) {
  const now = Date.now();
  console.log(`  ${((now - last) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  last = now;
}

const SLEMAN = { longitude: 110.3602, latitude: -7.6921 }; // a street corner in the district
const NUMBER = '+6281234567890';
let installation, browser, caller;

try {
  console.log(`Self-check: a whole emergency call on this machine\n  ${machineInWords()}`);
  const networked = Object.values(networkInterfaces()).flat().some((one) => one.family === 'IPv4' && !one.internal);
  const secure = networked && spawnSync('certutil', ['-H']).error === undefined;
  installation = await Installation.start(secure ? { lan: '127.0.0.1' } : {});
  await until('health', async () => (await installation.health()).status === 'ok');
  step(`server, SIP and media are up, pages by ${secure ? 'HTTPS' : 'plain HTTP (this machine is in no network, or lacks libnss3-tools)'}`);

  browser = await (secure ? openTrustingBrowser(installation) : openBrowser());
  const officer = await openPage(browser, installation, '/petugas', { width: 390, height: 844, mobile: true,
    geolocation: { longitude: 110.38, latitude: -7.76, accuracy: 12 } });
  await signIn(officer, installation.people.petugas1);
  await press(officer, 'on-duty');
  await until('the officer\'s position', async () => (await at(officer, 'position').textContent())?.includes('terkirim'));
  await picture(officer, 'officer-on-duty');
  step('an officer is on duty, position reported');

  const operator = await openPage(browser, installation, '/konsol');
  await picture(operator, 'sign-in');
  await readyOperator(operator, installation.people.operator1);
  await picture(operator, 'console-ready');
  step('an operator signed in, passed the headset test, is ready');

  await toneFile(installation.scratch);
  caller = await sipp(installation, 'voice_caller.xml', { keys: { number: NUMBER, ...SLEMAN } });
  await appears(operator, 'answer');
  const shown = await at(operator, 'call-number').first().textContent();
  if (shown !== NUMBER) throw new Error('the console shows another number');
  await picture(operator, 'console-ringing');
  step('a call came in by SIP and rings at the operator of its district');

  await operator.keyboard.press('F2');
  await until('both voices joined', async () => (await at(operator, 'my-call').getAttribute('data-connected')) === 'true');
  step('answered with one key, voices joined');

  // Both directions, as the browser measures them.
  const packets = await until('voice both ways', () => operator.evaluate(async () => {
    const seen = await window.sigapVoice();
    return seen.sent > 50 && seen.received > 50 && seen.level > 0.005 ? seen : null;
  }));
  step(`voice both ways: ${packets.sent} packets sent, ${packets.received} received, level ${packets.level.toFixed(3)}`);

  await operator.keyboard.press('F3');
  await operator.keyboard.type('Sinduadi Mlati');
  await appears(operator, 'place-match');
  await operator.keyboard.press('ArrowDown');
  await operator.keyboard.press('Enter');
  await at(operator, 'type').selectOption('robbery');
  await at(operator, 'notes').fill('Dua orang bersenjata tajam, pergi ke utara.');
  await until('the draft is saved', async () => (await at(operator, 'save-state').getAttribute('data-state')) === 'saved');
  step('place found by name, type and notes saved as typed');

  await operator.keyboard.press('F8');
  await appears(operator, 'pick');
  await operator.keyboard.press('F9');
  await appears(officer, 'step-acknowledged');
  await picture(operator, 'console-dispatched');
  await picture(officer, 'officer-alert');
  step('a unit recommended and alerted; its phone shows the place');

  await until('delivered', async () => (await at(operator, 'alert').getAttribute('data-status')) === 'delivered');
  await press(officer, 'step-acknowledged');
  await until('acknowledged', async () => (await at(operator, 'alert').getAttribute('data-status')) === 'acknowledged');
  step('the officer acknowledged, the operator sees it');

  await press(operator, 'send-tracking');
  const link = await until('the text message', () => /lacak#([\w-]+)/.exec(installation.sigap('messages'))?.[1]);
  const citizen = await openPage(browser, installation, `/lacak#${link}`, { width: 390, height: 844, mobile: true });
  const reached = (name) => until(`the citizen sees ${name}`, async () =>
    (await at(citizen, `track-${name}`).getAttribute('data-reached')) === 'true');
  await reached('officer_assigned');
  step('the citizen follows: an officer is assigned');

  await press(officer, 'step-en_route');
  await reached('on_the_way');
  await press(officer, 'step-on_scene');
  await reached('arrived');
  await picture(citizen, 'citizen');
  await picture(officer, 'officer-on-scene');
  step('on the way, arrived: live on the citizen\'s page');

  await operator.keyboard.press('Control+Shift+X');
  await until('wrap-up', async () => (await at(operator, 'own-state').getAttribute('data-state')) === 'wrap_up');
  const ended = await caller.end();
  if (ended.code !== 0) throw new Error(`the caller's side went wrong: ${ended.words.slice(-300)}`);
  await picture(operator, 'console-wrap-up');
  await press(operator, 'outcome-genuine');
  await until('ready again', async () => (await at(operator, 'own-state').getAttribute('data-state')) === 'ready');
  step('hung up, outcome on one key, ready for the next');

  await press(officer, 'step-done');
  await press(operator, 'incident');
  await press(operator, 'close-incident');
  await reached('closed');
  step('closed with an answer; the citizen sees it');

  const page = await openPage(browser, installation, '/', { width: 390, height: 844, mobile: true, geolocation: { ...SLEMAN, accuracy: 14 } });
  const phase = (wanted) => until(`the calling page: ${wanted}`, async () =>
    (await at(page, 'web-call-view').getAttribute('data-phase')) === wanted);
  await press(page, 'web-call');
  await phase('waiting');
  await appears(operator, 'answer');
  await operator.keyboard.press('F2');
  await phase('talking');
  const heard = await until('voice both ways by the page', () => page.evaluate(async () => {
    const seen = await window.sigapCall();
    return seen && seen.sent > 50 && seen.received > 50 && seen.level > 0.005 ? seen : null;
  }));
  await picture(page, 'citizen-calls');
  step(`a citizen calls by the first page, without a telephone: ${heard.sent} packets sent, ${heard.received} received, level ${heard.level.toFixed(3)}`);
  await press(page, 'web-hang-up');
  await phase('over');
  await press(operator, 'outcome-genuine');
  await until('ready again', async () => (await at(operator, 'own-state').getAttribute('data-state')) === 'ready');
  step('hung up by the page; the operator is ready again');

  for (const each of [operator, officer, citizen, page])
    if (each.problems.length) throw new Error(`a page complained: ${each.problems.join('; ')}`);
  const after = await installation.health();
  if (after.status !== 'ok' || after.calls.talking !== 0 || after.sip.legs !== 0) throw new Error(`left over: ${JSON.stringify(after)}`);
  step('nothing is left over');
  console.log('Self-check passed.');
} catch (error) {
  console.log(`  FAILED  ${error.message}`);
  for (const page of browser?.contexts().flatMap((context) => context.pages()) ?? []) {
    const seen = await Promise.race([page.evaluate(() => [...document.querySelectorAll('[data-link], [data-state]')]
      .map((one) => `${one.dataset.testid} ${one.dataset.link ?? one.dataset.state}`).join(', ')), pause(10_000)]).catch(() => undefined);
    console.log(`  ${new URL(page.url()).pathname}: ${seen ?? 'says nothing for 10 s'}`);
  }
  if (installation && !error.message.includes(installation.words())) console.log(installation.words());
  process.exitCode = 1;
} finally {
  caller?.kill();
  await browser?.close();
  await installation?.stop();
}
