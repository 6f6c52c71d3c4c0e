import { expect, test } from 'vitest';
import { setLanguage } from './i18n';
import type { ReportFigures, ReportFound } from './messages.gen';
import { after, before, dayText, lasted, missed, parts, share, shareOf, worstFirst } from './report';

const NONE = { answer: {}, handling: {}, dispatch: {}, acknowledgement: {}, arrival: {} };
const figures = (of: Partial<ReportFigures>): ReportFigures => ({
  offered: 0, answered: 0, late: 0, hung_up: 0, short_rings: 0, refused: 0, cut_off: 0, transferred: 0,
  incidents: 0, dispatched: 0, arrived: 0, alerts: 0, acknowledged: 0, missed: 0, ...NONE, ...of,
});

test('whatever is no answer in time is a miss, and the parts are the whole', () => {
  const day = figures({ offered: 20, answered: 15, late: 2, hung_up: 3, refused: 1, cut_off: 1, within_5: 500, within_10: 650 });
  expect(missed(day)).toBe(7);
  const drawn = parts(day);
  expect(drawn.map(({ what }) => what)).toEqual(['within_5', 'within_10', 'late', 'hung_up', 'refused', 'cut_off']);
  expect(drawn.map(({ width }) => width)).toEqual([50, 15, 10, 15, 5, 5]);
  expect(parts(figures({}))).toEqual([]);
});

test('a share is never better than it was', () => {
  setLanguage('id');
  expect(share(shareOf(1999, 2000))).toBe('99,9 %');
  expect(share(shareOf(1, 3))).toBe('33,3 %');
  expect(share(shareOf(0, 0))).toBe('-');
});

test('durations and days as people write them', () => {
  expect([lasted(undefined), lasted(7), lasted(125), lasted(4200)]).toEqual(['-', '7 s', '2:05 min', '1:10:00']);
  expect(dayText(20_600)).toBe('27-05-2026');
});

test('from one period to the next, and not beyond today', () => {
  const found = { first_day: 70, last_day: 76, today: 80 } as ReportFound;
  expect([before(found), after(found)]).toEqual([69, 77]);
  expect(after({ ...found, last_day: 80 })).toBeUndefined();
});

test('who answers least in time stands first, who had no call last', () => {
  const row = (name: string, of: Partial<ReportFigures>) => ({ station: name, name, figures: figures(of) });
  const rows = [row('a', { offered: 9, within_10: 900 }), row('b', {}), row('c', { offered: 9, within_10: 400 })];
  expect(worstFirst(rows).map(({ name }) => name)).toEqual(['c', 'a', 'b']);
});
