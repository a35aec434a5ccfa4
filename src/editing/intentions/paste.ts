/**
 * Documents from elsewhere, with their comments. Names that are taken get a number, and the pasted
 * documents refer to each other by the new ones: a pasted copy never reaches into the original. With
 * a namespace given everything goes there; a pasted Namespace that is taken becomes another one.
 */
import { type ResourceId, resourceId, resourceIdParts } from '../../base/ids.ts';
import { buildMesh } from '../../mesh/buildMesh.ts';
import { parseEmbeddedConfig } from '../../resources/embeddedConfig.ts';
import { parseWorkspace } from '../../resources/parseWorkspace.ts';
import type { WorkspaceFile } from '../../resources/types.ts';
import { splitDocuments } from '../../resources/yaml/splitDocuments.ts';
import { removeResource } from '../documents.ts';
import type { LabelChange } from '../references/relocation.ts';
import { applyEdits } from '../textEdit.ts';
import { appendTexts, freeName } from './append.ts';
import type { Drawing, Drawn, IntentionOf, Moved } from './intention.ts';
import { labelChanges } from './labelChanges.ts';
import { drawn, refused } from './outcome.ts';
import { partsOf } from './parts.ts';
import { relocate } from './relocate.ts';

export function paste(drawing: Drawing, { text, namespace }: IntentionOf<'paste'>): Drawn {
  const pasted = drawingOfText(drawing, text.replaceAll('\r\n', '\n'));
  if (pasted.parsed.diagnostics.some(({ code }) => code.startsWith('yaml-'))) return refused('nothing-to-paste');
  const plain = namespace === undefined ? pasted : withoutNamespaces(drawing, pasted);
  const plan = planOf(drawing, plain, namespace);
  if (plan === undefined) return refused('nothing-to-paste');
  let files = plain.files;
  if (plan.moved.size > 0) {
    const outcome = relocate(plain, plan);
    if (!outcome.ok) return outcome;
    files = applyEdits(files, outcome.value.edits);
  }
  const documents = files.flatMap((file) => splitDocuments(file.text).map((one) => withoutMarker(one.text)));
  const { namespace: room } = resourceIdParts(plan.select);
  const edit = appendTexts(
    drawing,
    room,
    documents.filter((one) => one.trim() !== ''),
  );
  // Text that means something else behind other text (directives, say) is not pasted.
  const behind = parseWorkspace([{ name: 'after', text: `a: b\n${edit.text.replace(/^(?!---)/, '---\n')}` }]);
  const isSame = behind.resources.length === plain.parsed.resources.length;
  return isSame ? drawn([edit], plan.select, { copies: plan.copies }) : refused('nothing-to-paste');
}

function drawingOfText({ mesh, material }: Drawing, text: string): Drawing {
  return drawingOfFiles([{ name: 'pasted.yaml', text }], mesh.options, material);
}

function drawingOfFiles(
  files: readonly WorkspaceFile[],
  options: Drawing['mesh']['options'],
  material: Drawing['material'],
): Drawing {
  const parsed = parseWorkspace(files);
  return { files, parsed, mesh: buildMesh(parsed, options, parseEmbeddedConfig).mesh, material };
}

function withoutNamespaces({ mesh, material }: Drawing, { files, parsed }: Drawing): Drawing {
  const rooms = parsed.resources.filter(({ kind }) => kind === 'Namespace');
  const rest = rooms.reduce<readonly WorkspaceFile[]>((text, { id }) => {
    const edit = removeResource(text, id);
    return edit === undefined ? text : applyEdits(text, [edit]);
  }, files);
  return drawingOfFiles(rest, mesh.options, material);
}

interface Plan {
  readonly moved: ReadonlyMap<ResourceId, ResourceId>;
  readonly namespaces: ReadonlyMap<string, string>;
  readonly labels: readonly LabelChange[];
  readonly select: ResourceId;
  readonly copies: readonly Moved[];
}

/** Who gets which name. */
function planOf(drawing: Drawing, pasted: Drawing, namespace: string | undefined): Plan | undefined {
  const ids = pasted.parsed.resources.map(({ id }) => id);
  const [first] = ids;
  if (first === undefined) return undefined;
  const taken = new Set<ResourceId>([
    ...drawing.parsed.resources.map(({ id }) => id),
    ...drawing.parsed.rejected.map(({ resource }) => resource),
  ]);
  const namespaces = namespace === undefined ? freeNamespaces(drawing, pasted) : new Map<string, string>();
  const roomAfter = (own: string): string => (own === '' ? '' : (namespace ?? namespaces.get(own) ?? own));
  const target = new Map<ResourceId, ResourceId>();
  const labels: LabelChange[] = [];

  /** Resources that are named together. */
  const settle = (together: readonly ResourceId[], wanted: string): string => {
    const isTaken = (name: string): boolean =>
      together.some((id) => {
        const { group, kind, namespace: own } = resourceIdParts(id);
        return taken.has(resourceId(group, kind, roomAfter(own), name));
      });
    const name = freeName(wanted, isTaken);
    for (const id of together) {
      const { group, kind, namespace: own } = resourceIdParts(id);
      const to = resourceId(group, kind, roomAfter(own), name);
      taken.add(to);
      target.set(id, to);
    }
    return name;
  };

  for (const workload of pasted.mesh.workloads.values()) {
    const parts = partsOf(pasted, [{ kind: 'workload', id: workload.id }]).filter(
      (id) => resourceIdParts(id).name === workload.name && !target.has(id),
    );
    const name = settle(parts, workload.name);
    if (name !== workload.name) labels.push(...labelChanges(pasted.mesh, workload, name));
  }
  for (const id of ids) {
    if (target.has(id)) continue;
    const { kind, name } = resourceIdParts(id);
    const renamed = kind === 'Namespace' ? namespaces.get(name) : undefined;
    if (renamed !== undefined) target.set(id, resourceId('', 'Namespace', '', renamed));
    else settle([id], name);
  }
  const [workload] = pasted.mesh.workloads.values();
  const shown = workload?.origin.resource ?? first;
  return {
    moved: new Map([...target].filter(([from, to]) => from !== to)),
    namespaces,
    labels,
    select: target.get(shown) ?? shown,
    copies: [...target].map(([from, to]) => ({ from, to })),
  };
}

/** Pasted namespaces that are there already, with a name that is free. */
function freeNamespaces({ mesh, parsed }: Drawing, pasted: Drawing): Map<string, string> {
  const taken = new Set([...mesh.namespaces.keys(), ...parsed.resources.map(({ namespace }) => namespace)]);
  const renamed = new Map<string, string>();
  for (const { kind, name } of pasted.parsed.resources) {
    if (kind !== 'Namespace' || !taken.has(name)) continue;
    const free = freeName(name, (wanted) => taken.has(wanted));
    taken.add(free);
    renamed.set(name, free);
  }
  return renamed;
}

const withoutMarker = (text: string): string =>
  text.replace(/^---[ \t]*(?=\n)\n|^---[ \t]+/, '').replace(/\n\.\.\.[ \t]*\n?$/, '\n');
