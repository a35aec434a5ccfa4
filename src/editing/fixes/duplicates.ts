/** Of two documents with one id the later counts: the earlier can go. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import type { Drawing } from '../intentions/intention.ts';
import { objectsIn } from '../objects.ts';
import type { Fix } from './fix.ts';

export function removeDuplicate({ files }: Drawing, { origin, range }: Diagnostic): Fix[] {
  if (origin === undefined || range === undefined) return [];
  const copies = objectsIn(files).filter(({ resource }) => resource.id === origin.resource);
  const at = copies.findIndex(
    ({ document }) =>
      document.file === range.file &&
      document.offset <= range.start &&
      range.end <= document.offset + document.text.length,
  );
  const earlier = copies[at - 1];
  // One of a List's items is left to its owner.
  if (earlier === undefined || earlier.prefix.length > 0) return [];
  const { file, offset, text } = earlier.document;
  return [
    { code: 'remove-document', params: {}, edits: [{ file, start: offset, end: offset + text.length, text: '' }] },
  ];
}
