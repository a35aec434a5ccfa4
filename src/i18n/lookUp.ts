/**
 * A key and its parameters -> a sentence: `a.b.c` is a path into the sections, a `count` chooses
 * among the plural forms `c_one` and `c_other`, `{{name}}` is filled in. Messages are plain text:
 * React escapes what it shows.
 */
import type { Language } from '../base/localizedText.ts';

export type Params = Readonly<Record<string, string | number>>;
export type Sections = ReadonlyMap<string, object>;

const pluralRules = new Map<Language, Intl.PluralRules>();

function pluralForm(language: Language, count: number): string {
  const rules = pluralRules.get(language) ?? new Intl.PluralRules(language);
  pluralRules.set(language, rules);
  return rules.select(count);
}

/** Undefined where there is no such sentence. */
export function lookUp(sections: Sections, language: Language, key: string, params: Params = {}): string | undefined {
  const [section = '', ...path] = key.split('.');
  const last = path.pop();
  if (last === undefined) return undefined;
  let node: unknown = sections.get(section);
  for (const name of path) node = child(node, name);
  const { count } = params;
  const forms = typeof count === 'number' ? [`${last}_${pluralForm(language, count)}`, `${last}_other`, last] : [last];
  const text = forms.map((form) => child(node, form)).find((found) => typeof found === 'string');
  // A code that comes without one of its parameters is still worth its sentence.
  return text?.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? '–'));
}

/** Own properties only: codes come from data, and `constructor` is none. */
const child = (node: unknown, name: string): unknown =>
  typeof node === 'object' && node !== null && Object.hasOwn(node, name)
    ? (node as Readonly<Record<string, unknown>>)[name]
    : undefined;
