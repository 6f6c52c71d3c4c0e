import { expect, test } from 'vitest';
import shipped from '../../public/questions.json?raw';
import { allWords } from './i18n';
import { loadCards, openQuestions, readCards, withAnswer } from './questions';

const one = (more: object = {}) => JSON.stringify({ cards: { fire: [{ label: ['korban', 'hurt'], ask: ['Ada korban?', 'Hurt?'], answers: [['ya', 'yes']], ...more }] } });

test('what is shipped has questions for every kind of incident, and no other', () => {
  const cards = readCards(shipped);
  const types = Object.keys(allWords).filter((key) => key.startsWith('type.')).map((key) => key.slice('type.'.length));
  expect(Object.keys(cards).sort()).toEqual(types.sort());
  for (const questions of Object.values(cards)) expect(questions.length).toBeGreaterThan(1);
});

test('an answer stands in the notes, and its question is asked no more', () => {
  const cards = readCards(one());
  const asked = openQuestions(cards, 'fire', 'Asap dari dapur')[0]!;
  expect(asked.ask).toEqual(['Ada korban?', 'Hurt?']);
  const notes = withAnswer('Asap dari dapur\n', asked, asked.answers[0]!, 2000);
  expect(notes).toBe('Asap dari dapur\nkorban: ya');
  expect(openQuestions(cards, 'fire', notes)).toEqual([]);
  expect(openQuestions(cards, 'theft', notes)).toEqual([]);
  expect(withAnswer('', asked, asked.answers[0]!, 2000)).toBe('korban: ya');
  expect(withAnswer('x'.repeat(1995), asked, asked.answers[0]!, 2000), 'what does not fit is left out').toBe('x'.repeat(1995));
});

test('a mistake in the file is named by its place; the console goes on without cards', async () => {
  expect(() => readCards('{}')).toThrow('cards: an object');
  expect(() => readCards(one({ answers: [] }))).toThrow('cards.fire[0]: answers');
  expect(() => readCards(one({ ask: ['Ada korban?'] }))).toThrow('cards.fire[0]: ask');
  expect(() => readCards(one({ label: ['a\nb', 'x'] }))).toThrow('cards.fire[0]: label');
  const twice = JSON.parse(one()) as { cards: { fire: unknown[] } };
  twice.cards.fire.push(twice.cards.fire[0]);
  expect(() => readCards(JSON.stringify(twice))).toThrow('"korban" is there twice');
  expect(await loadCards(() => Promise.resolve(new Response('', { status: 404 })))).toEqual({});
  expect(Object.keys(await loadCards(() => Promise.resolve(new Response(one()))))).toEqual(['fire']);
});
