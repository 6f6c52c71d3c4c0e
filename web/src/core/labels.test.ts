import { expect, test } from 'vitest';
import { type Named, placeLabels } from './labels';

const mark = (x: number, y: number, more: Partial<Named> = {}): Named => ({ x, y, radius: 8, width: 60, rank: 0, ...more });
const box = (named: Named, at: { x: number; y: number }) => ({ left: at.x, right: at.x + named.width, top: at.y - 8, bottom: at.y + 8 });

test('one name stands right of its mark', () => {
  expect(placeLabels([mark(100, 100)])).toEqual([{ x: 112, y: 100 }]);
});

test('names of marks at one place stand on different sides, and none meets another', () => {
  const four = [mark(100, 100), mark(100, 100), mark(100, 100), mark(100, 100)];
  const placed = placeLabels(four);
  for (let a = 0; a < 4; a++)
    for (let b = 0; b < a; b++) {
      const [one, other] = [box(four[a]!, placed[a]!), box(four[b]!, placed[b]!)];
      expect(one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom, `${a} over ${b}`).toBe(false);
    }
});

test('where there is no room the lesser one has no name, and a mark is never written over', () => {
  const crowd = [...Array(6)].map((_, i) => mark(100, 100, { rank: i === 5 ? 0 : 2 }));
  const placed = placeLabels(crowd);
  expect(placed[5], 'the first rank').toBeDefined();
  expect(placed.filter(Boolean)).toHaveLength(4);
  const [first] = placeLabels([mark(100, 100), mark(140, 100, { width: 0 })]);
  expect(first, 'right of it is another mark').toEqual({ x: 28, y: 100 });
});

test('far apart nothing moves', () => {
  expect(placeLabels([mark(0, 0), mark(200, 0)])).toEqual([{ x: 12, y: 0 }, { x: 212, y: 0 }]);
});
