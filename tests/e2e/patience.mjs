// How long a script waits, for everything: one place for the limits, and what tells a slow machine from a broken one.
// A limit is said in seconds of an ordinary machine with time to spare, and is stretched by how slow this one is. When
// it is over, the machine is looked at: as long as it is out of breath (its processors are busy, we come late ourselves,
// a process of ours burns a whole core, a group of processes is held back) what we wait for may still come, and waiting
// goes on, up to kMost times the limit. A machine that has time to spare and does not do it is broken, and so is one
// whose process has ended.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Seconds, own: about ten times what each takes on an ordinary machine. */
export const LIMITS = {
  step: 15, // anything that a person sees happen
  start: 60, // a new installation, with its databases and its media process
  restart: 20, // the server on data that is there
  page: 30, // Playwright: a page loads, an element can be clicked
};
/** A machine ten times slower, in a bad hour. */
const kMost = 20;
const kSlowest = 10;

/** Some 80 ms of a core of 2021 (measured: AMD EPYC, alone). */
const kOrdinary_ms = 80;
function work(turns) {
  let x = 1;
  for (let i = 0; i < turns; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  return x;
}

let measured;
/** How many times longer than on an ordinary core that is all ours: `core` by processor time, `whole` as clocks see it. */
export function slowness() {
  if (measured) return measured;
  for (let i = 0; i < 20; i++) work(2_000_000); // compiled from here on
  const used = process.cpuUsage();
  const began = performance.now();
  for (let i = 0; i < 3; i++) work(40_000_000);
  const wall = (performance.now() - began) / 3;
  const { user, system } = process.cpuUsage(used);
  const within = (ratio) => Math.min(kSlowest, Math.max(1, ratio));
  measured = { core: within((user + system) / 3000 / kOrdinary_ms), whole: within(wall / kOrdinary_ms), cores: availableParallelism() };
  return measured;
}

/** One line for whoever reads the output. */
export function machineInWords() {
  const { core, whole, cores } = slowness();
  const slow = whole < 1.5 ? 'as fast as an ordinary one' : `${whole.toFixed(1)} times slower than an ordinary one`;
  const why = whole < 1.5 * core ? '' : ' (others use it, too)';
  return `this machine has ${cores} processor${cores === 1 ? '' : 's'} and is ${slow}${why}`;
}

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // a process that ended, or a system without it
  }
};
/** Seconds for which a limit of our group of processes held it back, by either version of cgroups. */
function heldBack() {
  for (const line of read('/proc/self/cgroup').trim().split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined || (controllers && !controllers.split(',').includes('cpu'))) continue;
    const text = read(`/sys/fs/cgroup/${controllers}${path}/cpu.stat`);
    const [, unit, count] = /^throttled_(usec|time) (\d+)/m.exec(text) ?? [];
    if (unit) return Number(count) / (unit === 'usec' ? 1e6 : 1e9);
  }
  return 0;
}
const kTicks = 100; // a second, of Linux' USER_HZ

/** What was used until now: by the machine, and by each process below this one, in seconds. */
function used() {
  const [, ...ticks] = (/^cpu .*/m.exec(read('/proc/stat'))?.[0] ?? '').split(/\s+/).map(Number);
  const all = ticks.slice(0, 8).reduce((sum, n) => sum + n, 0) / kTicks;
  const mine = new Map();
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const fields = read(`/proc/${name}/stat`).split(') ').at(-1).split(' ');
    if (fields.length < 20) continue;
    parents.set(Number(name), Number(fields[1]));
    mine.set(Number(name), (Number(fields[11]) + Number(fields[12])) / kTicks);
  }
  const ours = (pid) => {
    for (let at = parents.get(pid); at; at = parents.get(at)) if (at === process.pid) return true;
    return false;
  };
  for (const pid of [...mine.keys()]) if (!ours(pid)) mine.delete(pid);
  // Waiting for a disk is no idleness of ours.
  return { at: performance.now() / 1000, all, idle: (ticks[3] ?? 0) / kTicks, held: heldBack(), mine };
}

/** Why what we wait for may come later than on a machine with time to spare; '' when nothing speaks for it. */
export function outOfBreath(before, now, late = 0) {
  const span = Math.max(now.at - before.at, 0.001);
  const share = now.all > before.all ? 1 - (now.idle - before.idle) / (now.all - before.all) : 0;
  if (share > 0.7) return `its processors were busy ${Math.round(share * 100)} % of the time`;
  if (now.held - before.held > 0.1 * span) return 'a limit on its processor time held it back';
  if (late > 0.3 * span) return 'this script itself came late';
  for (const [pid, seconds] of now.mine)
    if (seconds - (before.mine.get(pid) ?? seconds) > 0.8 * span) return `a process of ours (${pid}) used a whole processor`;
  return '';
}

/** Of one wait. */
export class Patience {
  constructor(seconds) {
    this.seconds = seconds;
    this.limit = seconds * slowness().whole;
    this.began = this.turn = performance.now() / 1000;
    this.before = undefined;
    this.late = 0;
    this.look = this.began + this.limit / 2; // what is judged is the second half
  }

  /** Sleeps between two tries, and notices when it is woken late. */
  async pause(ms = 50) {
    const began = performance.now();
    await new Promise((done) => setTimeout(done, ms));
    this.late += Math.max(0, performance.now() - began - 2 * ms) / 1000;
  }

  /** Why nobody should wait any longer; '' while somebody should. */
  over() {
    const now = performance.now() / 1000;
    if (now < this.look) return '';
    const seen = used();
    const waited = Math.round(now - this.began);
    if (!this.before || now - this.began < this.limit) {
      if (!this.before) [this.before, this.late] = [seen, 0];
      this.look = Math.max(this.began + this.limit, now + 1);
      return '';
    }
    const why = outOfBreath(this.before, seen, this.late);
    if (!why) return `not within ${waited} s, and the machine had time to spare: broken, not slow`;
    if (now - this.began > this.seconds * kMost) return `not within ${waited} s, though waited ${kMost} times as long as usual: ${why}`;
    [this.before, this.late] = [seen, 0];
    this.look = now + Math.max(2, this.limit / 4);
    return '';
  }
}
