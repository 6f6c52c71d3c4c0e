import { expect, test } from 'vitest';
import { clockTime, dayMonthYear, readDate, readTime, spelledDate, zoneName } from './time';

test('the clocks of Indonesia have their names', () => {
  expect(['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'].map((zone) => zoneName(zone))).toEqual(['WIB', 'WIB', 'WITA', 'WIT']);
  expect(zoneName('UTC')).toBe('UTC');
  const noon = Date.UTC(2026, 10, 25, 5);
  expect(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'].map((zone) => clockTime(noon, zone, false))).toEqual(['12.00 WIB', '13.00 WITA', '14.00 WIT']);
});

test('a date is day, month, year', () => {
  expect(dayMonthYear('2026-04-03')).toBe('03-04-2026');
  expect(spelledDate('2026-04-03', 'id')).toBe('Jumat, 3 April 2026');
  expect(spelledDate('2026-04-03', 'en')).toMatch(/^Friday,? 3 April 2026$/);
  expect(['03-04-2026', '3/4/2026', '3.4.2026', ' 03 04 2026 ', '2026-04-03'].map(readDate)).toEqual(Array(5).fill('2026-04-03'));
  expect(['', '4', '31-02-2026', '12-25-2026', '03-04-26', '2026-13-01', '2026-02-30', 'besok'].map(readDate)).toEqual(Array(8).fill(''));
  expect([dayMonthYear(''), spelledDate('', 'id')]).toEqual(['', '']);
});

test('a time is of the clock of 24 hours', () => {
  expect(['07:00', '7:00', '07.00', '0700', '7', ' 07:00 '].map(readTime)).toEqual(Array(6).fill('07:00'));
  expect(['19.30', '1930', '24:00', '0:05'].map(readTime)).toEqual(['19:30', '19:30', '24:00', '00:05']);
  expect(['', '25:00', '24:01', '7:5', '07:60', '7 PM', '700:00'].map(readTime)).toEqual(Array(7).fill(''));
});
