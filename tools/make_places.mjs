#!/usr/bin/env node
// Makes the table of place names that operators search: make_places.mjs NATION_DIR OUT_FILE
// Names come from the npm package idn-area-data (data: ODbL 1.0), stations and points from NATION_DIR. The package has a
// point for islands only; every other place gets the point of the station that serves it and says so. Columns and
// licence: data/indonesia/README.md. Whatever does not fit together stops the build: half a table is worse than none.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDistricts, getIslands, getProvinces, getRegencies, getVillages } from 'idn-area-data';

const REMARKS = [
  '# Names: idn-area-data 3.1.2, Open Database License 1.0 (opendatacommons.org/licenses/odbl/1-0); this table likewise.',
  '# code\tlevel\tname\ttext\tlongitude_e7\tlatitude_e7\tpoint_of\tstation',
];
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
  const add = (code, level, name, text, station, point = null) => {
    if (places.has(code)) throw new Error(`${code} stands there twice`);
    if (/[\t\n\r]/.test(text) || name.trim() === '') throw new Error(`${code}: not a name`);
    const at = point ?? { longitude: e7(station.longitude), latitude: e7(station.latitude) };
    places.set(code, { code, level, name, text, ...at, pointOf: point ? 'island' : 'station', station });
  };
  const below = (code, level, name, own, parent, point) =>
    add(code, level, name, `${own}, ${parent.text}`, parent.station, point);

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
  for (const { code, district_code, name: given } of await getVillages()) {
    const name = plain(given);
    // The Ministry's codes: a number that begins with 1 is a kelurahan, others are villages of their own kind.
    const own = `${code.split('.')[3].startsWith('1') ? 'Kel.' : 'Desa'} ${name}`;
    below(code, 'village', name, own, need(places, district_code, code));
  }
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
  [p.code, p.level, p.name, p.text, p.longitude, p.latitude, p.pointOf, p.station.code].join('\t'));
writeFileSync(`${out}.part`, [...REMARKS, ...lines, ''].join('\n'));
renameSync(`${out}.part`, out);
console.log(`${lines.length} places`);
