import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fitting, LINE_MAX_BYTES, Lines } from './lines';
import type { LineCard } from './messages.gen';

let said: [name: string, text: string][];
let up: boolean;
let answers: string[];
const store = new Map<string, string>();
const make = () =>
  new Lines({
    say: (name, text) => {
      if (up) said.push([name, text]);
      return up;
    },
    send: () => Promise.resolve(answers.shift() ?? ''),
    changed: () => {},
  });
const card = (name: string, text: string, by: LineCard['by'] = 'caller'): LineCard => ({ at: 1, by, name, text }) as LineCard;

beforeEach(() => {
  vi.useFakeTimers();
  store.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  });
  said = [];
  answers = [];
  up = true;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('one line after the other: the next is said when the one before is in the record', () => {
  const lines = make();
  lines.write('satu');
  lines.write('dua');
  expect(said.map(([, text]) => text)).toEqual(['satu']);
  lines.told({ lines: [card(said[0]![0], 'satu')], full: true });
  expect(said.map(([, text]) => text)).toEqual(['satu', 'dua']);
  expect(lines.unsent.map(({ text }) => text)).toEqual(['dua']);
});

test('what was lost with the socket is said again by the same name, and known lines stand once', () => {
  const lines = make();
  up = false;
  lines.write('satu');
  up = true;
  lines.sayAgain();
  lines.sayAgain();
  expect(new Set(said.map(([name]) => name)).size).toBe(1);
  const mine = card(said[0]![0], 'satu');
  lines.told({ lines: [mine], full: true });
  lines.told({ lines: [mine, card('a', 'ya?', 'operator')], full: true });
  lines.told({ lines: [card('a', 'ya?', 'operator')], full: false });
  expect(lines.all.map(({ text }) => text)).toEqual(['satu', 'ya?']);
});

test('what was not acknowledged outlives a reload of the page, under its name', () => {
  make().write('satu');
  const [name] = said[0]!;
  const again = make();
  again.resume();
  again.sayAgain();
  expect(said[1]).toEqual([name, 'satu']);
  again.told({ lines: [card(name, 'satu')], full: true });
  const third = make();
  third.resume();
  expect(third.unsent).toEqual([]);
});

test('too fast is said again in a moment; what is refused for good says why and lets the next go', () => {
  const lines = make();
  lines.write('satu');
  lines.write('dua');
  lines.refused(said[0]![0], 'too_fast');
  expect(said).toHaveLength(1);
  vi.advanceTimersByTime(1000);
  expect(said.map(([, text]) => text)).toEqual(['satu', 'satu']);
  lines.refused(said[0]![0], 'too_many');
  expect(lines.failed).toEqual([{ text: 'satu', code: 'too_many' }]);
  expect(said.at(-1)![1]).toBe('dua');
});

test('after the end what is written stays to be read, and what was not sent says so', () => {
  const lines = make();
  lines.write('satu');
  lines.told({ lines: [card(said[0]![0], 'satu')], full: true });
  up = false;
  lines.write('dua');
  lines.over();
  expect(lines.all).toHaveLength(1);
  expect(lines.failed).toEqual([{ text: 'dua', code: 'over' }]);
});

test('a photograph is sent again while there is no network, and a refusal is shown', async () => {
  const lines = make();
  answers = ['busy', 'busy', ''];
  const sending = lines.photograph(new Blob(['x']));
  expect(lines.sending).toBe(1);
  await vi.advanceTimersByTimeAsync(2500);
  await sending;
  expect([lines.sending, lines.failed.length]).toEqual([0, 0]);
  answers = ['no_photograph'];
  await lines.photograph(new Blob(['x']));
  expect(lines.failed).toEqual([{ text: '', code: 'no_photograph' }]);
});

test('a long text ends where a character does', () => {
  const text = fitting('é'.repeat(LINE_MAX_BYTES));
  expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(LINE_MAX_BYTES);
  expect(text.endsWith('é')).toBe(true);
  expect(fitting('  halo ')).toBe('halo');
});
