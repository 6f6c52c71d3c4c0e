// Rosters as they are drawn: a station's day on its own clock, and what each hour lacks.
import type { ShiftCard } from './messages.gen';
import { clockTime, dayMonthYear } from './time';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What a clock of the zone is ahead of UTC at that moment, in ms. */
function ahead(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000;
}

/** '2026-11-25' and '07:00' on the zone's clock, as fields of a form want them. */
export function dateOf(at: number, zone: string): string {
  return new Date(at + ahead(at, zone)).toISOString().slice(0, 10);
}
export function timeOf(at: number, zone: string): string {
  return new Date(at + ahead(at, zone)).toISOString().slice(11, 16);
}
/** '25-11-2026 07.00 WIB'; where no zone is known, Jakarta's clock. */
export function whenIn(at: number, zone = 'Asia/Jakarta'): string {
  const there = zone || 'Asia/Jakarta';
  return `${dayMonthYear(dateOf(at, there))} ${clockTime(at, there, false)}`;
}
/** The other way round; NaN when either is not filled in. */
export function instantOf(date: string, time: string, zone: string): number {
  const local = Date.parse(`${date}T${time}:00Z`);
  return Number.isNaN(local) ? NaN : local - ahead(local - ahead(local, zone), zone);
}
/** From `from` to `until` of that day's clock; past midnight when it is not later. */
export function span(date: string, from: string, until: string, zone: string): { from: number; until: number } {
  const begin = instantOf(date, from, zone);
  const end = instantOf(date, until, zone);
  return { from: begin, until: end <= begin ? end + DAY : end };
}

export interface HourNeed {
  from: number;
  needed: number;
  rostered: number;
  /** Of the stations that lack somebody; what one has too many does not help another. */
  gap: number;
}

/** The worst moment of each hour, all these shifts' stations together. */
export function needByHour(shifts: readonly ShiftCard[], begin: number, hours = 24): HourNeed[] {
  const stations = [...new Set(shifts.map((shift) => shift.station))];
  const live = shifts.filter((shift) => !shift.ended);
  return Array.from({ length: hours }, (_, hour) => {
    const from = begin + hour * HOUR;
    const moments = [from, ...live.flatMap((shift) => [shift.from, shift.until]).filter((at) => at > from && at < from + HOUR)];
    return moments
      .map((at) => {
        const sum: HourNeed = { from, needed: 0, rostered: 0, gap: 0 };
        for (const station of stations) {
          const there = live.filter((shift) => shift.station === station && shift.from <= at && at < shift.until);
          const needed = there.reduce((n, shift) => n + shift.needed, 0);
          const rostered = new Set(there.flatMap((shift) => shift.people.map((person) => person.person))).size;
          sum.needed += needed;
          sum.rostered += rostered;
          sum.gap += Math.max(0, needed - rostered);
        }
        return sum;
      })
      .reduce((worst, each) => (each.gap > worst.gap || (each.gap === worst.gap && each.needed > worst.needed) ? each : worst));
  });
}

/** Hours of the day that lack as many, one after the other, as one span. */
export function gapSpans(hours: readonly HourNeed[]): { from: number; until: number; gap: number }[] {
  const spans: { from: number; until: number; gap: number }[] = [];
  hours.forEach(({ gap }, hour) => {
    const last = spans.at(-1);
    if (last && last.until === hour && last.gap === gap) last.until = hour + 1;
    else if (gap > 0) spans.push({ from: hour, until: hour + 1, gap });
  });
  return spans;
}

/** Where a bar lies in the day that begins at `begin`, in percent; nothing when it is not of that day. */
export function place(shift: Pick<ShiftCard, 'from' | 'until'>, begin: number): { left: number; width: number } | undefined {
  const from = Math.max(shift.from, begin);
  const until = Math.min(shift.until, begin + DAY);
  return until <= from ? undefined : { left: ((from - begin) / DAY) * 100, width: ((until - from) / DAY) * 100 };
}

export interface Row {
  key: string;
  label: string;
  shifts: ShiftCard[];
  missing: boolean;
  beyond: boolean;
}

/** A row a person of the station, and one for each shift that names nobody. */
export function rowsOfPeople(shifts: readonly ShiftCard[], nobody: string): Row[] {
  const rows = new Map<string, Row>();
  for (const shift of [...shifts].sort((a, b) => a.from - b.from)) {
    if (!shift.people.length) rows.set(`shift${shift.shift}`, { key: `shift${shift.shift}`, label: nobody, shifts: [shift], missing: false, beyond: false });
    for (const person of shift.people) {
      const key = `person${person.person}`;
      const row = rows.get(key) ?? { key, label: person.name ?? `#${person.person}`, shifts: [], missing: false, beyond: false };
      row.shifts.push(shift);
      row.missing ||= shift.begun && !shift.ended && !person.here;
      row.beyond ||= person.beyond;
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

/** A row a station. */
export function rowsOfStations(shifts: readonly ShiftCard[], nameOf: (station: string) => string): Row[] {
  const rows = new Map<string, Row>();
  for (const shift of [...shifts].sort((a, b) => a.from - b.from)) {
    const row = rows.get(shift.station) ?? { key: shift.station, label: nameOf(shift.station), shifts: [], missing: false, beyond: false };
    row.shifts.push(shift);
    row.missing ||= shift.begun && !shift.ended && (shift.gap > 0 || shift.people.some((person) => !person.here));
    row.beyond ||= shift.people.some((person) => person.beyond);
    rows.set(shift.station, row);
  }
  return [...rows.values()].sort((a, b) => a.label.localeCompare(b.label));
}
