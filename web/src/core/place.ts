// How far a place can be trusted: a name whose point is its police station's says which regency, and no more.
import { distanceBetween } from './geo';
import type { Location, Place, PlaceMatch } from './messages.gen';

/** A regency is about this wide: a point that says no more is rough. As kAlikeDisaster_m of the server. */
export const REGENCY_M = 25_000;
/** A village's point is good to this; as VILLAGE_M of the table of names. */
const VILLAGE_M = 2_000;
/** A name and a caller farther apart than this are not the same place; nearer, they may be (the same village). */
export const APART_M = 2_000;

export const isRough = (place: Pick<Place, 'point' | 'radius_m'> | undefined): boolean => place?.point !== undefined && (place.radius_m ?? 0) >= REGENCY_M;

/** The place after a name was chosen: a village's point counts; that of something wider takes no better point's place. */
export function chosenPlace({ text, point, radius_m }: PlaceMatch, before: Place): Place {
  const keeps = before.point !== undefined && radius_m > Math.max(VILLAGE_M, before.radius_m ?? 0);
  return keeps && !isRough(before) ? { ...before, text } : { text, point, radius_m };
}

/** How many metres lie between what the caller's phone says and where the name is, when that is too many to be one place. */
export function apart(named: Pick<PlaceMatch, 'point' | 'radius_m'> | Place | undefined, caller: Location | undefined): number | undefined {
  if (!named?.point || !caller) return undefined;
  const metres = distanceBetween(named.point, caller.point);
  const within = named.radius_m ?? 0;
  // A rough point may stand at one end of what it stands for: only that it is another regency is certain.
  return metres > (within >= REGENCY_M ? 2 * within : Math.max(APART_M, within)) + caller.radius_m ? metres : undefined;
}
