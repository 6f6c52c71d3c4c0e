import { expect, test } from 'vitest';
import { circle, toLonLat, toPoint } from './geo';
import { allWords, say, sayOf, setLanguage } from './i18n';
import { clockTime, distance, elapsed, figure } from './time';

test('every word is there in both languages, Indonesian first', () => {
  for (const [key, words] of Object.entries(allWords)) for (const word of words) expect(word.trim(), key).not.toBe('');
  expect(say('answer')).toBe('Angkat');
  setLanguage('en');
  expect(say('answer')).toBe('Answer');
  setLanguage('id');
  expect(sayOf('type', 'theft')).toBe('Pencurian');
  expect(sayOf('type', 'from_a_newer_server')).toBe('from_a_newer_server');
});

test('times are read as people read them', () => {
  expect(elapsed(-5)).toBe('0:00');
  expect(elapsed(7_900)).toBe('0:07');
  expect(elapsed(3_723_000)).toBe('1:02:03');
  expect(clockTime(Date.UTC(2026, 0, 1, 5, 0, 0), 'Asia/Jakarta')).toMatch(/12.00.00 WIB/);
  expect(clockTime(Date.UTC(2026, 0, 1, 5, 0, 0), 'Asia/Jayapura', false)).toMatch(/14.00 WIT/);
  expect([distance(-1), distance(234), distance(1340), distance(1_204_000)]).toEqual(['?', '230 m', '1,3 km', '1.204 km']);
  expect(figure(85_513)).toBe('85.513');
  setLanguage('en');
  expect([distance(1340), figure(85_513)]).toEqual(['1.3 km', '85,513']);
  setLanguage('id');
});

test('points survive the way there and back; a circle has its radius', () => {
  const point = { longitude_e7: 1103695000, latitude_e7: -77956000 };
  expect(toPoint(toLonLat(point))).toEqual(point);
  const ring = circle([110, -7.8], 1000);
  expect(ring[0]).toEqual(ring.at(-1)!.map((n) => expect.closeTo(n, 9)));
  expect((Math.max(...ring.map((p) => p[1])) + 7.8) * 111_195).toBeCloseTo(1000, 0);
});

test('what a citizen reads of their report never judges it', () => {
  const told = Object.entries(allWords).filter(([key]) => key.startsWith('track'));
  expect(told.length).toBeGreaterThan(8);
  for (const [key, words] of told) for (const word of words) expect(word, key).not.toMatch(/palsu|iseng|bukan urusan|false|prank|not a police/i);
  for (const answer of ['handled', 'passed_on', 'nothing_found', 'duplicate', 'closed']) expect(sayOf('track_answer', answer), answer).not.toBe(answer);
});

test('one word for one thing', () => {
  const indonesian = Object.values(allWords).map(([word]) => word);
  for (const word of ['penyelia', 'Nama masuk', 'Perwira pengawas', 'Balok']) expect(indonesian.filter((each) => each.includes(word)), word).toEqual([]);
  expect([say('hang_up'), say('mute'), say('close')]).toEqual(['Akhiri', 'Senyapkan', 'Tutup']);
});
