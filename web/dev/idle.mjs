// What an idle console costs its machine: signed in, headset tested, not ready, nobody calls. 20 seconds of each build in turn,
// with WebGL in software and without WebGL, as a police station's old office machine has it; at rest, and while the nation's
// board changes twice a second. Seconds are the processor's, whoever else uses the machine. The figures of one run compare.
// usage: npm run idle -- DIST [DIST ...]
import { chromium } from 'playwright-core';
import { startFake } from './fake_server.mjs';

const SECONDS = 20;
const MAPS = { webgl: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'], plain: ['--disable-gpu', '--disable-3d-apis'] };
const COUNTED = ['LayoutCount', 'RecalcStyleCount'];
const TIMED = ['TaskDuration', 'ScriptDuration', 'LayoutDuration'];

const measure = async (dist, map, busy) => {
  const fake = await startFake({ dist });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', ...MAPS[map]] });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, permissions: ['microphone'] });
  const page = await context.newPage();
  // What asks for frames at rest: the page's own loops.
  await page.addInitScript(() => {
    window.frames_asked = 0;
    const ask = window.requestAnimationFrame;
    window.requestAnimationFrame = (act) => (window.frames_asked++, ask(act));
  });
  await page.goto(`${fake.url}/konsol`);
  const at = (id) => page.getByTestId(id);
  await at('login').fill('operator');
  await at('password').fill('x');
  await at('sign-in').click();
  await at('headset-start').click();
  await at('headset-finish').click();
  await at('ready').waitFor();
  await page.locator('[data-testid="map"][data-drawn="true"]').waitFor();
  // As a nation is: a board that changes twice a second.
  const board = busy && setInterval(() => {
    fake.world.board = { talking: Math.floor(Date.now() / 500) % 7 };
    fake.push();
  }, 500);
  await page.waitForTimeout(3000); // the map has come to rest
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const look = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return { ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])), frames: await page.evaluate(() => window.frames_asked) };
  };
  const before = await look();
  await page.waitForTimeout(SECONDS * 1000);
  const after = await look();
  clearInterval(board);
  await browser.close();
  fake.close();
  return Object.fromEntries([...TIMED, ...COUNTED, 'frames'].map((name) => [name, after[name] - before[name]]));
};

for (const map of Object.keys(MAPS))
  for (const busy of [false, true])
    for (const dist of process.argv.slice(2)) {
      const seen = await measure(dist, map, busy);
      console.log(`${map.padEnd(6)} ${busy ? 'board' : 'rest '} ${dist}: main thread ${seen.TaskDuration.toFixed(2)} s of ${SECONDS}, script ${seen.ScriptDuration.toFixed(2)} s, layout ${seen.LayoutDuration.toFixed(2)} s, ` +
        `${COUNTED.map((name) => `${name} ${seen[name]}`).join(', ')}, frames asked ${seen.frames}`);
    }
