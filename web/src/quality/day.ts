// A day and a time as reviews show them, by the clock of a station.
import { language } from '../core/i18n';

export function day(at: number, zone: string): string {
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'id-ID', { timeZone: zone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}
