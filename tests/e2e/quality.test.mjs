// A handled call is drawn, reviewed on /mutu by somebody else than who handled it, read and answered by its operator.
// usage of PICTURES=DIR: screenshots of each step.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appears, at, Desk, objections, openPage, picture, press, signIn, sipp, until } from './kit.mjs';

let desk, installation, browser, page, chief;
before(async () => {
  desk = await Desk.open({ reviewedPercent: 100 });
  ({ installation, browser, page } = desk);
});
after(() => desk?.close());

async function handled(of, number, outcome) {
  const caller = await sipp(installation, 'caller.xml', { keys: { request_uri: `sip:110@${installation.sip}`, number }, extra: ['-d', '20000'] });
  await appears(of, 'answer');
  await of.keyboard.press('F2');
  await until('voices', async () => (await at(of, 'my-call').getAttribute('data-connected')) === 'true');
  await of.keyboard.press('Control+Shift+X');
  await press(of, `outcome-${outcome}`);
  await desk.state('ready', { of });
  caller.kill();
}
const review = (of, list) => at(of, `reviews-${list}`).locator('[data-testid="review"]');
const fits = (of) => of.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test('a supervisor answers the form for a call of somebody else', async () => {
  await handled(page, '+628120000021', 'genuine');
  chief = await openPage(browser, installation, '/mutu');
  await signIn(chief, installation.people.perwira1);
  await until('it is drawn', async () => (await review(chief, 'open').count()) === 1);
  await review(chief, 'open').first().click();
  await appears(chief, 'review-form');
  assert.equal(await at(chief, 'review-send').isDisabled(), true, 'not before every question is answered');
  const questions = await at(chief, 'criterion').count();
  assert.ok(questions >= 8, `${questions} questions`);
  for (let i = 0; i < questions; i++) await at(chief, 'criterion').nth(i).locator(`[data-testid="mark-${i === 0 ? 1 : i === 1 ? -1 : 2}"]`).check();
  assert.match(await at(chief, 'review-percent').textContent(), /^9\d %$/);
  await at(chief, 'review-comment').fill('Tempat ditanyakan lebih dulu, tenang.');
  await picture(chief, 'quality-form');
  assert.deepEqual(await objections(chief), []);
  await chief.setViewportSize({ width: 390, height: 844 });
  await picture(chief, 'quality-form-phone');
  assert.ok(await fits(chief), 'no sideways scrolling');
  await chief.setViewportSize({ width: 1366, height: 768 });
  await press(chief, 'review-send');
  await until('it is done', async () => (await review(chief, 'done').count()) === 1 && (await review(chief, 'open').count()) === 0);
  await appears(chief, 'review-scores');
  await picture(chief, 'quality-done');
  const drawn = installation.events().find(({ body }) => body.type === 'ReviewDrawn').body;
  const reviewed = installation.events().find(({ body }) => body.type === 'CallReviewed').body;
  assert.equal(drawn.reason, 'drawn');
  assert.equal(reviewed.review, drawn.review);
  assert.notEqual(reviewed.person, drawn.operator_, 'by somebody else');
  assert.deepEqual(chief.problems, []);
});

test('the operator reads it and answers; a killed server forgets nothing of it', async () => {
  await installation.kill();
  await installation.restart();
  await until('connected again', async () => (await at(chief, 'link').getAttribute('data-link')) === 'up', 20);
  await press(page, 'pause');
  await press(page, 'to-quality');
  await until('the own review', async () => (await review(page, 'own').count()) === 1);
  assert.equal(await at(page, 'reviews-open').count(), 0, 'operators review nobody');
  await review(page, 'own').first().click();
  await appears(page, 'score-comment');
  assert.match(await at(page, 'score-comment').textContent(), /Tempat ditanyakan lebih dulu/);
  await at(page, 'answer').fill('Terima kasih.');
  await picture(page, 'quality-operator');
  assert.deepEqual(await objections(page), []);
  await press(page, 'acknowledge');
  await appears(page, 'review-answer');
  await until('the reviewer sees it', async () => (await review(chief, 'done').first().getAttribute('data-read')) === 'true');
  await review(chief, 'done').first().click();
  assert.match(await at(chief, 'review-answer').textContent(), /Terima kasih\./);
});

test('whoever handled a call does not find it among those to be reviewed', async () => {
  await press(chief, 'to-console');
  for (const button of ['headset-start', 'headset-finish', 'ready']) await press(chief, button);
  await handled(chief, '+628120000022', 'complaint');
  await press(chief, 'pause');
  await press(chief, 'to-quality');
  await until('the list', async () => (await review(chief, 'done').count()) === 1);
  const drawn = installation.events().filter(({ body }) => body.type === 'ReviewDrawn').at(-1).body;
  assert.equal(drawn.reason, 'complaint', 'a category says more than the sample');
  assert.equal(await review(chief, 'open').count(), 0);
  assert.equal(await review(chief, 'own').count(), 0, 'nor is it reviewed yet');
});
