// How far a place can be trusted: a name whose point is its police station's says which regency, and no more.
import { distanceBetween } from './geo';
import type { Location, Place, PlaceMatch } from './messages.gen';

/** A regency is about this wide: what a name without a point of its own says. As kAlikeDisaster_m of the server. */
export const REGENCY_M = 25_000;
/** A village or an island of the names: its own point, whose outline is not known. */
const NAMED_M = 2_000;
/** A name and a caller farther apart than this are not the same place; nearer, they may be (the same village). */
export const APART_M = 2_000;

export const isRough = (place: Pick<Place, 'point' | 'radius_m'> | undefined): boolean => place?.point !== undefined && (place.radius_m ?? 0) >= REGENCY_M;

/** The place after a name was chosen: a name's rough point takes the place of another rough one, never of a good one. */
export function chosenPlace(match: PlaceMatch, before: Place): Place {
  if (match.exact) return { text: match.text, point: match.point, radius_m: NAMED_M };
  const keeps = before.point !== undefined && !isRough(before);
  return keeps ? { ...before, text: match.text } : { text: match.text, point: match.point, radius_m: REGENCY_M };
}

/** How many metres lie between what the caller's phone says and where the name is, when that is too many to be one place. */
export function apart(named: Pick<PlaceMatch, 'point' | 'exact'> | Place | undefined, caller: Location | undefined): number | undefined {
  if (!named?.point || !caller) return undefined;
  const rough = 'exact' in named ? !named.exact : isRough(named);
  const metres = distanceBetween(named.point, caller.point);
  // Of a rough one only that it is another regency is certain.
  return metres > (rough ? 2 * REGENCY_M : APART_M) + caller.radius_m ? metres : undefined;
}
