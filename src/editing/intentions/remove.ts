/**
 * Takes workloads, namespaces, Services and other documents out of the text, with all their parts. A
 * resource that is written twice goes twice, else the other copy would come into force. References
 * to what is gone are left and told of.
 */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import type { WorkspaceFile } from '../../resources/types.ts';
import { splitDocuments } from '../../resources/yaml/splitDocuments.ts';
import { removeResource } from '../documents.ts';
import { objectsIn } from '../objects.ts';
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

/** Documents of which nothing is left go whole; items of a List leave one after the other. */
function without(files: readonly WorkspaceFile[], ids: readonly ResourceId[]): readonly WorkspaceFile[] {
  const leaving = new Set(ids);
  const words = [...new Set(ids.map((id) => resourceIdParts(id).name))];
  return files.map((file) => {
    const documents = splitDocuments(file.text).map(({ text }) => {
      if (!words.some((word) => text.includes(word))) return text;
      const own = [{ name: file.name, text }];
      const idsIn = objectsIn(own).map(({ resource }) => resource.id);
      return withoutItems(
        own,
        idsIn.filter((id) => leaving.has(id)),
      );
    });
    const text = documents.join('');
    return text === file.text ? file : { ...file, text };
  });
}

function withoutItems(document: readonly WorkspaceFile[], ids: readonly ResourceId[]): string {
  const rest = ids.reduce((files, id) => {
    const edit = removeResource(files, id);
    return edit === undefined ? files : applyEdits(files, [edit]);
  }, document);
  return rest[0]?.text ?? '';
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
