// The words of the caller's own page, in the language that they chose. Those of the regions come when somebody chooses
// them, so that the first load stays small; what they leave out is said in Indonesian.
import { language } from '../core/i18n';
import type { Word } from '../core/i18n';
import { t as base, tOf as baseOf, words } from '../ui/words.svelte';

/** As BCP 47 names them: it goes along with the call. */
export const CALLER_LANGUAGES = [
  ['id', 'Bahasa Indonesia'],
  ['en', 'English'],
  ['jv', 'Basa Jawa'],
  ['su', 'Basa Sunda'],
  ['min', 'Baso Minang'],
] as const;
export type CallerLanguage = (typeof CALLER_LANGUAGES)[number][0];

const KEY = 'sigap.caller_language';
let chosen = $state<CallerLanguage>('id');
let regional = $state.raw<Readonly<Record<string, string>>>({});

function kept(): CallerLanguage {
  const said = globalThis.localStorage?.getItem(KEY);
  return CALLER_LANGUAGES.find(([code]) => code === said)?.[0] ?? language();
}

export const callerLanguage = (): CallerLanguage => chosen;

export async function chooseLanguage(next: CallerLanguage): Promise<void> {
  chosen = next;
  globalThis.localStorage?.setItem(KEY, next);
  const own = next === 'id' || next === 'en';
  words.language = next === 'en' ? 'en' : 'id';
  if (own) {
    regional = {};
    return;
  }
  const { REGIONAL } = await import('./regional');
  if (chosen !== next) return;
  regional = REGIONAL[next];
  document.documentElement.lang = next;
}

void chooseLanguage(kept());

export const t = (word: Word): string => regional[word] ?? base(word);
export const tOf = (family: string, key: string): string => regional[`${family}.${key}`] ?? baseOf(family, key);
