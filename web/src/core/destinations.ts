// Where a call can go: parties outside first, then stations, the nearest first. Two stations may have one name: the
// province tells them apart.
import { distanceBetween } from './geo';
import type { GeoPoint, StationCard } from './messages.gen';

export interface Destination {
  key: string;
  name: string;
  /** A party outside has neither. */
  station?: string;
  province: string;
  metres?: number;
}

/** The province that a station is in, as its command is named; of a provincial command nothing more. */
function provinceOf(station: StationCard, stations: ReadonlyMap<string, StationCard>): string {
  return station.level === 'polres' ? (stations.get(station.parent)?.name ?? '') : '';
}

export function destinations(stations: ReadonlyMap<string, StationCard>, lines: readonly string[], from: GeoPoint | undefined, without?: string): Destination[] {
  const outside = lines.map((name) => ({ key: `line ${name}`, name, province: '' }));
  const ours = [...stations.values()]
    .filter(({ station }) => station !== without)
    .map((card): Destination => ({
      key: card.station,
      name: card.name,
      station: card.station,
      province: provinceOf(card, stations),
      ...(from ? { metres: distanceBetween(from, card.point) } : {}),
    }))
    .sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0) || a.name.localeCompare(b.name));
  return [...outside, ...ours];
}

/** Those in which each word of what was typed begins a word, the ones called so first. */
export function matching(all: readonly Destination[], typed: string, most: number): Destination[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (one: Destination) => {
    const its = `${one.name} ${one.province}`.toLowerCase().split(/[\s-]+/);
    return words.every((word) => its.some((each) => each.startsWith(word)));
  };
  const called = named(all, typed);
  return [...called, ...all.filter((one) => fits(one) && !called.includes(one))].slice(0, most);
}

/** Whose whole name was typed: more than one where stations share it. */
export function named(all: readonly Destination[], typed: string): Destination[] {
  const name = typed.trim().toLowerCase();
  return all.filter((one) => one.name.toLowerCase() === name);
}
