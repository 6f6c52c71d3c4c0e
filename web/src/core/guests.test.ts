import { expect, test } from 'vitest';
import { guestOf, helpsIn, helpWanted, invitedTo, ownCall, wentHow } from './guests';
import type { CallCard, GuestCard, SelfCard } from './messages.gen';
import { handsFree, Store } from './store';

const guest = (more: Partial<GuestCard> = {}): GuestCard => ({ kind: 'colleague', state: 'joined', name: 'Dewi', station_name: 'Polres Bantul', line: '', rings: false, mine: false, since: 0, ...more });
const call = (more: Partial<CallCard> = {}) => ({ call: 1, state: 'talking', mine: true, ...more }) as CallCard;
const store = (self: Partial<SelfCard>, ...calls: CallCard[]) => {
  const made = new Store();
  made.self = { role: 'operator', state: 'talking', call: 1, ...self } as SelfCard;
  for (const each of calls) made.calls.set(each.call, each);
  return made;
};

test('whose call it is decides what a page does with a guest', () => {
  expect(guestOf(store({}, call({ guest: guest() })))?.name).toBe('Dewi');
  expect(guestOf(store({}, call({ guest: guest({ state: 'invited' }) })))).toBeUndefined();
  expect(guestOf(store({}, call({ guest: guest({ state: 'alone' }), state: 'relayed' })))).toBeUndefined();
  const helping = call({ mine: false, guest: guest({ mine: true }) });
  expect(helpsIn(helping)).toBe(true);
  expect(ownCall(store({}, helping))).toBe(helping);
  expect(guestOf(store({}, helping))).toBeUndefined();
  expect(ownCall(store({}, call({ mine: false })))).toBeUndefined();
});

test('an invitation is a call that rings here and is somebody else\'s', () => {
  const invited = call({ mine: false, offer: 7, guest: guest({ state: 'invited', mine: true }) });
  expect(invitedTo(invited)).toBe(true);
  expect(helpsIn(invited)).toBe(false);
  expect(invitedTo(call({ state: 'waiting', mine: false, offer: 7 }))).toBe(false);
});

test('supervisors are shown who waits for one, the longest first', () => {
  const asks = (id: number, help_asked: number, more: Partial<CallCard> = {}) => call({ call: id, mine: false, help_asked, ...more });
  const all = [asks(1, 30), asks(2, 10), asks(3, 5, { mine: true }), asks(4, 1, { guest: guest() }), call({ call: 5, mine: false })];
  expect(helpWanted(store({ role: 'supervisor' }, ...all)).map((each) => each.call)).toEqual([2, 1]);
  expect(helpWanted(store({ role: 'operator' }, ...all))).toEqual([]);
});

test('whoever is in a call or in training is not called to another', () => {
  const self = (more: Partial<SelfCard>) => store(more).self;
  expect([self({ state: 'ready' }), self({ state: 'not_ready', not_ready_reason: 'pause' })].map(handsFree)).toEqual([true, true]);
  expect([undefined, self({}), self({ state: 'wrap_up' }), self({ state: 'not_ready', not_ready_reason: 'training' })].map(handsFree)).toEqual([false, false, false, false]);
});

test('how a guest went is told once they are gone, though the next is there already', () => {
  const now = (guest_end: CallCard['guest_end'], after?: GuestCard) => call({ guest_end, guest: after });
  const was = (before: GuestCard) => ({ guest: before, guest_end: undefined });
  expect(wentHow(was(guest()), now('left'))).toBe('left');
  expect(wentHow(was(guest({ state: 'invited' })), now('busy'))).toBe('busy');
  expect(wentHow(was(guest({ state: 'joining' })), now('busy', guest()))).toBeUndefined();
  expect(wentHow(was(guest()), now('dropped', guest({ line: 'Ambulans 119' })))).toBe('dropped');
  expect(wentHow(was(guest()), now('left', guest({ state: 'invited' })))).toBe('left');
});

test('a line that was busy at once, so that only its end was seen, is told as well', () => {
  expect(wentHow({ guest: undefined, guest_end: undefined }, call({ guest_end: 'busy' }))).toBe('busy');
  expect(wentHow({ guest: undefined, guest_end: 'busy' }, call({ guest_end: 'busy' }))).toBeUndefined();
  expect(wentHow({ guest: undefined, guest_end: undefined }, call({}))).toBeUndefined();
});
