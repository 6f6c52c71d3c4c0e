// Slow is not broken: what the scripts' patience makes of a machine.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { machineInWords, outOfBreath, Patience, slowness } from './patience.mjs';
import { until, watch } from './kit.mjs';

const look = (at, { all = at, idle = at, held = 0, mine = [] } = {}) => ({ at, all, idle, held, mine: new Map(mine) });

test('a machine is out of breath when it is busy, held back, late, or one process uses a whole core', () => {
  assert.equal(outOfBreath(look(0), look(10, { all: 20, idle: 19 })), '');
  assert.match(outOfBreath(look(0), look(10, { all: 20, idle: 2 })), /busy 90 %/);
  assert.match(outOfBreath(look(0), look(10, { all: 20, idle: 19, held: 5 })), /held it back/);
  assert.match(outOfBreath(look(0), look(10, { all: 20, idle: 19 }), 4), /came late/);
  assert.match(outOfBreath(look(0, { mine: [[7, 1]] }), look(10, { all: 80, idle: 70, mine: [[7, 10.5]] })), /\(7\) used a whole/);
  assert.equal(outOfBreath(look(0, { mine: [[7, 1]] }), look(10, { all: 80, idle: 78, mine: [[7, 3]] })), '');
});

test('a limit is longer on a slow machine, and how slow it is is said', () => {
  const { core, whole, cores } = slowness();
  assert.ok(core >= 1 && whole >= 1 && whole <= 10 && cores >= 1);
  assert.equal(new Patience(3).limit, 3 * whole);
  assert.match(machineInWords(), /^this machine has \d+ processors? and is /);
});

test('what does not come is told with its name, and whether the machine had time', async () => {
  await assert.rejects(until('nothing', () => false, 0.2), /^Error: nothing: not within \d+ s, /);
  let tries = 0;
  assert.equal(await until('the third try', () => ++tries === 3 && 'here', 0.2), 'here');
});

test('a process that ended is not waited for', async () => {
  const child = spawn('false');
  const unwatch = watch('the process', child, () => 'its words');
  await assert.rejects(until('its work', () => false, 3600), /its work: the process ended \(1\): its words/);
  unwatch();
});

test('a page that has nothing to show yet is asked again', async () => {
  let tries = 0;
  const slow = () => {
    if (++tries < 3) throw Object.assign(new Error('Timeout 30000ms exceeded'), { name: 'TimeoutError' });
    return true;
  };
  assert.equal(await until('the page', slow), true);
  await assert.rejects(until('the page', () => { throw new Error('closed'); }), /closed/);
});
