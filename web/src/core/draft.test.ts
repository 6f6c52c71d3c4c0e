import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Draft, type Saved } from './draft';

type Form = { place: string; notes: string };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('saves what changed once typing settles', async () => {
  const saved: Partial<Form>[] = [];
  const draft = new Draft<Form>(async (changed) => (saved.push(changed), 'saved'));
  draft.edit({ notes: 'a' });
  draft.edit({ notes: 'ab' });
  expect(draft.state).toBe('unsaved');
  expect(draft.settled('notes')).toBe(false);
  expect(draft.settled('place')).toBe(true);
  await vi.advanceTimersByTimeAsync(500);
  expect(saved).toEqual([{ notes: 'ab' }]);
  expect(draft.state).toBe('saved');
});

test('keeps what could not be saved and sends it again, the newest words winning', async () => {
  let up = false;
  const saved: Partial<Form>[] = [];
  const draft = new Draft<Form>(async (changed) => (up && saved.push({ ...changed }), up ? 'saved' : 'lost'));
  draft.edit({ notes: 'first', place: 'x' });
  await vi.advanceTimersByTimeAsync(500);
  expect(draft.state).toBe('unsaved');
  draft.edit({ notes: 'second' });
  up = true;
  await vi.advanceTimersByTimeAsync(2000);
  expect(saved).toEqual([{ notes: 'second', place: 'x' }]);
  expect(draft.settled('notes')).toBe(true);
});

test('what is typed while a save is under way is saved after it', async () => {
  const saved: Partial<Form>[] = [];
  let release: (done: Saved) => void = () => {};
  const draft = new Draft<Form>((changed) => {
    saved.push({ ...changed });
    return new Promise((resolve) => (release = resolve));
  });
  draft.edit({ notes: 'one' }, true);
  await vi.advanceTimersByTimeAsync(1);
  draft.edit({ notes: 'two' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(saved).toEqual([{ notes: 'one' }]);
  release('saved');
  await vi.advanceTimersByTimeAsync(1000);
  expect(saved).toEqual([{ notes: 'one' }, { notes: 'two' }]);
});

test('what is refused stays on the screen as not saved, takes nothing else with it, and is let go when it is changed', async () => {
  const saved: Partial<Form>[] = [];
  const draft = new Draft<Form>(async (changed) => {
    if (changed.notes?.includes('too long')) return 'refused';
    saved.push({ ...changed });
    return 'saved';
  });
  draft.edit({ notes: 'too long', place: 'x' });
  await vi.advanceTimersByTimeAsync(500);
  expect(saved).toEqual([{ place: 'x' }]);
  expect(draft.state).toBe('refused');
  expect(draft.settled('notes')).toBe(false);
  expect(draft.settled('place')).toBe(true);
  await vi.advanceTimersByTimeAsync(5000);
  expect(saved.length).toBe(1); // not asked again
  draft.edit({ notes: 'short' });
  await vi.advanceTimersByTimeAsync(500);
  expect(saved.at(-1)).toEqual({ notes: 'short' });
  expect(draft.state).toBe('saved');
});
