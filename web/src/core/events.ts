// One event, many callers: how the incidents on a screen hang together. A root has reports joined to it; a screen may
// hold a report without its root (out of reach) and fewer reports than there are.
import type { IncidentCard } from './messages.gen';

type Incidents = ReadonlyMap<number, IncidentCard>;

/** The incident that is handled for this one: its root, where the screen has it. */
export function rootOf(incidents: Incidents, card: IncidentCard): IncidentCard {
  return (card.into === undefined ? undefined : incidents.get(card.into)) ?? card;
}

/** What stands in a list of incidents: joined ones are folded into their root. */
export function listed(incidents: Incidents): IncidentCard[] {
  return [...incidents.values()].filter((card) => rootOf(incidents, card) === card);
}

/** The reports of a root that the screen has, the newest first. */
export function reportsOf(incidents: Incidents, root: number): IncidentCard[] {
  return [...incidents.values()].filter((card) => card.into === root).sort((a, b) => b.opened - a.opened || b.incident - a.incident);
}

/** Those to which this one was suggested and that are joined to nothing. */
export function similarTo(incidents: Incidents, root: number): IncidentCard[] {
  return [...incidents.values()].filter(
    (card) => !card.closed && card.into === undefined && card.alike.some((candidate) => candidate.incident === root),
  );
}
