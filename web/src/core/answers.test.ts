import { expect, test, vi } from 'vitest';
import shipped from '../../public/answers.json?raw';
import { ANSWERS_MAX, inLanguage, loadAnswers, readAnswers } from './answers';

test('the shipped answers can be read, and each is there in all languages of the page', () => {
  const answers = readAnswers(shipped);
  expect(answers.length).toBeGreaterThan(4);
  for (const answer of answers) expect(Object.keys(answer)).toEqual(['id', 'en', 'jv', 'su', 'min']);
});

test('the caller reads their language, or Indonesian', () => {
  const answer = { id: 'ya', en: 'yes', jv: 'inggih' };
  expect(inLanguage(answer, 'jv')).toBe('inggih');
  expect(inLanguage(answer, 'jv-ID')).toBe('inggih');
  expect(inLanguage(answer, 'su')).toBe('ya');
  expect(inLanguage(answer, undefined)).toBe('ya');
});

test('a mistake is named by its place, and the console goes on without', async () => {
  expect(() => readAnswers('{}')).toThrow('answers');
  expect(() => readAnswers(JSON.stringify({ answers: [{ id: 'a' }, { en: 'b' }] }))).toThrow('answers[1]: id');
  expect(() => readAnswers(JSON.stringify({ answers: [{ id: 'a', jv: ' ' }] }))).toThrow('answers[0].jv');
  expect(() => readAnswers(JSON.stringify({ answers: Array(ANSWERS_MAX + 1).fill({ id: 'a' }) }))).toThrow('at most');
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(await loadAnswers(() => Promise.resolve(new Response('', { status: 404 })))).toEqual([]);
  expect(logged).toHaveBeenCalled();
  logged.mockRestore();
});
