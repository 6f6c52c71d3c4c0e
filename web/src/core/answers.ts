// Quick answers to who writes: sentences that an operator sends by one key, each in the languages in which it was
// written down. The caller reads it in theirs, or in Indonesian; the operator sees what it says. They are data, as the
// question cards are (docs/operating/questions.md).
import { LINE_MAX_BYTES } from './lines';

/** By language (BCP 47); Indonesian is always there. */
export type Answer = Readonly<Record<string, string>> & { readonly id: string };

/** One for each digit of the keyboard. */
export const ANSWERS_MAX = 9;

/** What the file says. Throws an Error that names the place of the first mistake. */
export function readAnswers(text: string): readonly Answer[] {
  const { answers } = JSON.parse(text) as { answers?: unknown };
  if (!Array.isArray(answers) || answers.length > ANSWERS_MAX) throw new Error(`answers: at most ${ANSWERS_MAX}`);
  return answers.map((each: unknown, index) => {
    const said = (each ?? {}) as Record<string, unknown>;
    if (typeof said.id !== 'string') throw new Error(`answers[${index}]: id, in Indonesian, is missing`);
    for (const [language, sentence] of Object.entries(said)) {
      const fits = typeof sentence === 'string' && sentence.trim() !== '' && new TextEncoder().encode(sentence).length <= LINE_MAX_BYTES;
      if (!fits) throw new Error(`answers[${index}].${language}: a text of 1 to ${LINE_MAX_BYTES} bytes`);
    }
    return said as Answer;
  });
}

/** A fetch of the server's file, once a page; without one there are no quick answers, and the console goes on. */
export async function loadAnswers(get: (path: string) => Promise<Response> = fetch): Promise<readonly Answer[]> {
  try {
    const answer = await get('/answers.json');
    if (!answer.ok) throw new Error(`${answer.status}`);
    return readAnswers(await answer.text());
  } catch (error) {
    console.error('answers.json:', error instanceof Error ? error.message : error);
    return [];
  }
}

/** As the caller reads it: "jv-ID" is "jv". */
export const inLanguage = (answer: Answer, language: string | undefined): string => answer[language ?? 'id'] ?? answer[language?.split('-')[0] ?? 'id'] ?? answer.id;
