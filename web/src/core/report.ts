// A report as it is read: what was missed and why, shares and durations in words, periods by their dates. What each
// figure means is in docs/figures.md; nothing is counted here that the server did not count.
import type { ReportFigures, ReportFound, ReportRow } from './messages.gen';
import { dayMonthYear, figure } from './time';

export type Span = ReportFound['span'];
export const SPANS: readonly Span[] = ['day', 'week', 'month'];
export type Miss = 'late' | 'hung_up' | 'refused' | 'cut_off';
export const MISSES: readonly Miss[] = ['late', 'hung_up', 'refused', 'cut_off'];

/** Offered calls that nobody answered within 10 s. */
export const missed = (of: ReportFigures): number => MISSES.reduce((sum, why) => sum + of[why], 0);

/** Thousandths as per cent; nothing of no calls. */
export const share = (thousandths: number | undefined): string => (thousandths === undefined ? '-' : `${figure(thousandths / 10, 1)} %`);

/** Never better than it was: rounded down, as the server's. */
export const shareOf = (part: number, all: number): number | undefined => (all > 0 ? Math.floor((part * 1000) / all) : undefined);

/** '7 s', '2:05 min', '1:10:00'. */
export function lasted(seconds: number | undefined): string {
  if (seconds === undefined) return '-';
  if (seconds < 60) return `${seconds} s`;
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)} min` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** '25-11-2026' of days since 1970-01-01. */
export const dayText = (day: number): string => dayMonthYear(new Date(day * 86_400_000).toISOString().slice(0, 10));

/** A day in the period before, or after, that one; nothing after today's. */
export const before = (found: ReportFound): number => found.first_day - 1;
export const after = (found: ReportFound): number | undefined => (found.last_day < found.today ? found.last_day + 1 : undefined);

/** Those that answer least in time first; where nobody called, last. */
export function worstFirst(rows: readonly ReportRow[]): ReportRow[] {
  const rank = ({ figures }: ReportRow) => figures.within_10 ?? 1001;
  return [...rows].sort((a, b) => rank(a) - rank(b) || missed(b.figures) - missed(a.figures) || a.name.localeCompare(b.name));
}

/** The parts of a bar of all offered calls, in hundredths of its length. */
export function parts(of: ReportFigures): { what: 'within_5' | 'within_10' | Miss; width: number }[] {
  if (!of.offered) return [];
  const width = (part: number) => (part * 100) / of.offered;
  const inTime = width(of.answered - of.late);
  const within5 = Math.min(inTime, (of.within_5 ?? 0) / 10);
  return [
    { what: 'within_5' as const, width: within5 },
    { what: 'within_10' as const, width: inTime - within5 },
    ...MISSES.map((what) => ({ what, width: width(of[what]) })),
  ].filter((part) => part.width > 0);
}
