// The dictionary, so that a change of language redraws what is on the screen.
import { type Language, language, say, sayOf, setLanguage, type Word } from '../core/i18n';
import type { IncidentCard } from '../core/messages.gen';

let current = $state<Language>(language());

export const words = {
  get language(): Language {
    return current;
  },
  set language(next: Language) {
    setLanguage(next);
    current = next;
  },
};

export function t(word: Word): string {
  void current;
  return say(word);
}

export function tOf(family: string, key: string): string {
  void current;
  return sayOf(family, key);
}

/** How an incident came that nobody called about. */
export const originOf = ({ origin }: IncidentCard): string => (origin === undefined ? t('incident.without_call') : tOf('origin', origin));
