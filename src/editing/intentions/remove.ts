/**
 * Takes workloads, namespaces, Services and other documents out of the text, with all their parts. A
 * resource that is written twice goes twice, else the other copy would come into force. References
 * to what is gone are left and told of.
 */
import type { ResourceId } from '../../base/ids.ts';
import type { WorkspaceFile } from '../../resources/types.ts';
import { removeResource } from '../documents.ts';
import { applyEdits, type TextEdit } from '../textEdit.ts';
import type { Drawing, Drawn, IntentionOf, LeftBehind } from './intention.ts';
import { drawn, refused } from './outcome.ts';
import { partsOf } from './parts.ts';
import { policiesOnlyFor } from './policiesOnlyFor.ts';
import { referencesTo } from './referencesTo.ts';

export function remove(drawing: Drawing, { what }: IntentionOf<'remove'>): Drawn {
  const parts = partsOf(drawing, what);
  const files = without(drawing.files, parts);
  const edits = difference(drawing.files, files);
  if (edits.length === 0) return refused('not-there', { what: what.map(wordFor).join(', ') });
  return drawn(edits, undefined, {
    left: [...referencesTo(drawing, parts, files, 'dangling-reference'), ...selectingNobody(drawing, parts)],
  });
}

function wordFor(what: IntentionOf<'remove'>['what'][number]): string {
  switch (what.kind) {
    case 'workload':
    case 'resource':
      return what.id;
    case 'namespace':
      return what.name;
    case 'service':
      return `${what.namespace}/${what.name}`;
  }
}

function selectingNobody(drawing: Drawing, gone: readonly ResourceId[]): LeftBehind[] {
  const isGone = new Set(gone);
  const theirs = [...drawing.mesh.workloads.values()].filter(({ origin }) => isGone.has(origin.resource));
  return policiesOnlyFor(drawing, new Set(theirs.map(({ id }) => id)))
    .filter(({ id }) => !isGone.has(id))
    .map(({ id, name }) => ({ code: 'selects-nobody', value: name, origin: { resource: id, path: ['spec'] } }));
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
