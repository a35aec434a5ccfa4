/**
 * Carries out what somebody drew: the engine says which edits it takes, text and positions change as
 * one entry of the history, and what was made is selected. Edits are of one revision of the text;
 * when it changed in the meantime they are asked for again, never applied.
 */
import type { WorkloadId } from '../../base/ids.ts';
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import type { EditQuery, EngineAnswers } from '../../worker/protocol.ts';
import { authorityNode, isIssuer, namespaceNode, parseNodeId, workloadNode } from '../nodeIds.ts';
import { graphIndex } from '../selectors/graphIndex.ts';
import type { Studio } from '../studio.ts';
import { followCall, followPositions, movesOf } from '../workspace/followMoved.ts';
import { withPlaces } from '../workspace/placed.ts';
import type { Places } from '../workspace/workspace.ts';
import { withEdits } from './applyEdits.ts';
import { changeContent } from './changeContent.ts';
import { followRequest } from './followRequest.ts';
import { selectNodes } from './look.ts';
import { settledRevision } from './settledRevision.ts';
import { notify, patch } from './update.ts';

type Intention = EditQuery['intention'];
type Refusal = Extract<EngineAnswers['edit'], { readonly ok: false }>['error'];
type Change = Extract<EngineAnswers['edit'], { readonly ok: true }>['value'];

/** A node that was made by copying another. */
export interface NodeCopy {
  readonly from: string;
  readonly to: string;
}

/** Positions that a change brings: of the new node or the copies, and of those that must stay. */
export type Place = (made: string | undefined, copies: readonly NodeCopy[]) => Places;

interface Listener {
  /** Of the resource that was made or changed, which need not have a node. */
  readonly made?: (made: ResourceId) => void;
  /** True: the refusal has been dealt with, and nobody is told. */
  readonly refused?: (code: Refusal['code']) => boolean;
}

export async function draw(
  studio: Studio,
  intention: Intention,
  place: Place = () => ({}),
  listener: Listener = {},
): Promise<string | undefined> {
  for (;;) {
    const revision = await settledRevision(studio);
    if (revision === undefined) return undefined;
    const reply = await studio.engine.ask({ kind: 'edit', revision, intention });
    if (reply.kind === 'stale' || studio.store.getState().engine.revision !== revision) continue;
    if (reply.kind !== 'answer' || reply.answer?.ok !== true) {
      if (reply.kind === 'answer' && reply.answer?.ok === false) {
        const { error } = reply.answer;
        if (listener.refused?.(error.code) !== true) tellRefusal(studio, error);
      } else if (reply.kind !== 'cancelled') notify(studio, 'draw-failed', {}, 'problem');
      return undefined;
    }
    const { edits, select, moved, left, copies = [] } = reply.answer.value;
    const made = select === undefined ? undefined : nodeOf(select);
    const moves = movesOf(moved);
    const known = new Set(studio.store.getState().engine.graph?.services.map(({ id }) => id));
    const change = { kind: 'files', target: 'drawn', ...(moved.length === 0 ? {} : { moved }) } as const;
    changeContent(studio, change, ({ files, positions, calls }) => ({
      files: withEdits(files, edits),
      positions: withPlaces(followPositions(positions, moves), place(made, nodeCopies(copies))),
      ...(moved.length === 0 ? {} : { calls: calls.map((call) => followCall(call, moves, known)) }),
    }));
    if (moved.length > 0) followRequest(studio, moves);
    tellLeft(studio, left);
    const file = edits[0]?.file;
    if (file !== undefined) patch(studio, 'layout', { file });
    if (select !== undefined) listener.made?.(select);
    if (made !== undefined || intention.kind === 'remove') selectNodes(studio, made === undefined ? [] : [made]);
    return made;
  }
}

/** In its own words; one that changes nothing is no problem. */
function tellRefusal(studio: Studio, { code, params }: Refusal): void {
  notify(studio, `draw-${code}`, params, code === 'nothing-to-do' ? 'info' : 'problem');
}

/** Places that the change did not bring along: the first by name, the others counted. */
function tellLeft(studio: Studio, left: Change['left']): void {
  const [first] = left;
  if (first === undefined) return;
  const { kind, namespace, name } = resourceIdParts(first.origin.resource);
  const where = `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
  notify(studio, `draw-${first.code}`, { value: first.value, where, count: left.length }, 'info');
}

/** Takes nodes of the canvas out of the mesh; what is not of the mesh's text stays. */
export async function removeNodes(studio: Studio, nodes: readonly string[], stay: Places): Promise<void> {
  const what = thingsOf(studio, nodes);
  if (what.length > 0) await draw(studio, { kind: 'remove', what }, () => stay);
}

/** What nodes stand for; those that no document makes are left out. */
export function thingsOf(studio: Studio, nodes: readonly string[]): Extract<Intention, { kind: 'remove' }>['what'] {
  const { authorities } = graphIndex(studio.store.getState().engine.graph);
  return nodes.flatMap((node): Extract<Intention, { kind: 'remove' }>['what'] => {
    const ref = parseNodeId(node);
    if (ref === undefined || ref.kind === 'outside') return [];
    if (ref.kind === 'authority') {
      const id = authorities.get(node)?.resource;
      return id === undefined ? [] : [{ kind: 'resource', id }];
    }
    if (ref.kind === 'workload') return [{ kind: 'workload', id: ref.id as WorkloadId }];
    if (ref.kind === 'namespace') return [{ kind: 'namespace', name: ref.id }];
    const [namespace = '', name = ''] = ref.id.split('/');
    return [{ kind: 'service', namespace, name }];
  });
}

const nodeCopies = (copies: NonNullable<Change['copies']>): readonly NodeCopy[] =>
  copies.flatMap(({ from, to }) => {
    const [before, after] = [nodeOf(from), nodeOf(to)];
    return before === undefined || after === undefined ? [] : [{ from: before, to: after }];
  });

/** The canvas shows namespaces, workloads and issuers; other resources have no node of their own. */
function nodeOf(resource: ResourceId): string | undefined {
  const { group, kind, namespace, name } = resourceIdParts(resource);
  if (kind === 'Namespace') return namespaceNode(name);
  if (isIssuer(group, kind)) return authorityNode(resource);
  return group === 'apps' || group === 'batch' || (group === '' && kind === 'Pod')
    ? workloadNode(`${namespace}/${name}`)
    : undefined;
}
