// What an officer must still see when the page is loaded anew without a network: the one assignment, its place and what is
// known of it. Nothing else is kept on a phone, and this no longer than it is theirs.
import type { AlertCard, IncidentCard, SelfCard } from './messages.gen';

export interface Assignment {
  until: number;
  self: SelfCard;
  alert: AlertCard;
  incident: IncidentCard;
}

const KEY = 'sigap.assignment';
/** Without having heard from the server, ms: nobody drives for longer, and a lost phone forgets. Own. */
export const KEPT_MS = 2 * 60 * 60 * 1000;

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function keepAssignment(shelf: Shelf, assignment: Omit<Assignment, 'until'> | undefined, now: number): void {
  if (assignment) shelf.setItem(KEY, JSON.stringify({ ...assignment, until: now + KEPT_MS }));
  else shelf.removeItem(KEY);
}

export function keptAssignment(shelf: Shelf, now: number): Assignment | undefined {
  try {
    const kept = JSON.parse(shelf.getItem(KEY) ?? 'null') as Partial<Assignment> | null;
    if (kept?.self && kept.alert && kept.incident && typeof kept.until === 'number' && kept.until > now) return kept as Assignment;
  } catch {
    // written by another version of the page
  }
  shelf.removeItem(KEY);
  return undefined;
}
