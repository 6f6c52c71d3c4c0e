import { expect, test } from 'vitest';
import type { TaskCard, Update } from './messages.gen';
import { Store } from './store';

const update = (part: Partial<Update>): Update => ({
  seq: 1, full: false, calls: [], incidents: [], units: [], alerts: [], tasks: [], people: [], shifts: [], staff: [], approvals: [], clients: [], refused_sign_ins: [], reviews: [], review_forms: [], cases: [], case_categories: [], stations: [], removed: [], ...part,
});
const task = (id: number): TaskCard => ({ task: id, kind: 'callback', station: 'x', opened: 0, latest: 0, calls: 1, short_ring: false, own: false, taken_by_me: false, can_call: false, ringing_back: false, tries: 0, texts: [] });

test('cards are replaced and removed; a full update forgets what was', () => {
  const store = new Store();
  store.apply(update({ full: true, tasks: [task(1), task(2)] }));
  store.apply(update({ tasks: [{ ...task(2), calls: 5 }], removed: [{ kind: 'task', id: 1 }, { kind: 'unheard of', id: 9 }] }));
  expect([...store.tasks.keys()]).toEqual([2]);
  expect(store.tasks.get(2)?.calls).toBe(5);
  store.apply(update({ full: true }));
  expect(store.tasks.size).toBe(0);
  expect(store.self).toBeUndefined();
});
