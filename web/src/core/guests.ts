// The third voice in a call, as the screens ask about it.
import type { CallCard, GuestCard } from './messages.gen';
import type { Store } from './store';

/** They took it and are not gone. */
const here = (guest: GuestCard | undefined): boolean => guest?.state === 'joining' || guest?.state === 'joined';

/** The viewer is in this call as its guest: it is somebody else's. */
export function helpsIn(call: CallCard): boolean {
  return !call.mine && call.guest !== undefined && call.guest.mine && here(call.guest);
}

/** What rings is an invitation into a call that somebody else has. */
export function invitedTo(call: CallCard): boolean {
  return call.offer !== undefined && call.guest?.mine === true;
}

/** The call that the viewer is in, as its operator or as its guest; their last one while they write it down. */
export function ownCall(store: Store): CallCard | undefined {
  const call = store.calls.get(store.self?.call ?? -1);
  return call && (call.mine || helpsIn(call)) ? call : undefined;
}

/** Who talks along in the viewer's own call: this page carries their voice. */
export function guestOf(store: Store): GuestCard | undefined {
  const call = ownCall(store);
  return call?.mine && call.state === 'talking' && here(call.guest) ? call.guest : undefined;
}

/** Calls whose operators wait for a supervisor, who waits longest first. */
export function helpWanted(store: Store): CallCard[] {
  if (store.self?.role !== 'supervisor') return [];
  return [...store.calls.values()]
    .filter((call) => call.state === 'talking' && call.help_asked !== undefined && !call.mine && !call.guest)
    .sort((a, b) => a.help_asked! - b.help_asked!);
}

/** By what name a guest is spoken of. */
export const guestName = (guest: GuestCard): string => guest.line || guest.name || guest.station_name;

/**
 * How a guest went since the call was looked at before, or nothing while they are there. The call went on without them.
 * A busy line comes and goes between two looks: then only its end was seen.
 */
export function wentHow(before: Pick<CallCard, 'guest' | 'guest_end'>, now: CallCard): CallCard['guest_end'] {
  if (!before.guest) return now.guest_end === before.guest_end ? undefined : now.guest_end;
  const after = now.guest;
  if (after && guestName(after) === guestName(before.guest) && !(after.state === 'invited' && before.guest.state !== 'invited')) return undefined;
  return now.guest_end;
}
