import { expect, test } from 'vitest';
import { MAP_COLOURS, rankOf } from './map';

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const light = (colour: string) => {
    const [r, g, bl] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [least, most] = [light(a), light(b)].sort((x, y) => x - y) as [number, number];
  return (most + 0.05) / (least + 0.05);
}

test('names on the map are read in both themes, on land and at sea', () => {
  for (const [theme, { name, land, sea }] of Object.entries(MAP_COLOURS)) for (const ground of [land, sea]) expect(contrast(name, ground), `${theme} ${ground}`).toBeGreaterThan(7);
});

test('who is in danger and who calls come before units, units before stations', () => {
  expect(['incident', 'caller', 'unit', 'report', 'station'].map((kind) => rankOf(kind as never))).toEqual([0, 0, 1, 1, 2]);
});
