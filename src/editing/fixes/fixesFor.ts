/**
 * Quick fixes: diagnostic -> the edits that would mend it, best first. Only where one edit is clearly
 * what was meant; each keeps quotes, comments and every other byte. A diagnostic of another text than
 * this finds nothing to mend.
 */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import { resourceIdParts } from '../../base/ids.ts';
import { findKind } from '../../resources/kinds/registry.ts';
import type { Drawing } from '../intentions/intention.ts';
import { duplicateKeyFixes } from './duplicateKey.ts';
import { removeDuplicate } from './duplicates.ts';
import type { Fix } from './fix.ts';
import { injectionFix } from './injectionFix.ts';
import { addApiVersion, kindFixes } from './kindFixes.ts';
import { missingReferenceFixes } from './missingReference.ts';
import { nearest } from './nearest.ts';
import { groupOf, type Pointed, replacedBy } from './pointed.ts';
import { portProtocolFixes } from './portProtocol.ts';
import { removeUnknownField } from './removeUnknownField.ts';
import { fieldsBeside } from './schemaAt.ts';
import { shortHostFix } from './shortHostFix.ts';

export function fixesFor(drawing: Drawing, diagnostic: Diagnostic): Fix[] {
  const { range } = diagnostic;
  const file = drawing.files.find(({ name }) => name === range?.file);
  if (range === undefined || file === undefined) return [];
  const written = file.text.slice(range.start, range.end);
  const word = written.replace(/^(["'])([\s\S]*)\1$/, '$2');
  const pointed: Pointed = { range, text: file.text, written, word };
  switch (diagnostic.code) {
    case 'unknown-field':
      return [
        ...replacedBy(pointed, nearest(word, fieldsBeside(diagnostic.origin))),
        ...removeUnknownField(drawing, diagnostic),
      ];
    case 'wrong-type':
      return typeFixes(pointed, diagnostic);
    case 'unknown-kind':
      return kindFixes(pointed, diagnostic);
    case 'unsupported-kind': {
      const group = groupOf(diagnostic);
      const version = findKind(group, String(diagnostic.params['kind']))?.versions[0];
      return replacedBy(pointed, version && (group === '' ? version : `${group}/${version}`));
    }
    case 'missing-api-version':
      return addApiVersion(pointed);
    case 'duplicate-key':
      return duplicateKeyFixes(drawing, diagnostic);
    case 'duplicate-resource':
      return removeDuplicate(drawing, diagnostic);
    case 'missing-reference':
      return missingReferenceFixes(drawing, pointed, diagnostic);
    case 'port-protocol-unknown':
      return portProtocolFixes(drawing, pointed, diagnostic);
    case 'policy-without-proxy':
      return injectionFix(drawing, diagnostic);
    case 'webhook-rejected':
      return shortHostFix(drawing, pointed, diagnostic);
    default:
      return [];
  }
}

/** An enum's value by another spelling; a number or truth value that should be text, and the reverse. */
function typeFixes(pointed: Pointed, { origin, params }: Diagnostic): Fix[] {
  const { written, word, range } = pointed;
  const expected = String(params['expected'] ?? '');
  const asWritten = (to: string): Fix[] => {
    const { file, start, end } = range;
    return [{ code: 'replace', params: { from: written, to }, edits: [{ file, start, end, text: to }] }];
  };
  const isQuoted = written !== word;
  if (expected === 'string') return !isQuoted && /^[\w.+:-]+$/.test(word) ? asWritten(JSON.stringify(word)) : [];
  if (expected === 'integer' && isQuoted && /^\d{1,10}$/.test(word)) return asWritten(String(Number(word)));
  if (expected === 'boolean' && isQuoted && /^(true|false)$/i.test(word)) return asWritten(word.toLowerCase());
  const { kind = '', group = '' } = origin === undefined ? {} : resourceIdParts(origin.resource);
  // The decoder lists an enum's values where it says what it expected.
  const isEnum = findKind(group, kind) !== undefined && /^\w+(?:, \w+)+$/.test(expected);
  return isEnum ? replacedBy(pointed, nearest(word, expected.split(', '))) : [];
}
