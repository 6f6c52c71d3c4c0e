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
