// The kinds of incidents, in the order of the lists that offer them.
import type { IncidentCard } from './messages.gen';

export type IncidentType = IncidentCard['type'];

export const INCIDENT_TYPES: readonly IncidentType[] = [
  'unknown', 'traffic_accident', 'theft', 'robbery', 'assault', 'domestic_violence', 'disturbance',
  'missing_person', 'fire', 'disaster', 'medical', 'suspicious_activity', 'other',
];
