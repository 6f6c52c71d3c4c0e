// A crowd calls: how many calls a second are offered without loss, how soon each rings, what very many who wait cost.
// One row a run. The journal is durable, 543 operators sit at 543 stations, each call comes over the trunk of the next
// station in turn (named as an edge names it) and is hung up by its caller half a second after it was told something.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Operator } from './operator.mjs';
import { freePort, pause, TOP, until } from '../tests/e2e/kit.mjs';

const HELP = `usage: node --experimental-websocket bench/crowd.mjs [options]      (build first: sigapd, sigap)
  --rates LIST     calls a second, one run each (default 50,100,200,400)
  --seconds N      of each run (default 10, at most 120)
  --runs N         of each rate (default 1, at most 10); the best is what the machine can do
  --media WHICH    with, without, both: a prompt and 200, or 180 and CANCEL (default both)
  --waiting N      callers at once with nobody ready: memory, then kill -9 and a start (default 10000, at most 20000)
  --only PART      rates, waiting, both (default both)
  --perf FILE      perf record of the server during the runs, to FILE
SIPp calls from loopback to free ports; SIGAP_BIN is where sigapd and sigap are (default build/release/apps).`;
const { values: option } = parseArgs({
  options: {
    help: { type: 'boolean' }, rates: { type: 'string', default: '50,100,200,400' }, seconds: { type: 'string', default: '10' },
    runs: { type: 'string', default: '1' }, media: { type: 'string', default: 'both' }, waiting: { type: 'string', default: '10000' },
    only: { type: 'string', default: 'both' }, perf: { type: 'string' },
  },
});
if (option.help) {
  console.log(HELP);
  process.exit(0);
}
const bounded = (text, most) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) throw new Error(`${text}: a number from 1 to ${most}`);
  return number;
};
const RATES = option.rates.split(',').map((rate) => bounded(rate, 2000));
const SECONDS = bounded(option.seconds, 120), RUNS = bounded(option.runs, 10), WAITING = bounded(option.waiting, 20_000);
const MEDIA = { with: [true], without: [false], both: [false, true] }[option.media];
if (!MEDIA || !['rates', 'waiting', 'both'].includes(option.only)) throw new Error(HELP);

const BIN = process.env.SIGAP_BIN ?? join(TOP, 'build/release/apps');
const HOLD_ms = 500; // of a caller, after the first thing they are told
const PATIENCE_s = 60; // of a run, after its last call
const PASSWORD = 'a crowd of operators';
const ARRIVALS_WAITING = 250; // a second: how the crowd that waits comes
const stations = readFileSync(join(TOP, 'data/indonesia/stations.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')[0]);
const login = (i) => `operator${i}`;
const load = () => loadavg()[0].toFixed(1);
const percentile = (values, p) => values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))];
const started = new Set(); // what is ended with us, by its id

function start(program, args, options) {
  const child = spawn(program, args, options);
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

class Server {
  static async prepare(media) {
    const it = new Server();
    it.scratch = mkdtempSync(join(tmpdir(), 'sigap-crowd-'));
    it.http = `127.0.0.1:${await freePort()}`;
    it.sip = `127.0.0.1:${await freePort()}`;
    writeFileSync(join(it.scratch, 'stations.csv'), `SEQUENTIAL\n${stations.map((code) => `${code};`).join('\n')}\n`);
    const trunk = (code) => `[[trunk]]\nname = '${code}'\naddresses = ['192.0.2.1']\nstation = '${code}'\n`;
    writeFileSync(join(it.scratch, 'sigap.toml'), `[storage]\ndata = '${it.scratch}/data'\nkeys = '${it.scratch}/keys'
[nation]\nfolder = '${TOP}/data/indonesia'
[web]\nlisten = '${it.http}'\ninsecure_cookie = true\ntrusted_proxies = ['127.0.0.1']
[sip]\nlisten = '${it.sip}'\nedge = ['127.0.0.1']
[media]\nng_port = ${await freePort()}\ndtmf_port = ${await freePort()}\nport_min = 20000\nport_max = 29999
prompts = '${TOP}/build/assets/prompts'\nends_with_server = true\nvoices_max = ${media ? 4000 : 0}\n${stations.map(trunk).join('')}`);
    await it.launch();
    return it;
  }

  async launch() {
    this.log = '';
    this.process = start(join(BIN, 'sigapd'), ['--config', join(this.scratch, 'sigap.toml')], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on('data', (text) => (this.log += text));
    await until('the server', async () => {
      if (this.process.exitCode !== null) throw new Error(`the server ended: ${this.log}`);
      return (await this.health().catch(() => undefined))?.status === 'ok';
    }, 30);
  }

  async health() {
    return (await fetch(`http://${this.http}/healthz`)).json();
  }
  async metric(name) {
    const text = await (await fetch(`http://${this.http}/metrics`)).text();
    return Number(new RegExp(`^sigap_${name} (\\S+)`, 'm').exec(text)[1]);
  }
  /** Milliseconds of processor that the server and its media process have had. */
  processor_ms() {
    const media = readFileSync(join(this.scratch, 'data/rtpengine.pid'), 'utf8').trim();
    return [this.process.pid, media].map((id) => {
      const words = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(words[11]) + Number(words[12])) * 10; // user and system, in ticks of 10 ms
    });
  }
  memory_kB() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))[1]);
  }

  /** One operator at each station, over the administrator's socket. */
  async addOperators() {
    const socket = connect(join(this.scratch, 'data/control.sock'));
    const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
    await lines.next(); // the picture
    for (const [id, station] of stations.entries()) {
      const command = { type: 'AddPerson', login: login(id), name: station, role: 'operator', station, call_sign: '', password: PASSWORD, lasting: true };
      socket.write(`${JSON.stringify({ type: 'Request', id: id + 1, command })}\n`);
      const answer = JSON.parse((await lines.next()).value);
      if (answer.type !== 'Done') throw new Error(JSON.stringify(answer));
    }
    socket.end();
  }

  /** How often each kind of event stands in the journal from here on. */
  async events(from) {
    const shown = start(join(BIN, 'sigap'), ['journal', 'show', '--data', join(this.scratch, 'data'), '--keys',
      join(this.scratch, 'keys'), '--from', String(from), '--most', '10000000'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(shown, 'exit');
    const counts = {};
    for await (const line of createInterface({ input: shown.stdout })) {
      const type = /"type":"(\w+)"/.exec(line)?.[1];
      counts[type] = (counts[type] ?? 0) + 1;
    }
    await ended;
    return counts;
  }

  async stop() {
    if (this.process.exitCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

/** A SIPp with this many callers. `end()` yields how its calls went and when each INVITE was sent. */
async function crowd(server, { scenario, rate, count, hold, numbers }) {
  const [log, figures] = [join(server.scratch, `${numbers}.log`), join(server.scratch, `${numbers}.csv`)];
  const child = start('sipp', [server.sip, '-sf', join(TOP, 'bench', scenario), '-inf', join(server.scratch, 'stations.csv'),
    '-i', '127.0.0.1', '-p', String(await freePort()), '-t', 'u1', '-nostdin', '-aa', '-buff_size', '4194304', '-timer_resol', '1',
    '-r', String(rate), '-m', String(count), '-l', String(count), '-d', String(hold), '-key', 'numbers', numbers,
    '-trace_logs', '-log_file', log, '-trace_stat', '-stf', figures, '-timeout', `${Math.ceil(count / rate + hold / 1000) + PATIENCE_s}s`],
  { cwd: server.scratch, stdio: 'ignore' });
  const ended = once(child, 'exit');
  return {
    end: async () => {
      const [code] = await ended;
      const [names, ...rows] = readFileSync(figures, 'utf8').trim().split('\n').map((line) => line.split(';'));
      const figure = (name) => Number(rows.at(-1)[names.indexOf(name)]);
      const sent = new Map(readFileSync(log, 'utf8').trim().split('\n').map((line) => {
        const words = line.split(/\s+/);
        return [words[0], Number(words.at(-1)) * 1000];
      }));
      return { code, sent, good: figure('SuccessfulCall(C)'), bad: figure('FailedCall(C)'), again: figure('Retransmissions(C)') };
    },
  };
}

const allGone = (server) => until('nobody there', async () => {
  const health = await server.health();
  return health.sip.legs === 0 && health.calls.waiting === 0;
}, PATIENCE_s);

const rang = new Map(); // number -> when its card was on a WebSocket
function told(update) {
  const now = performance.timeOrigin + performance.now();
  for (const card of update.calls)
    if (card.offer !== undefined && !rang.has(card.number)) rang.set(card.number, now);
}

// goal and real: calls a second; callers: whose SIP went as written; again: messages of theirs said again; the last
// three: milliseconds of processor a call, and the machine's load average before and after.
const COLUMNS = ['media', 'goal', 'real', 'calls', 'journal', 'rang', 'callers', 'closed', 'again', 'lost', 'p50 ms', 'p99 ms',
  'calls/commit', 'sigapd', 'rtpengine', 'load'];
const show = (cells) => console.log(cells.map((cell, i) => String(cell ?? '-').padStart(Math.max(7, COLUMNS[i].length))).join(' '));

let serial = 10; // of runs: part of each number
async function runOnce(server, media, rate) {
  rang.clear();
  const count = rate * SECONDS;
  const from = (await server.health()).journal.position + 1;
  const commits = await server.metric('journal_commits_total');
  const processor = server.processor_ms();
  const before = load();
  const callers = await crowd(server, { scenario: media ? 'crowd_answered.xml' : 'crowd_ringing.xml', rate, count, hold: HOLD_ms,
    numbers: `+62811${++serial}` });
  const outcome = await callers.end();
  const after = load();
  await allGone(server).catch(() => {}); // what is left shows in the row
  const made = (await server.metric('journal_commits_total')) - commits;
  const used = server.processor_ms().map((now, i) => (now - processor[i]) / count);
  await pause(600); // reports that ride along
  const events = await server.events(from);
  const waits = [...outcome.sent].filter(([number]) => rang.has(number)).map(([number, at]) => rang.get(number) - at);
  const times = [...outcome.sent.values()];
  const real = (times.length - 1) / ((Math.max(...times) - Math.min(...times)) / 1000);
  const whole = [waits.length, outcome.good, events.CallArrived, events.CallEnded, events.CallClosed].every((n) => n === count);
  show([media ? 'with' : 'without', rate, real.toFixed(0), count, events.CallArrived ?? 0, waits.length, outcome.good, events.CallClosed ?? 0,
    outcome.again, whole ? 'none' : 'SOME', percentile(waits, 0.5)?.toFixed(1), percentile(waits, 0.99)?.toFixed(1), (count / made).toFixed(2),
    used[0].toFixed(2), used[1].toFixed(2), `${before}-${after}`]);
}

async function rates(media) {
  const server = await Server.prepare(media);
  const operators = [];
  try {
    await server.addOperators();
    for (const i of stations.keys())
      operators.push(await Operator.start(server.http, login(i), PASSWORD, told, `10.0.${i >> 8}.${i & 255}`));
    await until('everybody ready', async () => (await server.health()).operators.ready === stations.length, 30);
    const perf = option.perf && start('perf', ['record', '-o', option.perf, '-F', '499', '--call-graph', 'dwarf,8192', '-p',
      String(server.process.pid)], { stdio: 'ignore' });
    for (const rate of RATES) for (let run = 0; run < RUNS; ++run) await runOnce(server, media, rate);
    if (perf) {
      const ended = once(perf, 'exit');
      perf.kill('SIGINT');
      await ended;
    }
  } finally {
    for (const operator of operators) operator.stop();
    await server.stop();
  }
}

/** Very many wait and nobody is ready: what they weigh; then the server is killed, starts, and all are still there. */
async function waiting() {
  const server = await Server.prepare(false);
  try {
    const mb = (kb) => (kb / 1024).toFixed(0);
    const empty = server.memory_kB();
    const hold = (WAITING / ARRIVALS_WAITING) * 1000 + 40_000;
    const callers = await crowd(server, { scenario: 'crowd_ringing.xml', rate: ARRIVALS_WAITING, count: WAITING, hold,
      numbers: `+62811${++serial}` });
    await until('all wait', async () => (await server.health()).calls.waiting === WAITING, WAITING / ARRIVALS_WAITING + PATIENCE_s);
    await pause(2000);
    const full = server.memory_kB();
    console.log(`${WAITING} waiting: ${mb(full)} MB of sigapd, ${mb(empty)} MB with none, ` +
      `${((full - empty) / WAITING).toFixed(1)} kB a call; load ${load()}`);
    const died = once(server.process, 'exit');
    server.process.kill('SIGKILL');
    await died;
    const begin = performance.now();
    await server.launch();
    const took = performance.now() - begin;
    const { sip } = await server.health();
    console.log(`kill -9 and a start: ${(took / 1000).toFixed(2)} s until /healthz says ok, ${sip.legs} legs, ` +
      `${mb(server.memory_kB())} MB; load ${load()}`);
    const outcome = await callers.end();
    await allGone(server);
    const events = await server.events(1);
    console.log(`of ${WAITING}: ${outcome.good} ended properly, ${events.CallArrived} arrivals, ${events.CallClosed} ends in the journal`);
  } finally {
    await server.stop();
  }
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    for (const child of started) child.kill('SIGTERM'); // the server takes its media process along
    process.exit(1);
  });
try {
  if (option.only !== 'waiting') {
    show(COLUMNS);
    for (const media of MEDIA) await rates(media);
  }
  if (option.only !== 'rates') await waiting();
} catch (error) {
  console.log(error);
  process.exitCode = 1;
} finally {
  for (const child of started) child.kill('SIGKILL');
}
process.exit();
