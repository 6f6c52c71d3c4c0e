// Points as the server writes them (1e-7 degrees) and as maps want them.
import type { GeoPoint } from './messages.gen';

export type LonLat = [number, number];

export function toLonLat(point: GeoPoint): LonLat {
  return [point.longitude_e7 / 1e7, point.latitude_e7 / 1e7];
}

export function toPoint([longitude, latitude]: LonLat): GeoPoint {
  return { longitude_e7: Math.round(longitude * 1e7), latitude_e7: Math.round(latitude * 1e7) };
}

/** A circle of `radius_m` as a ring of points: good enough at the size of an accuracy. */
export function circle([longitude, latitude]: LonLat, radius_m: number, corners = 48): LonLat[] {
  const METRES_PER_DEGREE = 111_195; // of a great circle
  const ring: LonLat[] = [];
  for (let i = 0; i <= corners; i++) {
    const angle = (2 * Math.PI * i) / corners;
    ring.push([
      longitude + (radius_m * Math.cos(angle)) / (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)),
      latitude + (radius_m * Math.sin(angle)) / METRES_PER_DEGREE,
    ]);
  }
  return ring;
}

const EARTH_M = 6_371_008.8; // mean radius, as src/base/geo has it

/** Metres over the great circle (haversine). */
export function distanceBetween(a: GeoPoint, b: GeoPoint): number {
  const [[lon1, lat1], [lon2, lat2]] = [toLonLat(a), toLonLat(b)].map(([lon, lat]) => [(lon * Math.PI) / 180, (lat * Math.PI) / 180]) as [LonLat, LonLat];
  const h = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Latitude, longitude, with as many digits as the point is exact: five (1 m) tell a house where only a regency is known. */
export function coordinates(point: GeoPoint, radius_m = 0): string {
  const digits = radius_m > 5000 ? 1 : radius_m > 500 ? 2 : radius_m > 50 ? 4 : 5;
  return `${(point.latitude_e7 / 1e7).toFixed(digits)}, ${(point.longitude_e7 / 1e7).toFixed(digits)}`;
}
