import { expect, test } from 'vitest';
import { destinations, matching, named } from './destinations';
import type { StationCard } from './messages.gen';

const at = (longitude: number, latitude: number) => ({ longitude_e7: Math.round(longitude * 1e7), latitude_e7: Math.round(latitude * 1e7) });
const card = (station: string, name: string, level: StationCard['level'], parent: string, longitude: number, latitude: number) =>
  ({ station, name, level, parent, point: at(longitude, latitude), time_zone: 'Asia/Jakarta', regencies: [] }) as StationCard;
const STATIONS = new Map(
  [
    card('mabes', 'Mabes Polri', 'mabes', '', 106.8, -6.24),
    card('polda-jabar', 'Polda Jawa Barat', 'polda', 'mabes', 107.7, -6.94),
    card('polda-kalsel', 'Polda Kalimantan Selatan', 'polda', 'mabes', 114.6, -3.32),
    card('polres-banjar-jabar', 'Polres Banjar', 'polres', 'polda-jabar', 108.54, -7.37),
    card('polres-banjar-kalsel', 'Polres Banjar', 'polres', 'polda-kalsel', 114.84, -3.42),
    card('polres-ciamis', 'Polres Ciamis', 'polres', 'polda-jabar', 108.35, -7.33),
  ].map((each) => [each.station, each]),
);
const all = destinations(STATIONS, ['Ambulans 119'], at(108.36, -7.33), 'polda-jabar');

test('outside first, then the nearest, without where the call is already', () => {
  expect(all.map(({ key }) => key)).toEqual(['line Ambulans 119', 'polres-ciamis', 'polres-banjar-jabar', 'mabes', 'polda-kalsel', 'polres-banjar-kalsel']);
});

test('two of one name are told apart by their province, and neither is taken for the other', () => {
  const banjar = named(all, ' polres BANJAR ');
  expect(banjar.map(({ station, province }) => [station, province])).toEqual([
    ['polres-banjar-jabar', 'Polda Jawa Barat'],
    ['polres-banjar-kalsel', 'Polda Kalimantan Selatan'],
  ]);
  expect(banjar[1]!.metres).toBeGreaterThan(800_000);
  expect(matching(all, 'banjar kalimantan', 8).map(({ key }) => key)).toEqual(['polres-banjar-kalsel']);
});

test('any words of name or province find it, the whole name first, at most so many', () => {
  expect(matching(all, 'jawa', 8).map(({ key }) => key)).toEqual(['polres-ciamis', 'polres-banjar-jabar']);
  expect(matching(all, 'polda kalimantan selatan', 8)[0]!.key).toBe('polda-kalsel');
  expect(matching(all, '119', 8).map(({ key }) => key)).toEqual(['line Ambulans 119']);
  expect(matching(all, '', 2)).toHaveLength(2);
  expect(matching(all, 'nowhere', 8)).toEqual([]);
});

test('without a place they stand by name', () => {
  expect(destinations(STATIONS, [], undefined).map(({ name }) => name)).toEqual([...destinations(STATIONS, [], undefined).map(({ name }) => name)].sort((a, b) => a.localeCompare(b)));
});
