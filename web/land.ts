// The land that the map shows, cut out of world-atlas (Natural Earth 1:10m, public domain) when the pages are built: what
// lies around Indonesia, in steps of 0.001 degree (about 110 m; the atlas is no finer). The whole earth is 3.7 MB.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

const VIEW = { west: 85, east: 155, south: -22, north: 22 }; // Sabang to Merauke with room to pan
const STEP = 1000; // parts of a degree

type Ring = [number, number][];

function inView(ring: Ring): boolean {
  const longitudes = ring.map((p) => p[0]);
  const latitudes = ring.map((p) => p[1]);
  return (
    Math.max(...longitudes) > VIEW.west && Math.min(...longitudes) < VIEW.east && Math.max(...latitudes) > VIEW.south && Math.min(...latitudes) < VIEW.north
  );
}

/** What of a ring lies in view: cut at one side after the other (Sutherland and Hodgman, 1974). */
function cut(ring: Ring): Ring {
  const sides: [axis: 0 | 1, at: number, keepAbove: boolean][] = [[0, VIEW.west, true], [0, VIEW.east, false], [1, VIEW.south, true], [1, VIEW.north, false]];
  let rest = ring;
  for (const [axis, at, keepAbove] of sides) {
    const inside = (p: [number, number]) => p[axis] > at === keepAbove;
    const kept: Ring = [];
    rest.forEach((p, i) => {
      const before = rest[(i || rest.length) - 1]!;
      if (inside(p) !== inside(before)) {
        const part = (at - before[axis]) / (p[axis] - before[axis]);
        kept.push([before[0] + part * (p[0] - before[0]), before[1] + part * (p[1] - before[1])]);
      }
      if (inside(p)) kept.push(p);
    });
    rest = kept;
  }
  return rest.length ? [...rest, rest[0]!] : rest;
}

/** Rounded, without the points that fall on their neighbour. */
function coarser(ring: Ring): Ring {
  const rounded = ring.map(([x, y]): [number, number] => [Math.round(x * STEP) / STEP, Math.round(y * STEP) / STEP]);
  return rounded.filter((p, i) => i === 0 || i === rounded.length - 1 || p[0] !== rounded[i - 1]![0] || p[1] !== rounded[i - 1]![1]);
}

export function landAround(): GeoJSON.FeatureCollection<GeoJSON.MultiPolygon> {
  const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('world-atlas/countries-10m.json'), 'utf8')) as Topology<{
    countries: GeometryCollection;
  }>;
  const features: GeoJSON.Feature<GeoJSON.MultiPolygon>[] = [];
  for (const { geometry } of feature(atlas, atlas.objects.countries).features) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
    const coordinates = (polygons as Ring[][])
      .filter((rings) => rings[0] && inView(rings[0]))
      .map((rings) => rings.map((ring) => coarser(cut(ring))).filter((ring) => ring.length > 3))
      .filter((rings) => rings.length > 0);
    if (coordinates.length) features.push({ type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates } });
  }
  return { type: 'FeatureCollection', features };
}

/** `import land from 'virtual:land'` */
export function landPlugin(): Plugin {
  const ID = 'virtual:land';
  return {
    name: 'sigap-land',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    // JSON.parse reads a long text faster than the engine reads a long literal.
    load: (id) => (id === `\0${ID}` ? `export default JSON.parse(${JSON.stringify(JSON.stringify(landAround()))});` : undefined),
  };
}
