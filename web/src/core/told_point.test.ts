import { expect, test } from 'vitest';
import { besidePlusCode, plusCode, toldPoint } from './told_point';

const at = (longitude: number, latitude: number) => ({ longitude_e7: Math.round(longitude * 1e7), latitude_e7: Math.round(latitude * 1e7) });
const SLEMAN = at(110.3553, -7.7166);

test('coordinates are read as people and telephones write them', () => {
  for (const text of [
    '-7.6921, 110.3602', '-7.6921,110.3602', '-7.6921 110.3602', '-7,6921 110,3602', '-7,6921; 110,3602', '7.6921 S 110.3602 E', '7,6921 LS 110,3602 BT',
    '7.6921°S, 110.3602°E', `7°41'31.56"S 110°21'36.72"E`, `7° 41' 31,56" LS, 110° 21' 36,72" BT`, 'https://maps.google.com/?q=-7.6921,110.3602', 'lokasi saya: -7.6921, 110.3602',
    'geo:-7.6921,110.3602?z=17',
  ])
    expect(toldPoint(text), text).toEqual({ text, point: at(110.3602, -7.6921), radius_m: 50 });
  expect(toldPoint('3,5 LU 98,6 BT')?.point).toEqual(at(98.6, 3.5));
});

test('what is no place is none', () => {
  for (const text of ['Jl. Magelang km 7', 'Gang 3 nomor 12', 'RT 05 RW 11', '0812 3456 7890', '12 110', '-97.1, 110.2', '7.5 sampai 8.5 juta', 'INC-88', '', '1+1', 'AAAA+22'])
    expect(toldPoint(text, SLEMAN), text).toBeUndefined();
});

test('a Plus Code, whole or counted from a place', () => {
  expect(plusCode(at(106.8272, -6.1754))).toBe('6P58RRFG+RV');
  const whole = toldPoint('6P58RRFG+RV')!;
  expect(Math.abs(whole.point.longitude_e7 - 1_068_272_000)).toBeLessThan(1_500);
  expect(whole.radius_m).toBeLessThan(15);
  const short = plusCode(at(110.3602, -7.6921)).slice(4);
  expect(toldPoint(short)).toBeUndefined();
  expect(Math.abs(toldPoint(`${short} Sleman`, SLEMAN)!.point.longitude_e7 - 1_103_602_000)).toBeLessThan(1_500);
  expect(besidePlusCode(`${short}, Sleman`)).toBe('Sleman');
  expect(toldPoint(short.toLowerCase(), SLEMAN)).toBeDefined();
});
