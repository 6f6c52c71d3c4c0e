// How an incident stands with its units: nobody asked yet, nobody came, who is on the way, somebody was there.
import type { AlertCard, IncidentCard, SetOutcome } from './messages.gen';

export type Attention =
  | { kind: 'none' | 'nobody' | 'attended'; since: number }
  | { kind: 'alert'; alert: AlertCard; since: number };

const ORDER: AlertCard['status'][] = ['sent', 'delivered', 'acknowledged', 'en_route', 'on_scene', 'done'];

/** By the unit that is furthest. */
export function attentionOf(incident: IncidentCard, alerts: Iterable<AlertCard>): Attention {
  const furthest = [...alerts].filter((alert) => alert.root === incident.incident).sort((a, b) => ORDER.indexOf(b.status) - ORDER.indexOf(a.status))[0];
  if (furthest) return { kind: 'alert', alert: furthest, since: furthest.since };
  if (incident.attended !== undefined) return { kind: 'attended', since: incident.attended };
  const last = incident.history.findLast(({ kind }) => kind.startsWith('alert_') || kind === 'nobody_answered');
  return { kind: incident.unit_sent ? 'nobody' : 'none', since: incident.unit_sent && last ? last.at : incident.opened };
}

/** Whether somebody must still do something about it. */
export const untouched = ({ kind }: Attention): boolean => kind === 'none' || kind === 'nobody';

/** What the system writes when nobody chooses an outcome: as `outcome_by_timeout` of the server. */
export function outcomeElse(incident: IncidentCard | undefined): SetOutcome['outcome'] {
  if (!incident) return 'information';
  const report = incident.unit_sent || incident.type !== 'unknown' || incident.priority === 'p1' || incident.into !== undefined;
  return report ? 'genuine' : 'information';
}

/** Which incidents a search finds: number, kind as it is written here, place, notes, reporter, number of the caller. */
export function found(incident: IncidentCard, text: string, kind: string): boolean {
  const its = [String(incident.incident), kind, incident.place?.text, incident.notes, incident.reporter, incident.number, incident.station_name].join(' ').toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => its.includes(word));
}
