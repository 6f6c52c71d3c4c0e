// Reviews of handled calls, as the screens ask about them.
import type { Criterion, ReviewCard, ReviewFormCard } from './messages.gen';
import type { Store } from './store';

/** "Does not apply". */
export const NOT_APPLICABLE = -1;
/** What a criterion may be answered with, best first. */
export const MARKS = [2, 1, 0, NOT_APPLICABLE] as const;
const MOST = 2;

/** Of what applies, by weight, 0 to 100, as the server counts it; nothing while a mark is missing, or nothing applies. */
export function percentOf(criteria: Criterion[], marks: (number | undefined)[]): number | undefined {
  let got = 0;
  let most = 0;
  for (const [index, { weight }] of criteria.entries()) {
    const mark = marks[index];
    if (mark === undefined) return undefined;
    if (mark === NOT_APPLICABLE) continue;
    got += mark * weight;
    most += MOST * weight;
  }
  return most ? Math.floor((got * 100 + most / 2) / most) : undefined;
}

/** The form in use. */
export function newestForm(store: Store): ReviewFormCard | undefined {
  return [...store.review_forms.values()].sort((a, b) => b.version - a.version)[0];
}

export interface Lists {
  /** To be reviewed by the viewer, who is due first comes first. */
  open: ReviewCard[];
  /** Reviewed, newest first. */
  done: ReviewCard[];
  /** Of the viewer's own calls: unread first, then the newest. */
  own: ReviewCard[];
}

export function listsOf(store: Store): Lists {
  const all = [...store.reviews.values()];
  const lastScore = (review: ReviewCard) => Math.max(0, ...review.scores.map((score) => score.at));
  return {
    open: all.filter((review) => review.open).sort((a, b) => a.due - b.due),
    done: all.filter((review) => !review.open && !review.mine).sort((a, b) => lastScore(b) - lastScore(a)),
    own: all.filter((review) => review.mine).sort((a, b) => Number(a.acknowledged !== undefined) - Number(b.acknowledged !== undefined) || lastScore(b) - lastScore(a)),
  };
}
