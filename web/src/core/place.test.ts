import { expect, test } from 'vitest';
import { coordinates, distanceBetween } from './geo';
import { apart, chosenPlace, isRough, REGENCY_M } from './place';

const at = (longitude: number, latitude: number) => ({ longitude_e7: Math.round(longitude * 1e7), latitude_e7: Math.round(latitude * 1e7) });
const STATION = at(110.3553, -7.7166);
const PHONE = { point: at(110.3602, -7.6921), radius_m: 30 };

test('a distance is that of the great circle', () => {
  expect(distanceBetween(at(110, -7), at(110, -8)) / 1000).toBeCloseTo(111.195, 2);
  expect(distanceBetween(STATION, STATION)).toBe(0);
});

test('a name without a point of its own says so, and takes the place of no better point', () => {
  const rough = chosenPlace({ text: 'Kec. Mlati', point: STATION, radius_m: REGENCY_M }, { text: '' });
  expect(rough).toEqual({ text: 'Kec. Mlati', point: STATION, radius_m: REGENCY_M });
  expect(isRough(rough)).toBe(true);
  const phone = { text: '', point: PHONE.point, radius_m: 30 };
  expect(chosenPlace({ text: 'Kec. Mlati', point: STATION, radius_m: REGENCY_M }, phone)).toEqual({ ...phone, text: 'Kec. Mlati' });
  const clicked = { text: 'x', point: PHONE.point };
  expect(chosenPlace({ text: 'Kec. Mlati', point: STATION, radius_m: REGENCY_M }, clicked).point, 'a map click').toEqual(PHONE.point);
  const other = at(110.4, -7.9);
  expect(chosenPlace({ text: 'Kec. Bantul', point: other, radius_m: REGENCY_M }, rough).point, 'another rough one').toEqual(other);
  expect(chosenPlace({ text: 'Pulau', point: other, radius_m: 2000 }, phone).point).toEqual(other);
});

test('a name and a phone over 2 km apart are told', () => {
  const near = { point: at(110.3602, -7.6921 + 0.017), radius_m: 2000 }; // 1.9 km
  const far = { point: at(110.3602, -7.6921 + 0.019), radius_m: 2000 }; // 2.1 km
  expect(apart(near, PHONE)).toBeUndefined();
  expect(apart(far, PHONE)).toBeCloseTo(2113, -1);
  expect(apart(far, { ...PHONE, radius_m: 900 }), 'the phone may be that far off').toBeUndefined();
  expect(apart(far, undefined)).toBeUndefined();
  expect(apart({ point: STATION, radius_m: REGENCY_M }, PHONE), 'a station of the regency').toBeUndefined();
  expect(apart({ point: at(112, -7.7), radius_m: REGENCY_M }, PHONE), 'another regency').toBeGreaterThan(100_000);
});

test('the wider name takes the place of no better point, the better one does', () => {
  const district = { text: 'Kec. Mlati', point: STATION, radius_m: 5_000 };
  const phone = { text: '', point: PHONE.point, radius_m: 30 };
  expect(chosenPlace(district, phone)).toEqual({ ...phone, text: 'Kec. Mlati' });
  expect(chosenPlace(district, { text: 'Kab. Sleman', point: PHONE.point, radius_m: 28_000 })).toEqual(district);
  expect(chosenPlace(district, { text: 'Kec. Depok', point: PHONE.point, radius_m: 6_000 })).toEqual(district);
  expect(apart(district, { point: at(110.3553, -7.7166 + 0.04), radius_m: 30 }), 'within the district').toBeUndefined();
  expect(apart(district, { point: at(110.3553, -7.7166 + 0.05), radius_m: 30 }), '5.6 km').toBeGreaterThan(5_000);
});

test('coordinates have as many digits as they are exact', () => {
  expect([coordinates(PHONE.point), coordinates(PHONE.point, 900), coordinates(PHONE.point, REGENCY_M)]).toEqual(['-7.69210, 110.36020', '-7.69, 110.36', '-7.7, 110.4']);
});
