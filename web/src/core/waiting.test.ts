import { expect, test } from 'vitest';
import type { BoardCard, CallCard, SelfCard, TaskCard } from './messages.gen';
import { Store } from './store';
import { alarmsOf, waitingForYou } from './waiting';

function store(state: string, board: Partial<BoardCard>): Store {
  const it = new Store();
  it.self = { state } as SelfCard;
  it.board = { unserved: 0, unserved_home: '', ...board } as BoardCard;
  it.calls.set(7, { call: 7, number: '+62811' } as CallCard);
  return it;
}
const waits = { unserved: 2, unserved_since: 1000, unserved_next: 7, unserved_home: 'Polres Sleman' };

test('who is not ready is told who waits; who is ready, rings or talks is not', () => {
  expect(waitingForYou(store('not_ready', waits))).toEqual({ count: 2, since: 1000, next: { call: 7, number: '+62811' }, home: 'Polres Sleman' });
  for (const state of ['ready', 'offered', 'talking', 'wrap_up']) expect(waitingForYou(store(state, waits)), state).toBeUndefined();
  expect(waitingForYou(store('not_ready', {})), 'nobody waits').toBeUndefined();
  expect(waitingForYou(new Store()), 'nothing is known yet').toBeUndefined();
});

test('of a caller beyond the reach the station is said and no number', () => {
  expect(waitingForYou(store('not_ready', { ...waits, unserved_next: 8 }))).toMatchObject({ next: undefined, home: 'Polres Sleman' });
});

let tasks = 0;
const task = (kind: TaskCard['kind'], more: Partial<TaskCard> = {}) => ({ task: ++tasks, kind, opened: 1000 * tasks, ...more }) as TaskCard;

test('one alarm an incident, the worst of it, with how many there are', () => {
  const all = [task('unanswered_alarm', { incident: 3 }), task('unanswered_alarm', { incident: 3 }), task('unanswered_alarm', { incident: 4 }), task('callback')];
  expect(alarmsOf(all).map(({ label, count }) => [label, count])).toEqual([['#3', 2], ['#4', 1]]);
  const danger = alarmsOf([...all, task('officer_help', { incident: 3, unit: 'SLM-01' })]);
  expect(danger[0]).toMatchObject({ kind: 'officer_help', label: 'SLM-01', count: 3 });
  expect(danger).toHaveLength(2);
});

test('what an officer saw is an alarm, and nobody answering there is a worse one', () => {
  const saw = task('field_report', { incident: 5, unit: 'SLM-02' });
  expect(alarmsOf([saw])).toMatchObject([{ kind: 'field_report', label: 'SLM-02', incident: 5 }]);
  expect(alarmsOf([saw, task('unanswered_alarm', { incident: 5 })])).toMatchObject([{ kind: 'unanswered_alarm', count: 2, since: saw.opened }]);
  expect(alarmsOf([{ ...saw, taken_by: 'x' }])).toEqual([]);
});

test('officers without an incident are told apart, and what somebody took is none', () => {
  expect(alarmsOf([task('officer_help', { unit: 'A' }), task('officer_help', { unit: 'B' }), task('officer_help', { unit: 'C', taken_by: 'x' })]).map(({ label }) => label)).toEqual(['A', 'B']);
});

test('an officer who calls for help stands first, whenever it came; the others by how long they wait', () => {
  const all = [task('unanswered_alarm', { incident: 9 }), task('unanswered_alarm', { incident: 8, opened: 1 }), task('officer_help', { unit: 'SLM-03' })];
  expect(alarmsOf(all).map(({ label, since }) => [label, since])).toEqual([['SLM-03', all[2]!.opened], ['#8', 1], ['#9', all[0]!.opened]]);
  expect(alarmsOf(all)[0]).toMatchObject({ task: all[2]!.task, incident: undefined });
});
