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

/** What sounds until somebody takes it, the worst first. */
const ALARMS = ['officer_help', 'unanswered_alarm', 'field_report', 'app_report'] as const;
export type AlarmKind = (typeof ALARMS)[number];
export const isAlarm = (kind: TaskCard['kind']): kind is AlarmKind => (ALARMS as readonly string[]).includes(kind);

export interface Alarm {
  key: string;
  /** The worst of it. */
  kind: AlarmKind;
  label: string;
  count: number;
  since: number;
  /** What it leads to. */
  task: number;
  incident: number | undefined;
}

/** What nobody has taken yet: one alarm an incident, however many tasks tell of it. Officers in danger come first, then
 * whoever waits longest. */
export function alarmsOf(tasks: readonly TaskCard[]): Alarm[] {
  const found = new Map<string, Alarm>();
  for (const { kind, incident, unit, taken_by, task, opened } of tasks) {
    if (taken_by || !isAlarm(kind)) continue;
    const key = incident !== undefined ? `#${incident}` : (unit ?? String(task));
    const before = found.get(key);
    const count = (before?.count ?? 0) + 1;
    const since = Math.min(before?.since ?? opened, opened);
    if (before && ALARMS.indexOf(before.kind) <= ALARMS.indexOf(kind)) Object.assign(before, { count, since });
    else found.set(key, { key, kind, label: unit ?? (incident !== undefined ? `#${incident}` : ''), count, since, task, incident });
  }
  const rank = (alarm: Alarm) => (alarm.kind === 'officer_help' ? 0 : 1);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.since - b.since);
}
