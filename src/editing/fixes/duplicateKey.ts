/** Of two entries with one key kubectl takes the later: without the earlier one nothing changes. */
import { isMap, isScalar, visit, type YAMLMap } from 'yaml';
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import { composeDocument } from '../../resources/yaml/composeDocument.ts';
import { splitDocuments } from '../../resources/yaml/splitDocuments.ts';
import type { Drawing } from '../intentions/intention.ts';
import { type LocatedObject, spanOf } from '../located.ts';
import { removeEntry } from '../removeField.ts';
import type { Fix, FixCode } from './fix.ts';

export function duplicateKeyFixes({ files }: Drawing, { range, params }: Diagnostic): Fix[] {
  const file = files.find(({ name }) => name === range?.file);
  if (range === undefined || file === undefined) return [];
  const document = splitDocuments(file.text).findLast(({ start }) => start <= range.start);
  const root = document && composeDocument(document.text).document?.contents;
  if (document === undefined || root === undefined || root === null) return [];
  const found = mapWithKeyAt(root, range.start - document.start);
  if (found === undefined) return [];
  const { text, start: offset } = document;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const object: LocatedObject = { file: file.name, offset, text, prefix: [], root, eol };
  const key = String(params['key'] ?? '');
  const remove = (code: FixCode, index: number): Fix[] => {
    const edit = removeEntry(object, found.map, index);
    return edit === undefined ? [] : [{ code, params: { key }, edits: [edit] }];
  };
  return [...remove('remove-earlier', found.earlier), ...remove('remove-later', found.later)];
}

type Root = NonNullable<NonNullable<ReturnType<typeof composeDocument>['document']>['contents']>;

function mapWithKeyAt(
  root: Root,
  offset: number,
): { readonly map: YAMLMap; readonly earlier: number; readonly later: number } | undefined {
  let found: ReturnType<typeof mapWithKeyAt>;
  visit(root, {
    Map(_, map) {
      const later = map.items.findIndex(({ key }) => isScalar(key) && spanOf(key).start === offset);
      const name = map.items[later]?.key;
      if (!isMap(map) || !isScalar(name)) return undefined;
      const earlier = map.items
        .slice(0, later)
        .findLastIndex(({ key }) => isScalar(key) && String(key.value) === String(name.value));
      if (earlier < 0) return undefined;
      found = { map, earlier, later };
      return visit.BREAK;
    },
  });
  return found;
}
