import { expect, test } from 'vitest';
import land from 'virtual:land';

/** Whether a point lies on land, by counting crossings. */
function onLand([x, y]: [number, number]): boolean {
  let inside = false;
  for (const { geometry } of land.features)
    for (const polygon of geometry.coordinates)
      for (const ring of polygon)
        for (let i = 1; i < ring.length; i++) {
          const [ax, ay] = ring[i - 1] as [number, number];
          const [bx, by] = ring[i] as [number, number];
          if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
        }
  return inside;
}

test('the nation is on the map from end to end, and the sea is not', () => {
  const LAND: [string, [number, number]][] = [
    ['Banda Aceh', [95.36, 5.5]],
    ['Sleman', [110.36, -7.72]],
    ['Palangka Raya', [113.9, -2.2]],
    ['Kupang', [123.75, -10.2]],
    ['Merauke', [140.45, -8.3]],
  ];
  for (const [name, at] of LAND) expect(onLand(at), name).toBe(true);
  expect(onLand([110, -5]), 'the Java Sea').toBe(false);
  expect(onLand([127, -5.5]), 'the Banda Sea').toBe(false);
});

test('it is small enough for a slow line', () => {
  expect(JSON.stringify(land).length).toBeLessThan(1_200_000);
});
