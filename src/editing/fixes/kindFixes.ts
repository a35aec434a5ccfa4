/** A document that says no kind that is known: by a typing error, under another group, or without a version. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import { type AnyKindDefinition, KINDS } from '../../resources/kinds/registry.ts';
import { readText } from '../../resources/yaml/readText.ts';
import { splitDocuments } from '../../resources/yaml/splitDocuments.ts';
import type { Fix } from './fix.ts';
import { nearest } from './nearest.ts';
import { groupOf, type Pointed, replacedBy } from './pointed.ts';

const ALL: readonly AnyKindDefinition[] = Object.values(KINDS);

const apiVersionOf = ({ group, versions }: AnyKindDefinition): string =>
  group === '' ? (versions[0] ?? '') : `${group}/${versions[0]}`;

/** The kind is known under another group, or one of this group is spelled almost so. */
export function kindFixes(pointed: Pointed, diagnostic: Diagnostic): Fix[] {
  const { word, range, text } = pointed;
  const group = groupOf(diagnostic);
  const elsewhere = ALL.filter((definition) => definition.kind === word);
  const [only] = elsewhere;
  if (only !== undefined && elsewhere.length === 1) {
    const place = placeBeside(pointed, 'apiVersion');
    if (place === undefined) return [];
    const written = text.slice(place.start, place.end);
    const at = { ...pointed, range: { ...range, ...place }, written, word: written.replace(/^(["'])(.*)\1$/, '$2') };
    return replacedBy(at, apiVersionOf(only));
  }
  const known = ALL.filter((definition) => definition.group === group).map(({ kind }) => kind);
  return replacedBy(pointed, nearest(word, known));
}

/** Another field of the object whose `kind` is pointed at; offsets in the file. */
function placeBeside(
  { range, text }: Pointed,
  field: string,
): { readonly start: number; readonly end: number } | undefined {
  const document = splitDocuments(text).find(
    ({ start, text: own }) => start <= range.start && range.end <= start + own.length,
  );
  if (document === undefined) return undefined;
  const { objects, locate } = readText(document.text);
  const own = objects.find(({ prefix }) => document.start + locate([...prefix, 'kind']).start === range.start);
  if (own === undefined) return undefined;
  const { start, end } = locate([...own.prefix, field]);
  return { start: document.start + start, end: document.start + end };
}

/** In front of an object in block style, where its kind is one of a single group. */
export function addApiVersion({ range, text }: Pointed): Fix[] {
  const body = text.slice(range.start, range.end);
  const kind = /^\s*kind:\s*["']?(\w+)/m.exec(body)?.[1];
  const found = ALL.filter((definition) => definition.kind === kind);
  const [only] = found;
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  if (only === undefined || found.length > 1 || range.start !== lineStart || body.startsWith('{')) return [];
  const to = apiVersionOf(only);
  const line = `apiVersion: ${to}${text.includes('\r\n') ? '\r\n' : '\n'}`;
  const { file, start } = range;
  return [{ code: 'add-field', params: { to: `apiVersion: ${to}` }, edits: [{ file, start, end: start, text: line }] }];
}
