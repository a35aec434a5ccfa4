import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIAGNOSTIC_CODES } from '../../base/diagnostics/codes.ts';
import { IGNORED_REASONS, UNMODELLED_REASONS } from '../../base/diagnostics/fieldReasons.ts';
import { en } from './en/index.ts';
import { ja } from './ja/index.ts';

function flatten(node: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') found.set(prefix + key, value);
    else for (const [path, text] of flatten(value as object, `${prefix}${key}.`)) found.set(path, text);
  }
  return found;
}

const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))].sort();

const folderOf = (layer: string): string => new URL(`../../${layer}`, import.meta.url).pathname;

const english = flatten(en);
const japanese = flatten(ja);

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect([...japanese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have the same placeholders, but that one thing need not be counted', () => {
    const differing = [...english].filter(([key, text]) => {
      const inEnglish = placeholders(text).filter((name) => !(name === 'count' && key.endsWith('_one')));
      const inJapanese = placeholders(japanese.get(key) ?? '').filter(
        (name) => !(name === 'count' && key.endsWith('_one')),
      );
      return inEnglish.join() !== inJapanese.join();
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('leave no text empty or with stray spaces', () => {
    const odd = [...english, ...japanese].filter(
      ([key, text]) => text.trim() === '' || (text !== text.trim() && !/^verdict\.(ruleNumber$|place\.)/.test(key)),
    );
    expect(odd).toEqual([]);
  });
});

describe('codes of the engine', () => {
  it('every diagnostic code has a sentence, and no sentence is left over', () => {
    expect(Object.keys(en.diagnostic).sort()).toEqual(Object.keys(DIAGNOSTIC_CODES).sort());
  });

  it('every diagnostic code is explained', () => {
    expect(Object.keys(en.code.explain).sort()).toEqual(Object.keys(DIAGNOSTIC_CODES).sort());
  });

  it('a diagnostic names only parameters that its code has', () => {
    const codes: Readonly<Record<string, readonly string[]>> = DIAGNOSTIC_CODES;
    const wrong = Object.entries(en.diagnostic).flatMap(([code, text]) =>
      placeholders(text)
        .filter((name) => codes[code]?.includes(name) !== true)
        .map((name) => `${code}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('every reason why a field is not simulated has a sentence', () => {
    const written = [...english.keys()].flatMap((key) => /^code\.fieldReason\.(.+)$/.exec(key)?.[1] ?? []);
    expect(written.sort()).toEqual([...IGNORED_REASONS, ...UNMODELLED_REASONS].sort());
  });

  it('every reason code that the engine writes has a sentence', () => {
    const sentences = new Set(Object.keys(en.reason));
    expect([...reasonCodes()].filter((code) => !sentences.has(code)).sort()).toEqual([]);
  });

  it('every way in which issuance fails has a sentence', () => {
    const text = readFileSync(join(folderOf('pki'), 'issuance.ts'), 'utf8');
    const codes = [...text.matchAll(/\bcode: '([a-z-]+)'/g)].map((match) => `csr-${match[1]}`);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !(code in en.reason))).toEqual([]);
  });
});

/** `{ code: 'x', params ... }` in the layers that make traces; diagnostics and CannotTell have lists of their own. */
function reasonCodes(): Set<string> {
  const cannotTell = new Set(Object.keys(en.verdict.cannotTellWhy));
  const codes = new Set<string>();
  for (const layer of ['control-plane', 'data-plane', 'network', 'mesh', 'worker']) {
    const folder = folderOf(layer);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name.endsWith('.test.ts')) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const match of text.matchAll(
        /\bcode: '([a-z0-9-]+)'(?!, text)|\b(?:reason(?:Of)?|missing|bad|dropped)\('([a-z0-9-]+)'/g,
      )) {
        const code = match[1] ?? match[2] ?? '';
        if (!cannotTell.has(code) && !(code in DIAGNOSTIC_CODES)) codes.add(code);
      }
    }
  }
  return codes;
}
