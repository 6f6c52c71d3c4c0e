import { expect, test } from 'vitest';
import { keepAssignment, KEPT_MS, keptAssignment } from './assignment';
import type { AlertCard, Command, IncidentCard, Refused, SelfCard } from './messages.gen';
import { RequestRefused } from './socket';
import { type Pressed, Steps } from './steps';

const shelf = () => {
  const all = new Map<string, string>();
  return { getItem: (key: string) => all.get(key) ?? null, setItem: (key: string, value: string) => void all.set(key, value), removeItem: (key: string) => void all.delete(key), all };
};
const pressed = (step: Pressed['step'], alert = 7): Pressed => ({ login: 'slm01', alert, step, at: 1 });
const card = (status: AlertCard['status'], alert = 7) => new Map([[alert, { alert, status } as AlertCard]]);

/** A server that notes what it is asked, until its link goes. */
function world(status: AlertCard['status'] = 'delivered') {
  const asked: Command[] = [];
  const told: [Pressed, Refused?][] = [];
  const storage = shelf();
  const server = { alerts: card(status), link: true, answerLost: false, refuses: undefined as Refused | undefined };
  const ask = (command: Command) => {
    if (!server.link) return Promise.reject(new Error('lost'));
    if (server.refuses) return Promise.reject(new RequestRefused(server.refuses));
    asked.push(command);
    if (command.type === 'AdvanceAlert') server.alerts = card(command.status, command.alert);
    return server.answerLost ? Promise.reject(new Error('lost')) : Promise.resolve();
  };
  const begin = () => new Steps(storage, ask, (...what) => told.push(what));
  return { asked, told, storage, server, begin, say: (steps: Steps) => steps.say('slm01', () => server.alerts) };
}

test('steps pressed without a network outlive a reload and arrive in order, each once', async () => {
  const w = world();
  w.server.link = false;
  const before = w.begin();
  for (const step of ['acknowledged', 'en_route', 'en_route', 'on_scene'] as const) before.press(pressed(step));
  await w.say(before);
  expect(w.asked).toEqual([]);
  expect(before.pending(7)).toBe('on_scene');
  w.server.link = true;
  const after = w.begin();
  await w.say(after);
  expect(w.asked.map((command) => command.type === 'AdvanceAlert' && command.status)).toEqual(['acknowledged', 'en_route', 'on_scene']);
  expect(after.pending(7)).toBeUndefined();
  expect(w.storage.all.size).toBe(0);
});

test('an answer that was lost is not said twice', async () => {
  const w = world();
  const steps = w.begin();
  steps.press(pressed('acknowledged'));
  w.server.answerLost = true;
  await w.say(steps);
  w.server.answerLost = false;
  await w.say(steps);
  expect(w.asked.length).toBe(1);
  expect(steps.pending(7)).toBeUndefined();
});

test('what the server will not have, and what nobody waits for, is told and kept no longer', async () => {
  const w = world();
  const steps = w.begin();
  steps.press(pressed('acknowledged'));
  w.server.refuses = { id: 1, code: 'state', field: '', message: 'no' };
  await w.say(steps);
  expect(w.told.map(([what, why]) => [what.step, why?.code])).toEqual([['acknowledged', 'state']]);
  w.server.refuses = undefined;
  steps.press(pressed('done', 8)); // called off meanwhile
  steps.press({ ...pressed('done'), login: 'another' }); // of whoever had the phone before
  await w.say(steps);
  expect(w.told.map(([what]) => what.alert)).toEqual([7, 8]);
  expect(w.asked).toEqual([]);
  expect(w.storage.all.size).toBe(0);
});

test('what is kept is bounded, and what is no list of steps is no steps', () => {
  const w = world();
  const steps = w.begin();
  for (let alert = 1; alert <= 40; alert++) steps.press(pressed('done', alert));
  expect(steps.pending(24)).toBeUndefined();
  expect(steps.pending(25)).toBe('done');
  w.storage.setItem('sigap.steps', '[{"alert":"x"}]');
  expect(w.begin().pending(25)).toBeUndefined();
  w.storage.setItem('sigap.steps', '{');
  expect(w.begin().pending(25)).toBeUndefined();
});

test('an assignment is kept until it is over, or too long ago', () => {
  const storage = shelf();
  const one = { self: { login: 'slm01' } as SelfCard, alert: { alert: 7 } as AlertCard, incident: { incident: 3 } as IncidentCard };
  keepAssignment(storage, one, 1000);
  expect(keptAssignment(storage, 1000 + KEPT_MS - 1)?.incident.incident).toBe(3);
  expect(keptAssignment(storage, 1000 + KEPT_MS)).toBeUndefined();
  expect(storage.all.size).toBe(0);
  keepAssignment(storage, one, 1000);
  keepAssignment(storage, undefined, 1001);
  expect(keptAssignment(storage, 1002)).toBeUndefined();
});
