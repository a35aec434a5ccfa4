/** The languages of the product, and text that content (examples, lessons, saved calls) carries in each. */
export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Text in every language, or one text for all. */
export type LocalizedText = string | Readonly<Record<Language, string>>;

export const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value);

export const localize = (text: LocalizedText, language: Language): string =>
  typeof text === 'string' ? text : text[language];
