// What every end-to-end script needs: free ports, a running installation, callers (SIPp), browsers (Chromium).
// All on loopback, in a scratch folder; whatever is started is ended by its process id.
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { LIMITS, Patience, slowness } from './patience.mjs';

export const TOP = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const fromWeb = createRequire(join(TOP, 'web/package.json'));
const { chromium } = fromWeb('playwright-core');

export const PROGRAM = process.env.SIGAP ?? join(TOP, 'build/release/apps/sigap');
const CHROMIUM = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection',
  '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const watched = new Set();
/** A process without which nothing that is waited for can come. Yields how to stop watching it. */
export function watch(name, child, words) {
  const entry = { name, child, words };
  watched.add(entry);
  return () => watched.delete(entry);
}

/** Waits until `condition` yields something true; names what did not come, and why it was not waited for any longer. The
 * seconds are those of an ordinary machine (patience.mjs). */
export async function until(what, condition, seconds = LIMITS.step) {
  const patience = new Patience(seconds);
  const unlessLate = (error) => {
    if (error.name !== 'TimeoutError') throw error; // Playwright's: not there yet
  };
  while (true) {
    const seen = await Promise.resolve().then(condition).catch(unlessLate);
    if (seen) return seen;
    for (const { name, child, words } of watched)
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${what}: ${name} ended (${child.exitCode ?? child.signalCode}): ${words()}`);
    const over = patience.over();
    if (over) throw new Error(`${what}: ${over}`);
    await patience.pause();
  }
}

/** Waits until something is to be seen on a page. */
export const appears = (page, id) => until(`"${id}" on the page`, () => at(page, id).first().isVisible());
/** Clicks what is or will be there. */
export async function press(page, id) {
  await appears(page, id);
  await at(page, id).first().click();
}

export class Installation {
  static async start(options = {}) {
    const it = new Installation();
    it.scratch = options.scratch ?? mkdtempSync(join(tmpdir(), 'sigap-e2e-'));
    it.data = join(it.scratch, 'data');
    // In a network (`lan`: the machine's address there) pages come by HTTPS, and plain HTTP leads to it.
    it.lan = options.lan;
    it.http = `${it.lan ?? '127.0.0.1'}:${options.http ?? (await freePort())}`;
    it.plain = `${it.lan}:${it.lan ? await freePort() : 0}`;
    it.sip = `127.0.0.1:${options.sip ?? (await freePort())}`;
    it.callee = await freePort(); // where calls of ours ring
    it.ringBack = options.ringBack ?? 0;
    it.webCalls = options.webCalls ?? 200;
    it.secondFactor = options.secondFactor ?? 'offered';
    it.reviewedPercent = options.reviewedPercent ?? 3;
    await it.launch();
    return it;
  }

  async launch() {
    const credentials = join(this.scratch, 'credentials.json');
    rmSync(credentials, { force: true });
    this.log = '';
    this.process = spawn(PROGRAM, ['demo', '--data', this.data, '--http', this.http, '--sip', this.sip, '--call-to',
      `127.0.0.1:${this.callee}`, '--ring-back', String(this.ringBack), '--web-calls', String(this.webCalls), '--second-factor', this.secondFactor, '--reviewed-percent', String(this.reviewedPercent), '--demo-credentials', credentials,
      ...(this.lan ? ['--lan', '--plain', this.plain] : [])], { cwd: TOP, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on('data', (text) => (this.log += text));
    this.unwatch = watch('the server', this.process, () => this.words());
    await until('the server', () => existsSync(credentials) && this.log.includes('Ctrl-C'), LIMITS.start);
    this.people = Object.fromEntries(JSON.parse(readFileSync(credentials, 'utf8')).people.map((p) => [p.login, p]));
  }

  /** What it printed, without the passwords. */
  words() {
    return this.log.replace(/^.*password.*$|^\s+\S+\s+(\S+-){3}\S+.*$/gm, '').trim();
  }

  /** kill -9 the server; the media process stays. Its watcher, too, sleeps until restart(). */
  async kill() {
    const server = this.serverPid();
    process.kill(this.process.pid, 'SIGSTOP');
    process.kill(server, 'SIGKILL');
    await until('the death', () => hasEnded(server));
  }

  /** The server again, on the same data and ports. */
  async restart() {
    process.kill(this.process.pid, 'SIGCONT');
    await until('the server again', () => this.health().catch(() => undefined), LIMITS.restart);
  }

  /** The media process, as the server noted it. */
  mediaPid() {
    return Number(readFileSync(join(this.data, 'rtpengine.pid'), 'utf8'));
  }

  /** The id of the server process under the demo. */
  serverPid() {
    const children = readFileSync(`/proc/${this.process.pid}/task/${this.process.pid}/children`, 'utf8').trim().split(' ');
    return Number(children[0]);
  }

  /** `sigap COMMAND --data DATA ...`: what it prints. */
  sigap(...args) {
    return execFileSync(PROGRAM, [...args, '--data', this.data], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  }

  /** The journal's events, one a line. */
  journal(...options) {
    return this.sigap('journal', 'show', '--from', '544', '--most', '100000', '--keys', `${this.data}.keys`, ...options);
  }

  events() {
    return this.journal().trim().split('\n').map((line) => JSON.parse(line));
  }

  /// Of the event at this position. Reports come together, twice a second.
  effectDone(position) {
    return this.events().some(({ body }) => body.type === 'EffectsDone' && body.effects.includes(position));
  }

  /** Of the pages. */
  get url() {
    return `${this.lan ? 'https' : 'http'}://${this.http}`;
  }

  async health() {
    return JSON.parse(this.lan ? await this.#overTls('/healthz') : await (await fetch(`${this.url}/healthz`)).text());
  }

  /** The local authority that who comes by HTTPS has to trust. */
  authority() {
    return readFileSync(`${this.data}.lan/ca.crt`);
  }

  async #overTls(path) {
    const [reply] = await once(get(this.url + path, { ca: this.authority() }), 'response');
    let text = '';
    for await (const piece of reply) text += piece;
    return text;
  }

  async stop({ keep = false } = {}) {
    this.unwatch?.();
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      await ended;
    }
    if (!keep) rmSync(this.scratch, { recursive: true, force: true });
  }
}

/** A tone as raw A-law, where SIPp looks for it. */
export async function toneFile(folder) {
  const file = join(folder, 'tone.al');
  await run('sox', ['-q', '-n', '-t', 'al', '-r', '8000', '-c', '1', file, 'synth', '5', 'sine', '600', 'gain', '-6']);
}

export async function run(program, args) {
  const child = spawn(program, args, { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}

let sipps = 0;
/** One SIPp. `end()` resolves with its exit code: 0 when its scenario went as written. */
export async function sipp(installation, scenario, { keys = {}, calls = 1, extra = [], transport = 'u1', port } = {}) {
  const errors = join(installation.scratch, `sipp-${++sipps}.txt`);
  const args = [installation.sip, '-sf', join(TOP, 'tests/sipp', scenario), '-m', String(calls), '-i', '127.0.0.1', '-p',
    String(port ?? (await freePort())), '-mp', String(await freePort()), '-t', transport, '-nostdin', '-trace_err', '-error_file', errors,
    ...Object.entries(keys).flatMap(([key, value]) => ['-key', key, String(value)]), ...extra];
  const child = spawn('sipp', args, { cwd: installation.scratch, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (text) => (words += text));
  const ended = once(child, 'exit').then(([code]) => {
    if (code > 0 && existsSync(errors)) console.log(`${scenario} ended with ${code}: ${readFileSync(errors, 'utf8')}`);
    return { code, words };
  });
  return { child, end: () => ended, kill: () => child.kill('SIGKILL') };
}

/** ITU-T G.711. */
function toALaw(value) {
  const size = Math.min(Math.round(Math.abs(value)), 32_635);
  const segment = size < 256 ? 0 : Math.floor(Math.log2(size)) - 7;
  const step = segment === 0 ? size >> 4 : (size >> (segment + 3)) & 15;
  return ((value < 0 ? 0 : 0x80) | (segment << 4) | step) ^ 0x55;
}

/** A caller's telephone beside phone_caller.xml: speaks (a tone) or says nothing, hears, presses keys (RFC 4733, payload
 * type 101). */
export class Phone {
  static async open() {
    const it = new Phone();
    it.heard = 0; // packets of sound
    it.socket = createSocket('udp4');
    it.socket.on('message', (packet, from) => {
      it.peer = from.port; // whoever speaks to us is who we speak to
      it.heard += packet.length > 12 && (packet[1] & 0x7f) === 8 && packet.subarray(12).some((sample) => (sample & 0x7f) !== 0x55);
    });
    it.socket.bind(0, '127.0.0.1');
    await once(it.socket, 'listening');
    it.port = it.socket.address().port;
    it.sequence = 1;
    it.speaks = false;
    const tone = Buffer.from(Array.from({ length: 160 }, (_, i) => toALaw(8000 * Math.sin((2 * Math.PI * i) / 16))));
    it.timer = setInterval(() => it.peer && it.#send(8, it.speaks ? tone : Buffer.alloc(160, 0xd5)), 20);
    return it;
  }

  #send(type, payload, { marked = false, stamp = this.sequence * 160 } = {}) {
    const header = Buffer.from([0x80, (marked ? 0x80 : 0) | type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]);
    header.writeUInt16BE(this.sequence++ & 0xffff, 2);
    header.writeUInt32BE(stamp, 4);
    this.socket.send(Buffer.concat([header, payload]), this.peer, '127.0.0.1');
  }

  /** Holds a key for 100 ms; its end is said three times. */
  async press(key) {
    const stamp = this.sequence * 160;
    for (let i = 1; i <= 7; i++) {
      const payload = Buffer.from([Number(key), i > 4 ? 0x8a : 0x0a, 0, 0]);
      payload.writeUInt16BE(160 * Math.min(i, 5), 2);
      this.#send(101, payload, { marked: i === 1, stamp });
      if (i < 5) await pause(20);
    }
  }

  /** The same as sound, for a telephone that can say it in no other way: two tones (ITU-T Q.23) for 120 ms. */
  async pressAsSound(key) {
    const at = '123456789*0#'.indexOf(key);
    const [row, column] = [[697, 770, 852, 941][Math.floor(at / 3)], [1209, 1336, 1477][at % 3]];
    clearInterval(this.timer);
    for (let packet = 0; packet < 6; packet++) {
      const sound = Buffer.alloc(160);
      for (let i = 0; i < 160; i++) {
        const turn = (2 * Math.PI * (packet * 160 + i)) / 8000;
        sound[i] = toALaw(4000 * (Math.sin(row * turn) + Math.sin(column * turn)));
      }
      this.#send(8, sound);
      await pause(20);
    }
    this.timer = setInterval(() => this.#send(8, Buffer.alloc(160, 0xd5)), 20);
  }

  close() {
    clearInterval(this.timer);
    this.socket.close();
  }
}

const LAUNCH = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: CHROMIUM };

/** `program`: another than this machine's, e.g. one within another network. */
export async function openBrowser(program = LAUNCH.executablePath) {
  return chromium.launch({ ...LAUNCH, executablePath: program });
}

/** A browser whose owner trusts the installation's local authority, as a person makes it do. */
export async function openTrustingBrowser(installation) {
  const home = join(installation.scratch, 'home'), store = join(home, '.pki/nssdb');
  mkdirSync(store, { recursive: true });
  execFileSync('certutil', ['-d', `sql:${store}`, '-N', '--empty-password']);
  execFileSync('certutil', ['-d', `sql:${store}`, '-A', '-n', 'sigap', '-t', 'C,,', '-i', `${installation.data}.lan/ca.crt`]);
  return chromium.launch({ ...LAUNCH, env: { ...process.env, HOME: home } });
}

/** Gone, or a zombie that its parent has not looked at. Not by its `exe`: the server's is root's alone to see. */
function hasEnded(pid) {
  try {
    return /^ [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1));
  } catch {
    return true;
  }
}

/** A browser that lets nothing be heard before somebody clicks, as people have it. */
export async function openQuietBrowser() {
  const args = CHROMIUM.map((one) => (one.startsWith('--autoplay-policy=') ? '--autoplay-policy=document-user-activation-required' : one));
  return chromium.launch({ ...LAUNCH, args });
}

/** A browser whose every process can be stopped in the middle, as a machine that hangs: freeze(), thaw(). */
export async function openFragileBrowser() {
  const server = await chromium.launchServer(LAUNCH);
  const browser = await chromium.connect(server.wsEndpoint());
  const children = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  const family = (pid) => [pid, ...children(pid).flatMap(family)];
  let stopped = [];
  browser.freeze = () => {
    stopped = family(server.process().pid);
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
  };
  browser.thaw = () => stopped.forEach((pid) => process.kill(pid, 'SIGCONT'));
  browser.end = () => server.close();
  return browser;
}

/** A page of its own person: cookies are not shared between them. */
export async function openPage(browser, installation, path, { width = 1366, height = 768, geolocation, mobile = false, ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    permissions: ['microphone', ...(geolocation ? ['geolocation'] : [])],
    ...(geolocation ? { geolocation } : {}),
    ...(mobile ? { isMobile: true, hasTouch: true } : {}),
    ...more,
  });
  context.setDefaultTimeout(LIMITS.page * 1000 * slowness().whole);
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  // A page without a session is refused its socket and shows the sign-in: no problem of the page.
  page.on('console', (message) =>
    message.type() === 'error' && !message.text().includes('HTTP Authentication failed') && page.problems.push(message.text()));
  await page.goto(installation.url + path);
  return page;
}

/** What axe-core (WCAG 2.2 AA and its best practice) objects to on a page, a line each. */
export async function objections(page) {
  await page.evaluate(readFileSync(join(TOP, 'web/node_modules/axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(' ')} (${n.any[0]?.message ?? ''})`).slice(0, 4).join('; ')}`);
  }, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
}

export const at = (page, id) => page.locator(`[data-testid="${id}"]`);

export async function signIn(page, person) {
  await appears(page, 'login');
  await at(page, 'login').fill(person.login);
  await at(page, 'password').fill(person.password);
  await at(page, 'sign-in').click();
}

/** In the form for one's own password, wherever it is. */
export async function choosePassword(page, old, fresh) {
  await appears(page, 'own-password-old');
  await at(page, 'own-password-old').fill(old);
  await at(page, 'own-password-new').fill(fresh);
  await at(page, 'own-password-save').click();
}

/** Signed in, headset tested, ready. */
export async function readyOperator(page, person) {
  await signIn(page, person);
  for (const button of ['headset-start', 'headset-finish', 'ready']) await press(page, button);
  await until('ready', async () => (await at(page, 'own-state').getAttribute('data-state')) === 'ready');
}

/** What most scripts begin with: an installation, a browser, and operator1 ready at the console (`page`). */
export class Desk {
  static async open(options) {
    const it = new Desk();
    it.installation = await Installation.start(options);
    it.browser = await openBrowser();
    await toneFile(it.installation.scratch);
    it.page = await openPage(it.browser, it.installation, '/konsol');
    await readyOperator(it.page, it.installation.people.operator1);
    return it;
  }

  async close() {
    await this.browser?.close();
    await this.installation?.stop();
  }

  /** The operator's own state becomes this. */
  async state(wanted, { of = this.page, seconds = 20 } = {}) {
    await until(wanted, async () => (await at(of, 'own-state').getAttribute('data-state')) === wanted, seconds);
  }

  /** A call rings here, and its caller gives up unanswered: a task. */
  async abandoned(number) {
    const keys = { request_uri: `sip:110@${this.installation.sip}`, number };
    const caller = await sipp(this.installation, 'caller.xml', { keys, extra: ['-d', '1200'] });
    await at(this.page, 'answer').waitFor();
    await caller.end();
    await at(this.page, 'task').first().waitFor();
    await this.state('ready');
  }
}

/** A map that is not drawn yet is no picture of it. */
export const mapDrawn = (page) =>
  until('the map', async () => (await at(page, 'map').count()) === 0 || (await at(page, 'map').getAttribute('data-drawn')) === 'true');

/** PICTURES=DIR: a screenshot there, at this width and at a phone's. */
export async function picture(page, name) {
  if (!process.env.PICTURES) return;
  await mapDrawn(page);
  const size = page.viewportSize();
  await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`) });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(process.env.PICTURES, `${name}-phone.png`), fullPage: true });
  await page.setViewportSize(size);
}
