import { expect, test } from 'vitest';
import { casesShown, daysLeft, left } from './cases';
import { caseCode, shownCode } from './complaint';
import type { CaseCard } from './messages.gen';

const DAY = 24 * 3600 * 1000;
const one = (complaint: number, part: Partial<CaseCard> = {}): CaseCard => ({
  complaint, number: `P-2026-00000${complaint}`, origin: 'page', category: 'service', conduct: false, station: 'x', station_name: 'Polres X',
  opened: 0, limit: 14 * DAY, due: 5 * DAY, late: false, heard: false, contested: false, entries: [], ...part,
});
const all = { which: 'open' as const, category: '', text: '' };

test('what is late comes first, then what has least time left; what is closed is apart', () => {
  const cards = [one(1, { due: 9 * DAY }), one(2, { due: 3 * DAY }), one(3, { late: true, due: 9 * DAY }), one(4, { closed: 4 }), one(5, { closed: 5 })];
  const ids = (filter: Parameters<typeof casesShown>[1]) => casesShown(cards, filter).map((c) => c.complaint);
  expect(ids(all)).toEqual([3, 2, 1]);
  expect(ids({ ...all, which: 'late' })).toEqual([3]);
  expect(ids({ ...all, which: 'closed' })).toEqual([5, 4]);
  expect(ids({ ...all, category: 'conduct' })).toEqual([]);
  expect(ids({ ...all, text: ' p-2026-000002 ' })).toEqual([2]);
});

test('days and the part of the time that are left', () => {
  expect([daysLeft(5 * DAY, 0), daysLeft(5 * DAY, 1), daysLeft(0, 1)]).toEqual([5, 4, -1]);
  expect([left(one(1), 0), left(one(1), 2.5 * DAY), left(one(1), 9 * DAY), left(one(1, { due: 0 }), 0)]).toEqual([1, 0.5, 0, 0]);
});

test('a code is 80 random bits that people can read', () => {
  const code = caseCode(new Uint8Array(16).fill(255));
  expect(code).toBe('ZZZZZZZZZZZZZZZZ');
  expect(shownCode(code)).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  expect(new Set(Array.from({ length: 50 }, () => caseCode())).size).toBe(50);
  expect(caseCode()).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
});
