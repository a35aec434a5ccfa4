/** Loads what fields mean in a language; the editor asks when it is first shown. */
import type { Language } from '../../base/localizedText.ts';

/** Sentences by field key, `key=VALUE` for values, and the kind's name for kinds. */
export type FieldTexts = Readonly<Record<string, string>>;

export const loadFieldTexts = async (language: Language): Promise<FieldTexts> =>
  language === 'ja' ? (await import('./ja.ts')).fields : (await import('./en.ts')).fields;
