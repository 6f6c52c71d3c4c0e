// Times as people at a desk read and write them: day, month, year and the clock of 24 hours, whatever the browser's
// language and time zone are.

import { language } from './i18n';

/** 0:07, 12:34, 1:02:03. Never negative. */
export function elapsed(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(s / 3600);
  const minutes = Math.floor(s / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`;
}

/** Whole minutes since then. Never negative. */
export function minutes(ms: number): number {
  return Math.max(0, Math.floor(ms / 60_000));
}

/** Clock time in the incident's own zone, with its suffix (WIB, WITA, WIT). */
export function clockTime(at: number, zone: string, seconds = true): string {
  return new Intl.DateTimeFormat('id-ID', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' as const } : {}),
    timeZone: zone,
    timeZoneName: 'short',
  }).format(at);
}

/** WIB, WITA, WIT: the clocks of Indonesia (Keputusan Presiden 41/1987); another zone as the browser calls it. */
export function zoneName(zone: string, at = 0): string {
  const known: Record<string, string> = { 'Asia/Jakarta': 'WIB', 'Asia/Pontianak': 'WIB', 'Asia/Makassar': 'WITA', 'Asia/Ujung_Pandang': 'WITA', 'Asia/Jayapura': 'WIT' };
  const parts = () => new Intl.DateTimeFormat('id-ID', { timeZone: zone, timeZoneName: 'short' }).formatToParts(at);
  return known[zone] ?? parts().find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** '2026-11-25' as '25-11-2026'; '' of what is no date. */
export function dayMonthYear(date: string): string {
  return /^(\d{4})-(\d\d)-(\d\d)$/.test(date) ? date.split('-').reverse().join('-') : '';
}

/** '2026-11-25' of what somebody typed: 25-11-2026, 25/11/2026, 5.1.2026, also 2026-11-25. '' of what is no date; the
 * month is never first. */
export function readDate(text: string): string {
  const [, day, month, year] = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\s*$/.exec(text) ?? [];
  const date = year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : text.trim();
  const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  // Date.parse lets the 31st of a shorter month be the 1st of the next one in some browsers.
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === date ? date : '';
}

/** '07:00' of what somebody typed: 7:00, 07.00, 0700, 7; 24:00 is the end of the day. '' of what is no time. */
export function readTime(text: string): string {
  const [, hour, minute = '00'] = /^\s*(\d{1,2})(?:[:.]?(\d\d))?\s*$/.exec(text) ?? [];
  const good = hour !== undefined && Number(minute) < 60 && Number(hour) * 60 + Number(minute) <= 24 * 60;
  return good ? `${hour.padStart(2, '0')}:${minute}` : '';
}

/** '2026-11-25' in words: 'Rabu, 25 November 2026'. The day stands before the month in both languages. */
export function spelledDate(date: string, language: 'id' | 'en'): string {
  const at = Date.parse(`${date}T12:00:00Z`);
  const form = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return Number.isNaN(at) ? '' : new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', form).format(at);
}

/** As the language writes numbers: 85.513 and 1,3 in Indonesian, 85,513 and 1.3 in English. */
export function figure(value: number, digits = 0): string {
  return value.toLocaleString(language() === 'id' ? 'id-ID' : 'en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function distance(metres: number): string {
  if (metres < 0) return '?';
  return metres < 950 ? `${Math.round(metres / 10) * 10} m` : `${figure(metres / 1000, metres < 99_950 ? 1 : 0)} km`;
}
