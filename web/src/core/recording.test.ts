import { expect, test } from 'vitest';
import { minutes, outline } from './recording';

test('the outline of a sound is mirrored, and silence is a thin line', () => {
  expect(outline([255, 0], 100, 40)).toBe('M25.0,0.0L75.0,19.5L75.0,20.5L25.0,40.0Z');
  expect(outline([], 100, 40)).toBe('');
});

test('a moment of a recording is told in minutes', () => {
  expect([0, 999, 61_000, 3_600_000, -5].map(minutes)).toEqual(['0:00', '0:00', '1:01', '60:00', '0:00']);
});
