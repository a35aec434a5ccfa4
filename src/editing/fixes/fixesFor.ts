/**
 * Quick fixes: diagnostic -> the edits that would mend it, best first. Only where one edit is clearly
 * what was meant; each keeps quotes, comments and every other byte.
 */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import { resourceIdParts } from '../../base/ids.ts';
import type { SourceRange } from '../../base/origin.ts';
import { findKind, KINDS } from '../../resources/kinds/registry.ts';
import type { Drawing } from '../intentions/intention.ts';
import { requote } from '../requote.ts';
import type { Fix } from './fix.ts';
import { nearest } from './nearest.ts';
import { fieldsBeside } from './schemaAt.ts';

export function fixesFor({ files }: Drawing, diagnostic: Diagnostic): Fix[] {
  const { range } = diagnostic;
  const file = files.find(({ name }) => name === range?.file);
  if (range === undefined || file === undefined) return [];
  const written = file.text.slice(range.start, range.end);
  const word = bare(written);
  const replaceBy = (to: string | undefined): Fix[] =>
    to === undefined || to === word ? [] : [replacement(range, written, word, to)];
  switch (diagnostic.code) {
    case 'unknown-field':
      return replaceBy(nearest(word, fieldsBeside(diagnostic.origin)));
    case 'wrong-type':
      return replaceBy(nearest(word, enumValues(diagnostic)));
    case 'unknown-kind':
      return replaceBy(nearest(word, kindsOf(groupOf(diagnostic))));
    case 'unsupported-kind': {
      const group = groupOf(diagnostic);
      const version = findKind(group, String(diagnostic.params['kind']))?.versions[0];
      return replaceBy(version && (group === '' ? version : `${group}/${version}`));
    }
    default:
      return [];
  }
}

const bare = (written: string): string => written.replace(/^(["'])([\s\S]*)\1$/, '$2');

function replacement({ file, start, end }: SourceRange, written: string, from: string, to: string): Fix {
  return { code: 'replace', params: { from, to }, edits: [{ file, start, end, text: requote(written, to, true) }] };
}

/** The decoder lists an enum's values where it says what it expected. */
function enumValues({ origin, params }: Diagnostic): readonly string[] {
  const { kind = '', group = '' } = origin === undefined ? {} : resourceIdParts(origin.resource);
  const expected = String(params['expected'] ?? '');
  return findKind(group, kind) !== undefined && /^\w+(?:, \w+)+$/.test(expected) ? expected.split(', ') : [];
}

const groupOf = ({ params }: Diagnostic): string => {
  const apiVersion = String(params['apiVersion'] ?? '');
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
};

const kindsOf = (group: string): string[] =>
  Object.values(KINDS)
    .filter((definition) => definition.group === group)
    .map(({ kind }) => kind);
