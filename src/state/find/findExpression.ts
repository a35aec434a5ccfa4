/**
 * What somebody looks for: `web ns:shop kind:gateway,policy -mtls:strict "two words"` -> terms. All
 * terms must hold; a comma separates values of which one is enough; `-` turns a term around. Words
 * without a key are looked for everywhere. Nothing typed is ever an error: what is not understood is
 * named, with its place, and looked for as a word.
 */

export const FIND_KEYS = ['ns', 'kind', 'name', 'mtls', 'injection', 'proxy', 'sa', 'label', 'denied'] as const;
export type FindKey = (typeof FIND_KEYS)[number];

/** Keys that know all of their values. */
export const FIND_VALUES: Partial<Readonly<Record<FindKey, readonly string[]>>> = {
  mtls: ['strict', 'permissive', 'disable'],
  injection: ['on', 'off'],
  proxy: ['sidecar', 'gateway', 'none'],
  denied: ['true', 'false'],
};

export interface FindTerm {
  /** Absent: a word for everything. */
  readonly key?: FindKey;
  /** Lower case; of these one is enough. */
  readonly values: readonly string[];
  readonly negated: boolean;
}

export interface FindProblem {
  readonly code: 'unknown-key' | 'unknown-value' | 'no-value';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface FindExpression {
  readonly terms: readonly FindTerm[];
  readonly problems: readonly FindProblem[];
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function parseFind(text: string): FindExpression {
  const terms: FindTerm[] = [];
  const problems: FindProblem[] = [];
  for (const token of tokensOf(text)) {
    const negated = token.text.startsWith('-') && token.text.length > 1;
    const body = negated ? token.text.slice(1) : token.text;
    const colon = body.startsWith('"') ? -1 : body.indexOf(':');
    const { start, end } = token;
    const key = colon < 0 ? undefined : FIND_KEYS.find((known) => known === body.slice(0, colon).toLowerCase());
    if (key === undefined) {
      if (colon > 0) problems.push({ code: 'unknown-key', text: body.slice(0, colon), start, end });
      const word = unquoted(body).toLowerCase();
      if (word !== '') terms.push({ values: [word], negated });
      continue;
    }
    const values = unquoted(body.slice(colon + 1))
      .toLowerCase()
      .split(',')
      .filter((value) => value !== '');
    if (values.length === 0) {
      problems.push({ code: 'no-value', text: key, start, end });
      continue;
    }
    const known = FIND_VALUES[key];
    const odd = known === undefined ? undefined : values.find((value) => !known.includes(value));
    if (odd !== undefined) problems.push({ code: 'unknown-value', text: odd, start, end });
    terms.push({ key, values, negated });
  }
  return { terms, problems };
}

/** Split at spaces outside quotes; a quote that nobody closes reaches to the end. */
function tokensOf(text: string): Token[] {
  return [...text.matchAll(/(?:"[^"]*(?:"|$)|[^\s"])+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const unquoted = (text: string): string => text.replaceAll('"', '');

/** The same expression, written out: parsing it again gives the same terms. */
export const formatFind = (terms: readonly FindTerm[]): string =>
  terms
    .map(({ key, values, negated }) => {
      const value = values.join(',');
      // A word that would read as a key or a turned-around term needs its quotes.
      const isPlain = !/[\s]/.test(value) && (key !== undefined || !/^-|:/.test(value));
      return `${negated ? '-' : ''}${key === undefined ? '' : `${key}:`}${isPlain ? value : `"${value}"`}`;
    })
    .join(' ');

export interface FindCompletion {
  /** What the text becomes, and where the caret goes. */
  readonly text: string;
  readonly caret: number;
  /** What is put in, to show. */
  readonly label: string;
}

/** How the word before the caret could go on; `vocabulary`: values that this mesh has, by key. */
export function completeFind(
  text: string,
  caret: number,
  vocabulary: Partial<Readonly<Record<FindKey, readonly string[]>>>,
): readonly FindCompletion[] {
  const before = /(?:"[^"]*"?|[^\s"])*$/.exec(text.slice(0, caret))?.[0] ?? '';
  const sign = before.startsWith('-') ? '-' : '';
  const body = before.slice(sign.length);
  const start = caret - before.length;
  const put = (label: string): FindCompletion => {
    const inserted = sign + label;
    return { text: text.slice(0, start) + inserted + text.slice(caret), caret: start + inserted.length, label };
  };
  const colon = body.indexOf(':');
  if (colon < 0) {
    return body === ''
      ? []
      : FIND_KEYS.filter((key) => key.startsWith(body.toLowerCase())).map((key) => put(`${key}:`));
  }
  const key = FIND_KEYS.find((known) => known === body.slice(0, colon).toLowerCase());
  if (key === undefined) return [];
  const typed = body.slice(colon + 1);
  const done = typed.slice(0, typed.lastIndexOf(',') + 1);
  const rest = typed.slice(done.length).toLowerCase();
  const values = FIND_VALUES[key] ?? vocabulary[key] ?? [];
  return values
    .filter((value) => value.toLowerCase().startsWith(rest) && value.toLowerCase() !== rest)
    .map((value) => put(`${key}:${done}${value}`));
}
