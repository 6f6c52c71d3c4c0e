// The stations that a person reaches: their own and all below it.
import type { StationCard } from './messages.gen';
import type { Store } from './store';

/** In the order of their names. */
export function reachOf(store: Store): StationCard[] {
  const { self, stations } = store;
  const within = (code: string | undefined): boolean => code !== undefined && code !== '' && (code === self?.station || within(stations.get(code)?.parent));
  return [...stations.values()].filter((one) => within(one.station)).sort((a, b) => a.name.localeCompare(b.name));
}
