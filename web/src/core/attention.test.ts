import { expect, test } from 'vitest';
import { attentionOf, found, outcomeElse, untouched } from './attention';
import type { AlertCard, IncidentCard } from './messages.gen';

const card = (more: Partial<IncidentCard> = {}) =>
  ({ incident: 7, opened: 1000, type: 'unknown', priority: 'p2', unit_sent: false, history: [], station_name: 'Polresta Sleman', ...more }) as unknown as IncidentCard;
const alert = (unit: number, status: AlertCard['status'], root = 7) => ({ alert: unit, root, unit, status, since: 100 * unit, call_sign: `U${unit}` }) as unknown as AlertCard;

test('who was asked, who comes and who was there are four things', () => {
  expect(attentionOf(card(), [alert(1, 'on_scene', 8)])).toEqual({ kind: 'none', since: 1000 });
  const coming = attentionOf(card({ unit_sent: true }), [alert(1, 'sent'), alert(2, 'en_route'), alert(3, 'delivered')]);
  expect(coming).toMatchObject({ kind: 'alert', since: 200, alert: { call_sign: 'U2' } });
  const lapsed = card({ unit_sent: true, history: [{ kind: 'alert_expired', at: 3000, unit: 'U1', radio: false }, { kind: 'call_ended', at: 4000, unit: '', radio: false }] });
  expect(attentionOf(lapsed, [])).toEqual({ kind: 'nobody', since: 3000 });
  expect(attentionOf(card({ unit_sent: true, attended: 5000 }), [])).toEqual({ kind: 'attended', since: 5000 });
  expect([card(), lapsed, card({ attended: 1 })].map((each) => untouched(attentionOf(each, [])))).toEqual([true, true, false]);
});

test('what is recorded when nobody chooses is never information where something was reported', () => {
  expect(outcomeElse(undefined)).toBe('information');
  expect(outcomeElse(card())).toBe('information');
  for (const more of [{ unit_sent: true }, { type: 'theft' }, { priority: 'p1' }, { into: 3 }] as Partial<IncidentCard>[]) expect(outcomeElse(card(more)), JSON.stringify(more)).toBe('genuine');
});

test('an incident is found by what stands in it', () => {
  const it = card({ place: { text: 'Simpang Denggung' }, notes: 'dua orang', number: '+62811', reporter: 'Ibu Sri' });
  for (const text of ['7', 'denggung', 'pencurian', 'dua sri', '+62811', 'sleman', '']) expect(found(it, text, 'Pencurian'), text).toBe(true);
  for (const text of ['9', 'denggung bantul']) expect(found(it, text, 'Pencurian'), text).toBe(false);
});
