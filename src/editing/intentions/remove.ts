/**
 * Takes workloads, namespaces and Services out of the text. With a workload go the Services that
 * select nobody else and the ServiceAccount that nobody else uses; with a namespace everything in
 * it. A resource that is written twice goes twice, else the other copy would come into force.
 */
import { type ResourceId, resourceId, type WorkloadId } from '../../base/ids.ts';
import { isEmptySelector, selects } from '../../mesh/labels.ts';
import type { WorkspaceFile } from '../../resources/types.ts';
import { removeResource } from '../documents.ts';
import { applyEdits, type TextEdit } from '../textEdit.ts';
import type { Drawing, Drawn, IntentionOf, Removable } from './intention.ts';

export function remove(drawing: Drawing, { what }: IntentionOf<'remove'>): Drawn | undefined {
  const leaving = new Set(what.flatMap((one) => (one.kind === 'workload' ? [one.id] : [])));
  const ids = what.flatMap((one) => partsOf(drawing, one, leaving));
  const edits = difference(drawing.files, without(drawing.files, ids));
  return edits.length === 0 ? undefined : { edits };
}

function partsOf(drawing: Drawing, what: Removable, leaving: ReadonlySet<WorkloadId>): ResourceId[] {
  switch (what.kind) {
    case 'workload':
      return partsOfWorkload(drawing, what.id, leaving);
    case 'namespace':
      return partsOfNamespace(drawing, what.name);
    case 'service':
      return [resourceId('', 'Service', what.namespace, what.name)];
  }
}

function partsOfWorkload({ mesh, parsed }: Drawing, id: WorkloadId, leaving: ReadonlySet<WorkloadId>): ResourceId[] {
  const workload = mesh.workloads.get(id);
  if (workload === undefined) return [];
  const others = [...mesh.workloads.values()].filter(
    (other) => other.namespace === workload.namespace && !leaving.has(other.id),
  );
  const services = mesh.services.filter(
    ({ registry, namespace, selector }) =>
      registry === 'kubernetes' &&
      namespace === workload.namespace &&
      !isEmptySelector(selector) &&
      selects(selector, workload.labels) &&
      !others.some(({ labels }) => selects(selector, labels)),
  );
  const account = resourceId('', 'ServiceAccount', workload.namespace, workload.serviceAccount);
  const ownsAccount =
    parsed.resources.some((found) => found.id === account) &&
    !others.some(({ serviceAccount }) => serviceAccount === workload.serviceAccount);
  return [workload.origin.resource, ...services.map(({ resource }) => resource), ...(ownsAccount ? [account] : [])];
}

function partsOfNamespace({ parsed }: Drawing, name: string): ResourceId[] {
  const inside = [
    ...parsed.resources.filter((found) => found.namespace === name).map(({ id }) => id),
    ...parsed.rejected.filter((found) => found.namespace === name).map(({ resource }) => resource),
  ];
  return [...new Set([...inside, resourceId('', 'Namespace', '', name)])];
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
