/**
 * One i18next instance per studio, behind a typed `t`: keys are checked against the English
 * catalogue, Japanese and the parts of each catalogue are loaded when asked for. Messages are plain text and React escapes them, so
 * i18next does not. A missing key is our own bug: tests compare the catalogues.
 */
import { createInstance, type i18n } from 'i18next';
import type { Language } from '../base/localizedText.ts';
import { en } from './messages/en/index.ts';
import type { CoreMessages, MessageKey } from './messages/messages.ts';
import { PARTS, type PartName } from './messages/parts.ts';

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
  /** Fetches a part of the catalogue; from then on it follows the language. One promise a part. */
  readonly load: (part: PartName) => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
}

const catalogues: Record<Language, () => Promise<CoreMessages>> = {
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

  const parts = new Map<PartName, Promise<void>>();
  const add = async (part: PartName, wanted: Language): Promise<void> => {
    // A module of messages exports the part under its own name: exactly the shape of a bundle.
    instance.addResourceBundle(wanted, 'translation', { ...(await PARTS[part][wanted]()) }, true);
  };
  const load = (part: PartName): Promise<void> => {
    const known = parts.get(part);
    if (known !== undefined) return known;
    const loading = add(part, current.language);
    parts.set(part, loading);
    // Failed to arrive: the next view that needs it may try again.
    loading.catch(() => parts.delete(part));
    return loading;
  };

  const setLanguage = async (next: Language): Promise<void> => {
    if (!instance.hasResourceBundle(next, 'translation')) {
      instance.addResourceBundle(next, 'translation', await catalogues[next]());
    }
    await Promise.all([...parts.keys()].map((part) => add(part, next)));
    await instance.changeLanguage(next);
    current = translator(instance, next);
    for (const listener of listeners) listener();
  };
  if (language !== 'en') await setLanguage(language);

  return {
    current: () => current,
    setLanguage,
    load,
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
