// The land of the earth (world-atlas, Natural Earth, public domain) as GeoJSON.
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-10m.json';

export function countries(): GeoJSON.FeatureCollection {
  const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
  return feature(topology, topology.objects.countries);
}
