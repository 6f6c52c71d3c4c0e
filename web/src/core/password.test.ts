import { expect, test } from 'vitest';
import { lengthOf, strengthOf } from './password';

test('characters are counted as the server counts them', () => {
  expect(lengthOf('kopi')).toBe(4);
  expect(lengthOf('ñandú 🚓')).toBe(7);
});

test('length and variety, not kinds of characters', () => {
  expect(strengthOf('kopi-tahu-7')).toBe('short');
  expect(strengthOf('k7 '.repeat(43))).toBe('long');
  expect(strengthOf('aaaaaaaaaaaaaaaa')).toBe('weak');
  expect(strengthOf('abcdefghijklmnop')).toBe('weak');
  expect(strengthOf('kopitahubulat')).toBe('fair');
  expect(strengthOf('kopi tahu bulat di sawah')).toBe('good');
});
