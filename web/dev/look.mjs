// Looks at every page on the fake server: screenshots in both themes and at the sizes people have, and axe-core (WCAG 2.2
// AA) on each. The exit code is 0 only when no page has a violation or complained. Needs a build (npm run build).
// usage: npm run look -- PICTURES [DIST]
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startFake } from './fake_server.mjs';
import { lookAtGuests } from './look_guests.mjs';
import { lookAtQuality } from './look_quality.mjs';

const pictures = process.argv[2] ?? 'pictures';
mkdirSync(pictures, { recursive: true });
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DESKTOPS = [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }];
const PHONE = { width: 390, height: 844 };
const problems = [];
let looks = 0;

const begin = () => startFake(process.argv[3] ? { dist: process.argv[3] } : {});
let fake;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
    '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});

const at = (page, id) => page.getByTestId(id);

async function open(path, viewport, first) {
  const context = await browser.newContext({ viewport, permissions: ['microphone', 'geolocation'], geolocation: { longitude: 110.38, latitude: -7.76 } });
  const page = await context.newPage();
  if (first) await page.addInitScript(first);
  page.on('pageerror', (error) => problems.push(`${path}: ${error}`));
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('401') && !message.text().includes('HTTP Authentication') && problems.push(`${path}: ${message.text()}`));
  await page.goto(fake.url + path);
  return page;
}
async function signIn(page, login) {
  await at(page, 'login').fill(login);
  await at(page, 'password').fill('x');
  await at(page, 'sign-in').click();
}
/** What a reader of any page would trip over: text cut off or beside the page, and targets too small to hit. */
const geometry = () => {
  const wrong = [];
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`wider than the window by ${document.documentElement.scrollWidth - innerWidth} px`);
  for (const one of document.querySelectorAll('button, select, input, a, [role=option]')) {
    const box = one.getBoundingClientRect();
    if (!box.width || one.closest('.maplibregl-map')) continue;
    const moves = one.closest('.wide'); // sideways, by itself
    const name = one.dataset.testid ?? one.textContent.trim();
    if (box.height < 24 || box.width < 24) wrong.push(`${name} is ${Math.round(box.width)} x ${Math.round(box.height)}`);
    if (!moves && (box.left < 0 || box.right > innerWidth + 1)) wrong.push(`${name} is outside the window`);
  }
  for (const one of document.querySelectorAll('body *')) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const size = parseFloat(getComputedStyle(one).fontSize);
    if (own && one.checkVisibility() && size < 13 && !one.closest('.maplibregl-map')) wrong.push(`"${one.textContent.trim().slice(0, 20)}" in ${size} px`);
  }
  return wrong;
};
async function look(page, name, fullPage = false) {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((value) => (document.documentElement.dataset.theme = value), theme);
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(pictures, `${name}-${theme}.png`), fullPage });
    await page.evaluate(AXE);
    const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const violation of found.violations)
      for (const node of violation.nodes.slice(0, 3)) problems.push(`${name} (${theme}): ${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').slice(1, 2).join(' ').trim()}`);
    looks++;
  }
  for (const wrong of await page.evaluate(geometry)) problems.push(`${name}: ${wrong}`);
  await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
}

for (const size of DESKTOPS) {
  const name = (what) => `console-${what}-${size.width}`;
  fake?.close();
  fake = await begin();
  const page = await open('/konsol', size);
  await at(page, 'login').waitFor();
  await look(page, name('1-sign-in'));
  await signIn(page, 'operator');
  await at(page, 'headset-start').click();
  await at(page, 'headset-finish').waitFor();
  await page.waitForTimeout(600);
  await look(page, name('2-headset'));
  await at(page, 'headset-finish').click();
  await at(page, 'ready').waitFor();
  await look(page, name('3-not-ready'));
  await at(page, 'ready').click();
  await at(page, 'pause').waitFor();
  fake.world.waiting();
  fake.world.ring();
  fake.world.task('callback', { number: '+628129990002', calls: 3, short_ring: true });
  fake.world.incident();
  fake.world.incident({ type: 'domestic_violence', priority: 'p1', place: { text: 'Perumahan Griya Taman Asri, Jalan Palagan Tentara Pelajar' } });
  fake.push();
  await at(page, 'answer').waitFor();
  await look(page, name('4-ringing'));
  await page.keyboard.press('F2');
  await at(page, 'my-call').waitFor();
  // Who cannot speak, who called again, whose number is doubted; and a supervisor, who may forgive it.
  fake.world.operator.role = 'supervisor';
  fake.world.calls.filter((call) => call.mine).forEach((call) => Object.assign(call, { silent: true, urgent: true, urgent_reason: 'silent', digits: '5112' }));
  fake.world.waiting({ number: '+628129990003', urgent: true, urgent_reason: 'called_again' });
  fake.world.waiting({ number: '+628129990004', suspected: true, doubt: 'standing', pranks: 3, ghosts: 1 });
  fake.push();
  await at(page, 'forgive').waitFor();
  await look(page, name('4-silent'));
  await page.keyboard.press('F3');
  await page.keyboard.type('Mlati');
  await at(page, 'place-match').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await look(page, name('5-place'));
  await page.keyboard.press('Enter');
  await at(page, 'type').selectOption('robbery');
  await at(page, 'notes').fill('Dua orang bersenjata tajam, pergi ke utara.');
  await page.keyboard.press('F8');
  await at(page, 'pick').first().waitFor();
  await page.keyboard.press('F9');
  await at(page, 'alert').waitFor();
  const quake = fake.world.quake(200, 120);
  const mine = fake.world.incidents[0].incident;
  fake.world.alike(mine, [[quake, 3240], [fake.world.incidents[1].incident, 310], [fake.world.incidents[2].incident, 980]]);
  fake.push();
  await at(page, 'candidate').first().waitFor();
  await page.waitForTimeout(600);
  await look(page, name('6a-alike'));
  await page.keyboard.press('Control+g');
  await at(page, 'joined').waitFor();
  await page.waitForTimeout(600);
  await look(page, name('6b-joined'));
  await at(page, 'root-show').click();
  await at(page, 'reporters').waitFor();
  await page.waitForTimeout(600);
  await look(page, name('6c-two-hundred'));
  await page.keyboard.press('Alt+g');
  await at(page, 'reports-unseen').waitFor();
  await look(page, name('6d-all-of-them'));
  await page.keyboard.press('Alt+g');
  await page.locator(`[data-testid="report-row"][data-incident="${mine}"] [data-testid="report-show"]`).click();
  await at(page, 'joined').waitFor();
  await page.keyboard.press('Control+g');
  await at(page, 'candidate').first().waitFor();
  fake.world.task('officer_help', { unit: 'SLM-03' });
  fake.world.task('unanswered_alarm', { incident: 7 });
  fake.push();
  await at(page, 'alarm').first().waitFor();
  await page.waitForTimeout(1200);
  await look(page, name('6-dispatched'));
  await at(page, 'task-close').last().click();
  await look(page, name('7-task'));
  // Five seconds are less than a look takes.
  await page.keyboard.press('F7');
  await at(page, 'prank-undo').waitFor();
  await page.screenshot({ path: join(pictures, `${name('7-prank')}.png`) });
  await page.keyboard.press('F7');
  await page.keyboard.press('Control+j');
  await at(page, 'transfer-station').fill('banjar');
  await at(page, 'transfer-match').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await look(page, name('7-transfer'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await at(page, 'transfer-station').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Shift+X');
  await at(page, 'outcome-genuine').waitFor();
  await look(page, name('8-wrap-up'));
  await at(page, 'language').click();
  await look(page, name('9-english'));
  await at(page, 'language').click();
  await at(page, 'incident').last().click();
  fake.world.ask('operator', { type: 'CloseIncident', incident: fake.world.incidents.find((card) => !card.into && !card.mine).incident, answer: 'handled' });
  fake.push();
  await at(page, 'incident-with-closed').click();
  await page.locator('[data-testid="incident"][data-attention="closed"]').first().click();
  await at(page, 'incident-closed').waitFor();
  await look(page, name('9a-closed'));
  await page.context().close();
}
// Wide screens at 200 %: a console of 960 and one of 683 pixels.
for (const size of [{ width: 960, height: 540 }, { width: 683, height: 384 }]) {
  const page = await open('/konsol', size);
  await at(page, 'login').waitFor();
  await signIn(page, 'operator');
  await at(page, 'incident').last().click();
  await at(page, 'incident-form').waitFor();
  await look(page, `console-zoomed-${size.width}`, true);
  await page.context().close();
}
// The map without WebGL, as an old office machine draws it.
{
  const page = await open('/konsol', DESKTOPS[0], () => {
    const real = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, wanted) {
      return kind.startsWith('webgl') ? null : real.call(this, kind, wanted);
    };
  });
  await at(page, 'login').waitFor();
  await signIn(page, 'operator');
  await page.locator('[data-testid="map"][data-drawn="true"] [role="application"]').focus();
  await page.keyboard.press('+');
  await look(page, 'console-plain-map-1366');
  await page.context().close();
}

// A supervisor on the way home: the same page, one column.
{
  const page = await open('/konsol', PHONE);
  const mine = fake.world.incidents.find((card) => card.mine && !card.closed).incident;
  await at(page, 'login').waitFor();
  await signIn(page, 'operator');
  await page.locator(`[data-testid="incident"][data-incident="${mine}"]`).click();
  await at(page, 'candidate').first().waitFor();
  await at(page, 'candidate').first().scrollIntoViewIfNeeded();
  await look(page, 'console-phone-1-alike');
  await at(page, 'join').first().click();
  await at(page, 'root-show').click();
  await at(page, 'reporters').scrollIntoViewIfNeeded();
  await look(page, 'console-phone-2-reporters');
  await page.context().close();
}

// Whoever plans the rosters: a day of the province, of one station, the form; and the same on a phone.
{
  fake.world.roster();
  for (const [size, where] of [[DESKTOPS[0], '1366'], [PHONE, 'phone']]) {
    const page = await open('/jaga', size);
    await at(page, 'login').waitFor();
    await signIn(page, 'supervisor');
    await at(page, 'roster-row').first().waitFor();
    await look(page, `roster-${where}-1-province`);
    await at(page, 'roster-station').selectOption('polres-sleman');
    await look(page, `roster-${where}-2-station`);
    await at(page, 'roster-after').click(); // today's first shift may be over
    await at(page, 'shift-plan').click();
    await page.keyboard.press('Tab'); // the station stays; the whole of it by keyboard
    await at(page, 'shift-needed').fill('3');
    await at(page, 'shift-person').first().check();
    await look(page, `roster-${where}-3-form`);
    await at(page, 'shift-save').click();
    await at(page, 'shift-form').waitFor({ state: 'detached' });
    await at(page, 'language').click();
    await at(page, 'roster-hours').scrollIntoViewIfNeeded();
    await look(page, `roster-${where}-4-english`);
    await page.context().close();
  }
  fake.world.board = { rostered: 3, missing: 1, beyond: 0, gap: 2 };
  fake.world.operator.shift_until = Date.now() + 5_400_000;
  const page = await open('/konsol', DESKTOPS[0]);
  await at(page, 'login').waitFor();
  await signIn(page, 'operator');
  await at(page, 'gap').waitFor();
  await look(page, 'console-gap-1366');
  await page.context().close();
}

// The third voice, on a world of its own.
const world = fake;
for (const [size, where] of [[DESKTOPS[0], '1366'], [PHONE, 'phone']]) {
  fake = await begin();
  const page = await open('/konsol', size);
  await lookAtGuests({ fake, page, at, look, signIn, problems, name: (what) => `guest-${where}-${what}`, wide: size !== PHONE });
  await page.context().close();
  fake.close();
}
// Listening in and reviews, on another.
for (const [size, where] of [[DESKTOPS[0], '1366'], [PHONE, 'phone']]) {
  fake = await begin();
  await lookAtQuality({ fake, open, at, look, signIn, size, where });
  fake.close();
}
fake = world;

const officer = await open('/petugas', PHONE);
await at(officer, 'login').waitFor();
await look(officer, 'officer-1-sign-in');
await signIn(officer, 'officer');
await at(officer, 'on-duty').waitFor();
await look(officer, 'officer-2-off-duty');
await at(officer, 'on-duty').click();
fake.world.tasks.length = 0;
fake.world.ask('operator', { type: 'CancelAlert', alert: fake.world.alerts[0].alert });
fake.world.ask('operator', { type: 'DispatchUnit', incident: fake.world.incidents[0].incident, unit: 2 });
fake.push();
await at(officer, 'alert').waitFor();
await look(officer, 'officer-3-alert');
await at(officer, 'step-acknowledged').click();
await at(officer, 'step-en_route').click();
await at(officer, 'request-help').click();
await look(officer, 'officer-4-en-route');

const citizen = await open('/lacak#demo', PHONE);
await at(citizen, 'report').waitFor();
await look(citizen, 'citizen-1-on-the-way');
fake.world.ask('operator', { type: 'CloseIncident', incident: fake.world.incidents[0].incident, answer: 'handled' });
fake.push();
await at(citizen, 'track-answer').waitFor();
await look(citizen, 'citizen-2-closed');
const stranger = await open('/lacak#wrong', PHONE);
await at(stranger, 'track-unknown').waitFor();
await look(stranger, 'citizen-3-unknown');

const admin = await open('/admin', DESKTOPS[0]);
await signIn(admin, 'admin');
await at(admin, 'person').first().waitFor();
await at(admin, 'person-add').click();
await look(admin, 'admin-1-people');
await at(admin, 'tab-stations').click();
await look(admin, 'admin-2-stations');
await look(await open('/', PHONE), 'home');

await browser.close();
fake.close();
for (const problem of problems) console.log(problem);
console.log(`${looks} looks, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
