import { expect, test } from 'vitest';
import { listed, reportsOf, rootOf, similarTo } from './events';
import type { IncidentCard } from './messages.gen';

const card = (incident: number, more: Partial<IncidentCard> = {}): IncidentCard => ({
  incident, station: 'polres-sleman', station_name: 'Polresta Sleman', opened: incident * 1000, type: 'unknown', priority: 'p2',
  mine: false, closed: false, link: 'none', picks: [], unit_sent: false, alike: [], reporters: 1, history: [], ...more,
});
const map = (...cards: IncidentCard[]) => new Map(cards.map((each) => [each.incident, each]));
const ids = (cards: IncidentCard[]) => cards.map((each) => each.incident);

test('reports are folded into their root, unless the root is not on this screen', () => {
  const all = map(card(1, { reporters: 3 }), card(2, { into: 1 }), card(3, { into: 1 }), card(4, { into: 99 }), card(5));
  expect(ids(listed(all))).toEqual([1, 4, 5]);
  expect(ids(reportsOf(all, 1))).toEqual([3, 2]);
  expect(rootOf(all, all.get(2)!).incident).toBe(1);
  expect(rootOf(all, all.get(4)!).incident).toBe(4);
});

test('what is similar to a root is what it was suggested to and nobody has joined or closed', () => {
  const alike = [{ incident: 1, type: 'disaster' as const, distance_m: 900, opened: 1 }];
  const all = map(card(1), card(2, { alike }), card(3, { alike, closed: true }), card(4, { into: 1 }), card(5));
  expect(ids(similarTo(all, 1))).toEqual([2]);
});
