// The questions of a kind of incident: what an operator asks first, and the answers that one click writes into the
// notes. The notes alone say what was answered, in Indonesian whatever the screen's language is: they are the record,
// they save themselves, colleagues and a reload see the same.
import type { IncidentCard } from './messages.gen';

type Words = readonly [id: string, en: string];
export interface Question {
  /** Before the answer in the notes. */
  label: Words;
  ask: Words;
  answers: readonly Words[];
}
export type Cards = Partial<Record<IncidentCard['type'], readonly Question[]>>;

const ANSWERS_MAX = 8; // of a question; more do not fit on its line
const QUESTIONS_MAX = 12; // of a kind of incident
const WORDS_MAX = 80; // characters

const isWords = (value: unknown): value is Words =>
  Array.isArray(value) && value.length === 2 && value.every((word) => typeof word === 'string' && word.trim() !== '' && word.length <= WORDS_MAX && !word.includes('\n'));

function question(value: unknown, where: string): Question {
  const { label, ask, answers } = (value ?? {}) as Record<string, unknown>;
  for (const [name, words] of Object.entries({ label, ask })) if (!isWords(words)) throw new Error(`${where}: ${name} is two texts of 1 to ${WORDS_MAX} characters`);
  if (!Array.isArray(answers) || answers.length < 1 || answers.length > ANSWERS_MAX || !answers.every(isWords))
    throw new Error(`${where}: answers are 1 to ${ANSWERS_MAX} pairs of texts`);
  return { label: label as Words, ask: ask as Words, answers };
}

/** What the file says. Throws an Error that names the place of the first mistake. */
export function readCards(text: string): Cards {
  const { cards } = JSON.parse(text) as { cards?: unknown };
  if (!cards || typeof cards !== 'object' || Array.isArray(cards)) throw new Error('cards: an object by kind of incident');
  const read: Record<string, readonly Question[]> = {};
  for (const [type, questions] of Object.entries(cards)) {
    if (!Array.isArray(questions) || questions.length > QUESTIONS_MAX) throw new Error(`cards.${type}: at most ${QUESTIONS_MAX} questions`);
    read[type] = questions.map((each, i) => question(each, `cards.${type}[${i}]`));
    const labels = read[type].map((each) => each.label[0]);
    const twice = labels.find((label, i) => labels.indexOf(label) !== i);
    if (twice) throw new Error(`cards.${type}: "${twice}" is there twice`);
  }
  return read;
}

/** A fetch of the server's file, once a page; without one there are no cards, and the console goes on. */
export async function loadCards(get: (path: string) => Promise<Response> = fetch): Promise<Cards> {
  try {
    const answer = await get('/questions.json');
    if (!answer.ok) throw new Error(`${answer.status}`);
    return readCards(await answer.text());
  } catch (error) {
    console.error('questions.json:', error instanceof Error ? error.message : error);
    return {};
  }
}

const line = (asked: Question, answer: Words) => `${asked.label[0]}: ${answer[0]}`;
const answeredIn = (notes: string, asked: Question) => notes.split('\n').some((each) => each.startsWith(`${asked.label[0]}: `));

/** Not answered in the notes yet, in the order of the card. */
export const openQuestions = (cards: Cards, type: IncidentCard['type'], notes: string): readonly Question[] =>
  (cards[type] ?? []).filter((asked) => !answeredIn(notes, asked));

/** The notes with the answer on a line of its own; as they were when it does not fit. */
export function withAnswer(notes: string, asked: Question, answer: Words, most: number): string {
  const longer = notes.trimEnd() === '' ? line(asked, answer) : `${notes.trimEnd()}\n${line(asked, answer)}`;
  return longer.length <= most ? longer : notes;
}
