import { expect, test } from 'vitest';
import type { Criterion, ReviewCard } from './messages.gen';
import { listsOf, NOT_APPLICABLE, percentOf } from './quality';
import { Store } from './store';

const criterion = (weight: number): Criterion => ({ code: 'x', part: 'call', indonesian: '', english: '', weight });

test('a score is of what applies, by weight, as the server counts it', () => {
  const criteria = [criterion(1), criterion(3), criterion(2)];
  expect(percentOf(criteria, [2, 2, 2])).toBe(100);
  expect(percentOf(criteria, [2, 1, NOT_APPLICABLE])).toBe(63);
  expect(percentOf(criteria, [0, 1, NOT_APPLICABLE])).toBe(38);
  expect(percentOf(criteria, [2, undefined, 2])).toBeUndefined();
  expect(percentOf(criteria, [NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE])).toBeUndefined();
});

test('what is due first is on top, and what the operator has not read', () => {
  const store = new Store();
  const add = (part: Partial<ReviewCard> & { review: number }) =>
    store.reviews.set(part.review, { call: 1, station: 's', station_name: 'S', mine: false, reason: 'drawn', call_at: 0, due: 0, calibrates: false, open: false, complete: true, scores: [], ...part });
  const score = (at: number) => ({ mine: false, at, form: 1, marks: [], percent: 50 });
  add({ review: 1, open: true, due: 9 });
  add({ review: 2, open: true, due: 3 });
  add({ review: 3, scores: [score(1)] });
  add({ review: 4, scores: [score(2)] });
  add({ review: 5, mine: true, acknowledged: 7, scores: [score(9)] });
  add({ review: 6, mine: true, scores: [score(1)] });
  const ids = (list: ReviewCard[]) => list.map((review) => review.review);
  const { open, done, own } = listsOf(store);
  expect([ids(open), ids(done), ids(own)]).toEqual([[2, 1], [4, 3], [6, 5]]);
});
