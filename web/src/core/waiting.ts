// Who waits for somebody who is not ready, and which alarms the head of the console shows.
import type { CallCard, TaskCard } from './messages.gen';
import type { Store } from './store';

export interface WaitingForYou {
  /** Callers of the nation whom nobody is free to answer. */
  count: number;
  since: number;
  /** Whom the viewer would be given; its card when it is in their reach. */
  next: CallCard | undefined;
  /** The name of that caller's station. */
  home: string;
}

/** What an idle person who is not ready must know: somebody waits, and nobody else is there. */
export function waitingForYou(store: Store): WaitingForYou | undefined {
  const { self, board } = store;
  if (self?.state !== 'not_ready' || !board?.unserved || board.unserved_since === undefined) return undefined;
  return { count: board.unserved, since: board.unserved_since, next: store.calls.get(board.unserved_next ?? -1), home: board.unserved_home };
}

export interface Alarm {
  key: string;
  /** The worst of it. */
  kind: 'officer_help' | 'unanswered_alarm';
  label: string;
  count: number;
}

/** What nobody has taken yet: one alarm an incident, however many tasks tell of it. An officer in danger comes before what nobody answered. */
export function alarmsOf(tasks: readonly TaskCard[]): Alarm[] {
  const found = new Map<string, Alarm>();
  for (const { kind, incident, unit, taken_by, task } of tasks) {
    if (taken_by || (kind !== 'officer_help' && kind !== 'unanswered_alarm')) continue;
    const key = incident !== undefined ? `#${incident}` : (unit ?? String(task));
    const before = found.get(key);
    if (before) before.count++;
    if (before?.kind === 'officer_help' || (before && kind === 'unanswered_alarm')) continue;
    found.set(key, { key, kind, label: unit ?? (incident !== undefined ? `#${incident}` : ''), count: before?.count ?? 1 });
  }
  return [...found.values()];
}
