/**
 * One i18next instance per studio, behind a typed `t`: keys are checked against the English
 * catalogue, Japanese is loaded when asked for. Messages are plain text and React escapes them, so
 * i18next does not. A missing key is our own bug: tests compare the catalogues.
 */
import { createInstance, type i18n } from 'i18next';
import type { Language } from '../base/localizedText.ts';
import { en } from './messages/en/index.ts';
import type { MessageKey, Messages } from './messages/messages.ts';

export type Params = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, params?: Params) => string;

export interface Translator {
  readonly language: Language;
  readonly t: Translate;
  /** For codes that arrive as data (`reason.<code>`): undefined where there is no sentence. */
  readonly find: (key: string, params?: Params) => string | undefined;
}

export interface I18n {
  readonly current: () => Translator;
  readonly setLanguage: (language: Language) => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
}

const catalogues: Record<Language, () => Promise<Messages>> = {
  en: async () => en,
  ja: async () => (await import('./messages/ja/index.ts')).ja,
};

export async function createI18n(language: Language): Promise<I18n> {
  const instance = createInstance();
  await instance.init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    // A code that comes without one of its parameters is still worth its sentence.
    missingInterpolationHandler: () => '–',
  });
  const listeners = new Set<() => void>();
  let current = translator(instance, 'en');

  const setLanguage = async (next: Language): Promise<void> => {
    if (!instance.hasResourceBundle(next, 'translation')) {
      instance.addResourceBundle(next, 'translation', await catalogues[next]());
    }
    await instance.changeLanguage(next);
    current = translator(instance, next);
    for (const listener of listeners) listener();
  };
  if (language !== 'en') await setLanguage(language);

  return {
    current: () => current,
    setLanguage,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function translator(instance: i18n, language: Language): Translator {
  const fixed = instance.getFixedT(language);
  return {
    language,
    t: (key, params) => String(fixed(key, { ...params })),
    find: (key, params) => (instance.exists(key) ? String(fixed(key, { ...params })) : undefined),
  };
}
