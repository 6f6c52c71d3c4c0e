// What callers by page cost: each waits in Chromium and hears the prompt, encrypted (WebRTC); and how many a core carries.
// usage: node bench/page_callers.mjs [CALLERS [SECONDS]]      (build first: sigapd, sigap, pages; 8 callers, 10 seconds)
// Processor time is counted for the server and for the media process, not for the browser.
import { readFileSync } from 'node:fs';
import { at, Installation, openBrowser, openPage, pause, press, until } from '../tests/e2e/kit.mjs';

const [callers = 8, seconds = 10] = process.argv.slice(2).map(Number);
const TICK_ms = 10; // USER_HZ of Linux is 100
/** Processor time of all threads so far, in ms. Source: proc_pid_stat(5), fields 14 and 15. */
const worked = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_ms;
};

const installation = await Installation.start();
const browser = await openBrowser();
try {
  const measured = async () => {
    const pids = [installation.serverPid(), installation.mediaPid()];
    const before = pids.map(worked);
    await pause(seconds * 1000);
    return pids.map((pid, i) => (worked(pid) - before[i]) / seconds);
  };
  const idle = await measured();
  for (let i = 0; i < callers; i++) {
    const page = await openPage(browser, installation, '/', { width: 390, height: 844, mobile: true });
    await press(page, 'web-call');
    await until('waiting', async () => (await at(page, 'web-call-view').getAttribute('data-phase')) === 'waiting');
    await until('the prompt', () => page.evaluate(async () => ((await window.sigapCall())?.received ?? 0) > 20));
  }
  const busy = await measured();
  const [server, media] = busy.map((ms, i) => (ms - idle[i]) / callers);
  console.log(`${callers} callers by page, ${seconds} s: of each ${server.toFixed(2)} ms/s of the server, ${media.toFixed(2)} ms/s of the media process`);
  console.log(`so many a core: ${Math.floor(1000 / server)} by the server, ${Math.floor(1000 / media)} by the media process`);
} finally {
  await browser.close();
  await installation.stop();
}
