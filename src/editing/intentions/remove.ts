/**
 * Takes workloads, namespaces, Services and other documents out of the text, with all their parts. A
 * resource that is written twice goes twice, else the other copy would come into force.
 */
import type { ResourceId } from '../../base/ids.ts';
import type { WorkspaceFile } from '../../resources/types.ts';
import { removeResource } from '../documents.ts';
import { applyEdits, type TextEdit } from '../textEdit.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { drawn, refused } from './outcome.ts';
import { partsOf } from './parts.ts';

export function remove(drawing: Drawing, { what }: IntentionOf<'remove'>): Drawn {
  const edits = difference(drawing.files, without(drawing.files, partsOf(drawing, what)));
  return edits.length === 0 ? refused('not-there') : drawn(edits);
}

/** One after the other: two items of one list would else be cut out of the same text. */
function without(files: readonly WorkspaceFile[], ids: readonly ResourceId[]): readonly WorkspaceFile[] {
  let rest = files;
  for (const id of ids) {
    for (let edit = removeResource(rest, id); edit !== undefined; edit = removeResource(rest, id)) {
      if (edit.start === edit.end) break;
      rest = applyEdits(rest, [edit]);
    }
  }
  return rest;
}

/** One edit for each file that changed: from the first to the last byte that differs. */
function difference(before: readonly WorkspaceFile[], after: readonly WorkspaceFile[]): TextEdit[] {
  return before.flatMap(({ name: file, text: old }, at) => {
    const text = after[at]?.text ?? '';
    if (text === old) return [];
    const shorter = Math.min(old.length, text.length);
    let start = 0;
    while (start < shorter && old[start] === text[start]) start++;
    let same = 0;
    while (same < shorter - start && old[old.length - 1 - same] === text[text.length - 1 - same]) same++;
    return [{ file, start, end: old.length - same, text: text.slice(start, text.length - same) }];
  });
}
