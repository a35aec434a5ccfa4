/**
 * One of these per studio: the language spoken, and the messages that are here. The core of English
 * comes with the page; Japanese, and the areas of either, are fetched when asked for. `t` is typed:
 * its keys are those of the core and of the areas that the translator was asked for with.
 */
import type { Language } from '../base/localizedText.ts';
import { lookUp, type Params } from './lookUp.ts';
import { AREAS, type Area } from './messages/areas.ts';
import { core } from './messages/en/core.ts';
import type { MessageKey } from './messages/messages.ts';

export type { Params } from './lookUp.ts';
export type Translate<A extends Area = never> = (key: MessageKey<A>, params?: Params) => string;

/** One that was asked for with more areas will do wherever fewer are needed. */
export interface Translator<A extends Area = never> {
  readonly language: Language;
  readonly t: Translate<A>;
  /** For codes that arrive as data (`reason.<code>`): undefined where there is no sentence. */
  readonly find: (key: string, params?: Params) => string | undefined;
}

export interface I18n {
  readonly current: () => Translator;
  /** Fetches what is not here yet in the language spoken, the same promise for the same need; undefined: all is. */
  readonly need: (areas: readonly Area[]) => Promise<void> | undefined;
  readonly setLanguage: (language: Language) => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
}

const CORE: Readonly<Record<Language, () => Promise<object>>> = {
  en: async () => core,
  ja: async () => (await import('./messages/ja/core.ts')).core,
};

interface Catalogue {
  readonly sections: Map<string, object>;
  readonly translator: Translator;
  /** What is here or on its way. */
  readonly loads: Map<'core' | Area, Promise<void>>;
  readonly loaded: Set<'core' | Area>;
}

function emptyCatalogue(language: Language): Catalogue {
  const sections = new Map<string, object>();
  const find = (key: string, params?: Params) => lookUp(sections, language, key, params);
  const translator: Translator = {
    language,
    // A key without a sentence is our own bug: types and tests leave none.
    t: (key, params) => find(key, params) ?? key,
    find,
  };
  return { sections, translator, loads: new Map(), loaded: new Set() };
}

export async function createI18n(language: Language): Promise<I18n> {
  const catalogues = { en: emptyCatalogue('en'), ja: emptyCatalogue('ja') };
  const listeners = new Set<() => void>();
  const needs = new Map<string, Promise<void>>();
  let current = catalogues.en;

  const load = (spoken: Language, part: 'core' | Area): Promise<void> => {
    const { sections, loads, loaded } = catalogues[spoken];
    const known = loads.get(part);
    if (known !== undefined) return known;
    const fetched: Promise<object> = part === 'core' ? CORE[spoken]() : AREAS[part][spoken]();
    const made = fetched.then((found) => {
      for (const [name, section] of Object.entries(found)) sections.set(name, section);
      loaded.add(part);
    });
    loads.set(part, made);
    // Without a connection for a moment: the next who asks tries again.
    made.catch(() => loads.delete(part));
    return made;
  };

  const setLanguage = async (next: Language): Promise<void> => {
    await Promise.all([load(next, 'core'), ...[...current.loaded].map((part) => load(next, part))]);
    current = catalogues[next];
    for (const listener of listeners) listener();
  };
  await setLanguage(language);

  return {
    current: () => current.translator,
    need(areas) {
      if (areas.every((area) => current.loaded.has(area))) return undefined;
      const { language: spoken } = current.translator;
      const key = `${spoken} ${areas.join()}`;
      const known = needs.get(key);
      if (known !== undefined) return known;
      const made = Promise.all(areas.map((area) => load(spoken, area))).then(() => undefined);
      needs.set(key, made);
      made.catch(() => needs.delete(key));
      return made;
    },
    setLanguage,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
