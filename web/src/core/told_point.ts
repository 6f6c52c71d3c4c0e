// A place that was told as figures: coordinates as people and telephones write them, or a Plus Code.
import { OpenLocationCode } from 'open-location-code';
import type { GeoPoint, PlaceMatch } from './messages.gen';

/** A point read off a map or a telephone: its digits say more than anybody measured; own. */
const TOLD_M = 50;
const codes = new OpenLocationCode();

const point = (longitude: number, latitude: number): GeoPoint => ({ longitude_e7: Math.round(longitude * 1e7), latitude_e7: Math.round(latitude * 1e7) });

/** One angle in degrees: "7,6921", "7.6921° S", `7°41'31"LS`, "LU 3.5"; what it is of is told by its letter. */
const NUMBER = String.raw`(-?\d{1,3}(?:[.,]\d+)?)`;
const ANGLE = String.raw`${NUMBER}(?:\s*°\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|″|'')\s*)?)?)?`;
// Indonesian: LS, LU (lintang selatan, utara), BT (bujur timur).
const LATITUDE = String.raw`(?:${ANGLE}\s*(LS|LU|S|U|N)?)`;
const LONGITUDE = String.raw`(?:${ANGLE}\s*(BT|T|E)?)`;
const PAIR = new RegExp(String.raw`(?:^|[\s=@(:])${LATITUDE}\s*(?:,\s|[\s;]+|,(?=-?\d))\s*${LONGITUDE}(?![\d.])`, 'i');

function degrees(whole: string, minutes: string | undefined, seconds: string | undefined): number {
  const number = (text: string | undefined) => Number((text ?? '0').replace(',', '.'));
  const size = Math.abs(number(whole)) + number(minutes) / 60 + number(seconds) / 3600;
  return whole.startsWith('-') ? -size : size;
}

function coordinatesIn(text: string): GeoPoint | undefined {
  // "-7.69,110.36" has its decimals by points; "7,69 110,36" by commas: what joins the two is then a space.
  const found = PAIR.exec(text.replace(/(\d\.\d+),(?=-?\d)/, '$1, '));
  if (!found) return undefined;
  const [, lat, latMinutes, latSeconds, latSide, lon, lonMinutes, lonSeconds] = found;
  // A number without a fraction and without a degree's sign is a house's or a road's.
  if (![lat!, lon!].every((angle) => /[.,]/.test(angle)) && !found[0].includes('°')) return undefined;
  const size = degrees(lat!, latMinutes, latSeconds);
  const latitude = /^(LS|S)$/i.test(latSide ?? '') ? -Math.abs(size) : size;
  const longitude = degrees(lon!, lonMinutes, lonSeconds);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? point(longitude, latitude) : undefined;
}

const PLUS_CODE = /(?:^|\s)([23456789CFGHJMPQRVWX]{2,8}\+[23456789CFGHJMPQRVWX]{2,5})(?=$|[\s,.])/i;

/** What was written beside a short Plus Code: the name of the town that it counts from. */
export const besidePlusCode = (text: string): string => text.replace(PLUS_CODE, ' ').replace(/^[\s,.]+|[\s,.]+$/g, '');
export const holdsPlusCode = (text: string): boolean => PLUS_CODE.test(text);

/** The place in a text, as a thing to choose. A short Plus Code means the nearest such square to `near`. */
export function toldPoint(text: string, near?: GeoPoint): PlaceMatch | undefined {
  const code = PLUS_CODE.exec(text)?.[1]?.toUpperCase();
  if (code && codes.isValid(code)) {
    const full = codes.isFull(code) ? code : near && codes.isShort(code) ? codes.recoverNearest(code, near.latitude_e7 / 1e7, near.longitude_e7 / 1e7) : undefined;
    if (!full) return undefined;
    const { latitudeCenter, longitudeCenter, latitudeLo, latitudeHi } = codes.decode(full);
    // Half of its square's diagonal.
    const radius_m = Math.ceil((latitudeHi - latitudeLo) * 111_195 * Math.SQRT1_2);
    return { text: text.trim(), point: point(longitudeCenter, latitudeCenter), radius_m };
  }
  const found = coordinatesIn(text);
  return found && { text: text.trim(), point: found, radius_m: TOLD_M };
}

/** As it is read out to somebody with another map: ten digits, a square of 14 m. */
export const plusCode = ({ longitude_e7, latitude_e7 }: GeoPoint): string => codes.encode(latitude_e7 / 1e7, longitude_e7 / 1e7, 10);
