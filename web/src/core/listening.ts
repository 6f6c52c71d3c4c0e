// Who listens to calls, as the screens ask about it.
import type { CallCard, ListenerCard, OfferId } from './messages.gen';
import type { Store } from './store';

/** The call that the viewer listens to. */
export function listenedTo(store: Store): { call: CallCard; listener: ListenerCard } | undefined {
  for (const call of store.calls.values()) {
    const listener = call.listeners.find((each) => each.mine);
    if (listener) return { call, listener };
  }
  return undefined;
}

/** What a supervisor may listen to: somebody else's conversation. */
export function mayListen(store: Store, call: CallCard): boolean {
  const { self } = store;
  return self?.role === 'supervisor' && self.state !== 'talking' && call.state === 'talking' && call.connected && !call.mine && !call.guest?.mine;
}

/** The paths beside calls that this page has a part in: what it hears, what it whispers, what is whispered to it. */
export function pathsBeside(store: Store): Set<OfferId> {
  const paths = new Set<OfferId>();
  for (const call of store.calls.values())
    for (const each of call.listeners) {
      if (each.mine) paths.add(each.offer).add(each.whisper);
      if (call.mine) paths.add(each.whisper);
    }
  return paths;
}
