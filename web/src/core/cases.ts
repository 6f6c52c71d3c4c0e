// Complaints as a desk looks at them: which are shown, in which order, and how much of their time is left.
import type { CaseCard } from './messages.gen';

const DAY_MS = 24 * 3600 * 1000;

export type CaseFilter = { which: 'open' | 'late' | 'closed'; category: string; text: string };

/** Whole days until then, rounded down; negative when it is past. */
export const daysLeft = (due: number, now: number): number => Math.floor((due - now) / DAY_MS);

/** The part of the time for an answer that is left, 0 to 1. */
export function left({ opened, due }: Pick<CaseCard, 'opened' | 'due'>, now: number): number {
  return due <= opened ? 0 : Math.min(1, Math.max(0, (due - now) / (due - opened)));
}

/** What is late first, then by what is left of the time; what is closed by when, the newest first. */
export function casesShown(all: Iterable<CaseCard>, { which, category, text }: CaseFilter): CaseCard[] {
  const wanted = text.trim().toLowerCase();
  const shown = [...all].filter(
    (one) =>
      (which === 'closed') === (one.closed !== undefined) &&
      (which !== 'late' || one.late) &&
      (category === '' || one.category === category) &&
      (wanted === '' || one.number.toLowerCase().includes(wanted) || one.station_name.toLowerCase().includes(wanted)),
  );
  const open = (a: CaseCard, b: CaseCard) => Number(b.late) - Number(a.late) || a.due - b.due;
  return shown.sort((a, b) => (which === 'closed' ? b.closed! - a.closed! : open(a, b)) || a.complaint - b.complaint);
}
