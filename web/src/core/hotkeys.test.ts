import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Actions, bindHotkeys } from './hotkeys';

/** As much of a key as the library reads. */
class Key extends Event {
  constructor(
    readonly key: string,
    private readonly held: string[] = [],
    readonly repeat = false,
  ) {
    super('keydown', { cancelable: true });
  }
  readonly code = '';
  getModifierState(name: string): boolean {
    return this.held.includes(name);
  }
}

let done: string[];
let focused: { tagName: string } | null;
let target: EventTarget;
let unbind: () => void;
const press = (key: string, held: string[] = [], repeat = false) => {
  const event = new Key(key, held, repeat);
  target.dispatchEvent(event);
  return event;
};

beforeEach(() => {
  vi.stubGlobal('KeyboardEvent', Key);
  done = [];
  focused = null;
  target = new EventTarget();
  const actions = new Proxy({}, { get: (_, name) => (n?: number) => void done.push(n === undefined ? String(name) : `${String(name)} ${n}`) });
  unbind = bindHotkeys(target as Window, actions as Actions, () => focused);
});
afterEach(() => {
  unbind();
  vi.unstubAllGlobals();
});

test('every key does its one thing, also while somebody types', () => {
  focused = { tagName: 'TEXTAREA' };
  for (const key of ['F1', 'F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9', 'Escape']) press(key);
  press('m', ['Control']);
  press('h', ['Control']);
  press('j', ['Control']);
  press('J', ['Control', 'Shift']);
  press('g', ['Control']);
  press('g', ['Alt']);
  press('n', ['Alt']);
  press('X', ['Control', 'Shift']);
  press('b', ['Control']);
  press('B', ['Control', 'Shift']);
  press('4', ['Alt']);
  expect(done).toEqual(['help', 'answer', 'place', 'type', 'askToPress', 'prank', 'recommend', 'dispatch', 'back', 'mute', 'hold', 'transfer', 'handOver', 'join', 'reports', 'open', 'hangUp', 'callBack', 'calledBack', 'region 4']);
});

test('a digit is a choice, but not while it is being typed', () => {
  expect(press('2').defaultPrevented).toBe(true);
  focused = { tagName: 'INPUT' };
  expect(press('2').defaultPrevented).toBe(false);
  focused = { tagName: 'SELECT' };
  press('6');
  press('7');
  expect(done).toEqual(['choose 2', 'choose 6']);
});

test('a key held down acts once; letters and half of a chord do nothing', () => {
  press('F9');
  press('F9', [], true);
  press('m');
  press('X', ['Control']);
  press('F2', ['Shift']);
  expect(done).toEqual(['dispatch']);
});

test('nothing after it was unbound', () => {
  unbind();
  press('F2');
  expect(done).toEqual([]);
});
