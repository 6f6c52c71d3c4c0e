#!/usr/bin/env node
// Makes the table of place names that operators search: make_places.mjs NATION_DIR OUT_FILE
// Names come from the npm package idn-area-data (data: ODbL 1.0), points of villages from the npm package geografis (MIT),
// stations from NATION_DIR. A village has its own point, a district and a regency the middle of their villages; what
// has neither gets the point of the station that serves it and says so. Columns and licences: data/indonesia/README.md.
// Whatever does not fit together stops the build: half a table is worse than none.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { getDistricts, getIslands, getProvinces, getRegencies, getVillages } from 'idn-area-data';

const REMARKS = [
  '# Names: idn-area-data 3.1.2, Open Database License 1.0 (opendatacommons.org/licenses/odbl/1-0); this table likewise.',
  '# Points of villages: geografis 1.3.2, MIT licence.',
  '# code\tlevel\tname\ttext\tlongitude_e7\tlatitude_e7\tpoint_of\tradius_m\tstation',
];
/** A village or an island of which nothing else is known lies within this of its point; own. */
const VILLAGE_M = 2_000;
/** What has only its station's point: a regency is about this wide; own. */
const REGENCY_M = 25_000;
/** A point that so many villages share stands for none of them; own. */
const SHARED_BY = 3;
/** The middle of fewer villages than this share of a place's says too little of it; own. */
const MOST = 0.5;
/** A village this much farther from the middle of its district than half of the others, and STRAY_M at least, was
 * written down wrong; own, after looking at all that are so. */
const STRAY_TIMES = 8;
const STRAY_M = 50_000;
/** Letters that two spellings of one name may differ by; own. */
const SPELLING = 2;
// Provinces of Papua call a kecamatan a distrik.
const PAPUA = new Set(['91', '92', '93', '94', '95', '96']);

/** Rows of one of our own tables: no quotes, no commas in a field. */
function readTable(path) {
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    if (fields.length !== columns.length) throw new Error(`${path}: ${fields.length} fields: ${line}`);
    return Object.fromEntries(columns.map((column, i) => [column, fields[i]]));
  });
}

function index(rows, key) {
  const map = new Map();
  for (const row of rows) {
    if (map.has(row[key])) throw new Error(`${row[key]} stands there twice`);
    map.set(row[key], row);
  }
  return map;
}

function need(map, key, what) {
  const found = map.get(key);
  if (found === undefined) throw new Error(`${what}: ${key} is unknown`);
  return found;
}

const e7 = (degrees) => Math.round(Number(degrees) * 1e7);

/** 03°19'03.44" N 097°07'41.73" E -> scaled integers. */
export function islandPoint(text) {
  const parts = /^(\d\d)°(\d\d)'(\d\d\.\d\d)" ([NS]) (\d{3})°(\d\d)'(\d\d\.\d\d)" ([EW])$/.exec(text);
  if (!parts) throw new Error(`not a coordinate: ${text}`);
  const degrees = (at) => Number(parts[at]) + Number(parts[at + 1]) / 60 + Number(parts[at + 2]) / 3600;
  return {
    longitude: e7(parts[8] === 'W' ? -degrees(5) : degrees(5)),
    latitude: e7(parts[4] === 'S' ? -degrees(1) : degrees(1)),
  };
}

/** As it is typed: a plain apostrophe, no doubled spaces. */
const plain = (name) => name.replace(/[\u2018\u2019\u02bc`´]/g, "'").replace(/\s+/g, ' ').trim();

/** NUSA TENGGARA BARAT -> Nusa Tenggara Barat; abbreviations stay. */
const titled = (name) =>
  name.split(' ').map((word) => (word === 'DKI' ? word : word[0] + word.slice(1).toLowerCase())).join(' ');

/** Metres between two points, near enough on the flat: places of one regency. */
function metresBetween(a, b) {
  const east = (a.longitude - b.longitude) * Math.cos((((a.latitude + b.latitude) / 2e7) * Math.PI) / 180);
  return (Math.hypot(east, a.latitude - b.latitude) / 1e7) * 111_195;
}

/** How many letters must change to make one name the other (Levenshtein). */
function spelledApart(a, b) {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; ++i) {
    const next = [i];
    for (let j = 1; j <= b.length; ++j)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

/** Letters and digits alone, in lower case: as two tables spell one name alike. */
const bare = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const pathOf = (regency, district, village) =>
  [regency.replace('Administrasi ', ''), district, village].map(bare).join('/');

/** Answers with a village's own point: by code where the names agree, else by the names, where they say one village. */
function villagePoints() {
  const rows = createRequire(import.meta.url)('geografis').dump();
  const at = ({ longitude, latitude }) => ({ longitude: e7(longitude), latitude: e7(latitude) });
  const shared = new Map();
  const spot = (row) => `${e7(row.longitude) >> 7},${e7(row.latitude) >> 7}`;
  for (const row of rows) shared.set(spot(row), (shared.get(spot(row)) ?? 0) + 1);
  const byCode = new Map();
  const byPath = new Map();
  for (const row of rows) {
    if (shared.get(spot(row)) >= SHARED_BY) continue;
    byCode.set(row.code, row);
    const path = pathOf(row.city, row.district, row.village);
    byPath.set(path, byPath.has(path) ? null : row);
  }
  return (code, regency, district, village) => {
    const same = byCode.get(code);
    const agree = same && bare(same.district) === bare(district) &&
      spelledApart(bare(same.village), bare(village)) <= SPELLING;
    const row = agree ? same : byPath.get(pathOf(regency, district, village));
    return row ? at(row) : null;
  };
}

/** The villages of a district whose points are elsewhere. */
function straysOf(villages) {
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const centre = {
    longitude: median(villages.map((village) => village.longitude)),
    latitude: median(villages.map((village) => village.latitude)),
  };
  const far = villages.map((village) => metresBetween(centre, village));
  const limit = Math.max(STRAY_M, STRAY_TIMES * median(far));
  return villages.filter((_, i) => far[i] > limit);
}

/** Gives a place the middle of the villages in it, and how far the farthest of them reaches. */
function middle(place, villages, all) {
  if (villages.length === 0 || villages.length < all * MOST) return;
  const mean = (of) => Math.round(villages.reduce((sum, village) => sum + village[of], 0) / villages.length);
  const point = { longitude: mean('longitude'), latitude: mean('latitude') };
  const reach = Math.max(...villages.map((village) => metresBetween(point, village) + village.radius));
  Object.assign(place, point, { pointOf: 'villages', radius: Math.round(reach) });
}

/** Kabupaten Sleman -> {name: Sleman, text: Kab. Sleman}; nobody says the "Administrasi" in the names of Jakarta. */
function regencyNames(official) {
  const [, kind, name] = /^(Kabupaten|Kota) (?:Administrasi )?(.+)$/.exec(official) ?? [];
  if (!name) throw new Error(`neither Kabupaten nor Kota: ${official}`);
  return { name, text: `${kind === 'Kota' ? 'Kota' : 'Kab.'} ${name}` };
}

/** The station above most stations of a province. */
function commandOf(provinceCode, jurisdictions, stations) {
  const votes = new Map();
  for (const { regency_code, station } of jurisdictions) {
    if (!regency_code.startsWith(`${provinceCode}.`)) continue;
    const { parent } = need(stations, station, regency_code);
    votes.set(parent, (votes.get(parent) ?? 0) + 1);
  }
  const [winner] = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (!winner) throw new Error(`province ${provinceCode} has no regency`);
  return need(stations, winner[0], provinceCode);
}

async function makePlaces(nation) {
  const stations = index(readTable(join(nation, 'stations.csv')), 'code');
  const jurisdictions = readTable(join(nation, 'jurisdictions.csv'));
  const regencies = index(jurisdictions, 'regency_code');
  const places = new Map();
  const add = (code, level, name, text, station, point = null, pointOf = point ? 'island' : 'station') => {
    if (places.has(code)) throw new Error(`${code} stands there twice`);
    if (/[\t\n\r]/.test(text) || name.trim() === '') throw new Error(`${code}: not a name`);
    const at = point ?? { longitude: e7(station.longitude), latitude: e7(station.latitude) };
    places.set(code, { code, level, name, text, ...at, pointOf, radius: point ? VILLAGE_M : REGENCY_M, station });
  };
  const below = (code, level, name, own, parent, point, pointOf) =>
    add(code, level, name, `${own}, ${parent.text}`, parent.station, point, pointOf);

  for (const { code, name } of await getProvinces()) {
    const shown = titled(name);
    add(code, 'province', shown, `Provinsi ${shown}`, commandOf(code, jurisdictions, stations));
  }
  for (const { code, province_code } of await getRegencies()) {
    const ours = need(regencies, code, 'regency');
    const { name, text } = regencyNames(ours.regency_name);
    const province = need(places, province_code, code);
    add(code, 'regency', name, `${text}, ${province.text}`, need(stations, ours.station, code));
  }
  for (const { code, regency_code, name: given } of await getDistricts()) {
    const name = plain(given);
    const own = `${PAPUA.has(code.slice(0, 2)) ? 'Distrik' : 'Kec.'} ${name}`;
    below(code, 'district', name, own, need(places, regency_code, code));
  }
  const pointOfVillage = villagePoints();
  const inDistrict = new Map();
  for (const { code, district_code, name: given } of await getVillages()) {
    const name = plain(given);
    const district = need(places, district_code, code);
    const regency = need(regencies, district_code.slice(0, 5), code);
    const point = pointOfVillage(code, regency.regency_name, district.name, name);
    // The Ministry's codes: a number that begins with 1 is a kelurahan, others are villages of their own kind.
    const own = `${code.split('.')[3].startsWith('1') ? 'Kel.' : 'Desa'} ${name}`;
    below(code, 'village', name, own, district, point, point ? 'village' : 'station');
    inDistrict.set(district_code, [...(inDistrict.get(district_code) ?? []), places.get(code)]);
  }
  const inRegency = new Map();
  for (const [code, villages] of inDistrict) {
    const pointed = villages.filter((village) => village.pointOf === 'village');
    const strays = pointed.length === 0 ? [] : straysOf(pointed);
    for (const stray of strays) {
      const { longitude, latitude } = stray.station;
      Object.assign(stray, { longitude: e7(longitude), latitude: e7(latitude), pointOf: 'station', radius: REGENCY_M });
    }
    const known = pointed.filter((village) => !strays.includes(village));
    // In thinly peopled land a village reaches as far as its nearest neighbour.
    for (const village of known) {
      const next = Math.min(...known.filter((other) => other !== village).map((other) => metresBetween(village, other)));
      if (Number.isFinite(next)) village.radius = Math.round(Math.min(Math.max(VILLAGE_M, next), REGENCY_M));
    }
    middle(places.get(code), known, villages.length);
    inRegency.set(code.slice(0, 5), [...(inRegency.get(code.slice(0, 5)) ?? []), ...villages]);
  }
  for (const [code, villages] of inRegency)
    middle(places.get(code), villages.filter((village) => village.pointOf === 'village'), villages.length);
  for (const { code, regency_code, coordinate, name: given } of await getIslands()) {
    const name = plain(given);
    const parent = need(places, regency_code || code.slice(0, 2), code);
    below(code, 'island', name, name, parent, islandPoint(coordinate));
  }
  return [...places.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

const [nation, out] = process.argv.slice(2);
if (!nation || !out) {
  console.error('usage: make_places.mjs NATION_DIR OUT_FILE');
  process.exit(2);
}
const lines = (await makePlaces(nation)).map((p) =>
  [p.code, p.level, p.name, p.text, p.longitude, p.latitude, p.pointOf, p.radius, p.station.code].join('\t'));
writeFileSync(`${out}.part`, [...REMARKS, ...lines, ''].join('\n'));
renameSync(`${out}.part`, out);
console.log(`${lines.length} places`);
