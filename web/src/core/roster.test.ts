import { expect, test, vi } from 'vitest';
import type { ShiftCard } from './messages.gen';
import { DAY, dateOf, gapSpans, HOUR, instantOf, needByHour, place, rowsOfPeople, rowsOfStations, span, timeOf } from './roster';

const MIDNIGHT = Date.UTC(2026, 10, 24, 17); // of 25 November in Jakarta
const person = (id: number, here = false) => ({ person: id, name: `Orang ${id}`, here, beyond: false });
const shift = (more: Partial<ShiftCard>): ShiftCard => ({ shift: 1, station: 'a', from: MIDNIGHT + 7 * HOUR, until: MIDNIGHT + 15 * HOUR, needed: 0, begun: false, ended: false, people: [], here: 0, gap: 0, ...more });

test('fields of a form are of the station\'s own clock, there and back', () => {
  expect([dateOf(MIDNIGHT, 'Asia/Jakarta'), timeOf(MIDNIGHT, 'Asia/Jakarta')]).toEqual(['2026-11-25', '00:00']);
  expect([dateOf(MIDNIGHT, 'Asia/Jayapura'), timeOf(MIDNIGHT, 'Asia/Jayapura')]).toEqual(['2026-11-25', '02:00']);
  expect(instantOf('2026-11-25', '00:00', 'Asia/Jakarta')).toBe(MIDNIGHT);
  expect(instantOf('', '00:00', 'Asia/Jakarta')).toBeNaN();
});

test('the clock of the machine that plans changes nothing', () => {
  for (const here of ['America/New_York', 'Asia/Jayapura', 'Pacific/Kiritimati', 'UTC']) {
    vi.stubEnv('TZ', here);
    expect(new Date(2026, 10, 25).getTimezoneOffset()).toBe({ 'America/New_York': 300, 'Asia/Jayapura': -540, 'Pacific/Kiritimati': -840, UTC: 0 }[here]);
    for (const [zone, ahead] of [['Asia/Jakarta', 0], ['Asia/Makassar', 1], ['Asia/Jayapura', 2]] as const) {
      const begin = MIDNIGHT + 7 * HOUR - ahead * HOUR;
      expect(span('2026-11-25', '07:00', '24:00', zone)).toEqual({ from: begin, until: begin + 17 * HOUR });
      expect([dateOf(begin, zone), timeOf(begin, zone)]).toEqual(['2026-11-25', '07:00']);
    }
  }
  vi.unstubAllEnvs();
});

test('a shift that ends before it begins ends on the next day', () => {
  expect(span('2026-11-25', '07:00', '15:00', 'Asia/Jakarta')).toEqual({ from: MIDNIGHT + 7 * HOUR, until: MIDNIGHT + 15 * HOUR });
  expect(span('2026-11-25', '23:00', '07:00', 'Asia/Jakarta')).toEqual({ from: MIDNIGHT + 23 * HOUR, until: MIDNIGHT + DAY + 7 * HOUR });
  expect(span('2026-11-25', '07:00', '07:00', 'Asia/Jakarta')).toEqual({ from: MIDNIGHT + 7 * HOUR, until: MIDNIGHT + DAY + 7 * HOUR });
});

test('each hour is as its worst moment; one station\'s surplus does not fill another\'s gap', () => {
  const day = needByHour(
    [
      shift({ shift: 1, needed: 3, people: [person(1), person(2)] }),
      shift({ shift: 2, from: MIDNIGHT + 8.5 * HOUR, until: MIDNIGHT + 10 * HOUR, needed: 2, people: [person(2)] }),
      shift({ shift: 3, station: 'b', people: [person(3), person(4), person(5)] }),
    ],
    MIDNIGHT,
  );
  expect(day).toHaveLength(24);
  expect(day[6]).toMatchObject({ needed: 0, rostered: 0, gap: 0 });
  expect(day[7]).toMatchObject({ needed: 3, rostered: 5, gap: 1 });
  expect(day[8]).toMatchObject({ needed: 5, rostered: 5, gap: 3 });
  expect(day[14]).toMatchObject({ needed: 3, gap: 1 });
  expect(day[15]).toMatchObject({ needed: 0, gap: 0 });
  expect(gapSpans(day)).toEqual([{ from: 7, until: 8, gap: 1 }, { from: 8, until: 10, gap: 3 }, { from: 10, until: 15, gap: 1 }]);
});

test('bars are cut at the day\'s ends', () => {
  expect(place(shift({}), MIDNIGHT)).toEqual({ left: (7 / 24) * 100, width: (8 / 24) * 100 });
  expect(place(shift({ from: MIDNIGHT - HOUR, until: MIDNIGHT + 6 * HOUR }), MIDNIGHT)).toEqual({ left: 0, width: 25 });
  expect(place(shift({ from: MIDNIGHT - 8 * HOUR, until: MIDNIGHT }), MIDNIGHT)).toBeUndefined();
});

test('who is missing or stayed on is marked, by person and by station', () => {
  const begun = shift({ begun: true, people: [person(1), person(2, true)], gap: 1 });
  const over = shift({ shift: 2, begun: true, ended: true, people: [{ ...person(3, true), beyond: true }] });
  const rows = rowsOfPeople([begun, over, shift({ shift: 4, needed: 2 })], 'tanpa nama');
  expect(rows.map((row) => [row.label, row.missing, row.beyond])).toEqual([
    ['Orang 1', true, false], ['Orang 2', false, false], ['Orang 3', false, true], ['tanpa nama', false, false],
  ]);
  expect(rowsOfStations([begun, over], (code) => code.toUpperCase())).toMatchObject([{ label: 'A', missing: true, beyond: true }]);
});
