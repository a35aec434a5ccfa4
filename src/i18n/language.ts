/** Which of our languages somebody is greeted in. */
import { isLanguage, type Language } from '../base/localizedText.ts';

/** The first language of the reader's list that we have; English otherwise. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0];
    if (isLanguage(base)) return base;
  }
  return 'en';
}
