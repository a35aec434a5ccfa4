/**
 * What dropping an item somewhere would make: item, and what is under the pointer -> the intention,
 * what lights up, and the words that say so beforehand. Undefined: nothing of the kind goes there.
 */
import { assertNever } from '../../../base/assertNever.ts';
import type { MessageKey } from '../../../i18n/messages/messages.ts';
import { namespaceNode, parseNodeId } from '../../../state/nodeIds.ts';
import { graphIndex } from '../../../state/selectors/graphIndex.ts';
import type { MeshGraph } from '../../../worker/meshGraph.ts';
import type { EditQuery } from '../../../worker/protocol.ts';
import { freeName, SYSTEM } from './addDefaults.ts';
import { type Item, isPolicy, NEW_POLICIES, type PolicyItem } from './items.ts';

type Intention = EditQuery['intention'];
type PolicyScope = Extract<Intention, { kind: 'apply-policy' }>['scope'];

export interface DropTarget {
  /** The node that lights up. */
  readonly node?: string;
  readonly words: MessageKey<'draw'>;
  /** For the words, besides `what`. */
  readonly name: string;
  readonly intention: Intention;
}

export function dropTarget(item: Item, over: string | undefined, graph: MeshGraph): DropTarget | undefined {
  return isPolicy(item) ? policyTarget(item, over, graph) : thingTarget(item, over, graph);
}

function policyTarget(item: PolicyItem, over: string | undefined, graph: MeshGraph): DropTarget {
  const policy = NEW_POLICIES[item];
  const workload = over === undefined ? undefined : graphIndex(graph).workloads.get(over);
  const room = namespaceOf(over, graph);
  const scope: PolicyScope =
    workload !== undefined
      ? { kind: 'workload', id: workload.id }
      : room !== undefined
        ? { kind: 'namespace', name: room }
        : { kind: 'mesh' };
  const intention: Intention = { kind: 'apply-policy', policy, scope };
  if (workload !== undefined && over !== undefined) {
    return { node: over, words: 'draw.drop.for', name: workload.name, intention };
  }
  if (room !== undefined) {
    return { node: namespaceNode(room), words: 'draw.drop.forNamespace', name: room, intention };
  }
  return { words: 'draw.drop.forMesh', name: '', intention };
}

function thingTarget(
  item: Exclude<Item, PolicyItem>,
  over: string | undefined,
  graph: MeshGraph,
): DropTarget | undefined {
  const room = namespaceOf(over, graph);
  const inRoom = (name: string, intention: Intention): DropTarget =>
    graph.namespaces.some((known) => known.name === name)
      ? { node: namespaceNode(name), words: 'draw.drop.in', name, intention }
      : { words: 'draw.drop.inNew', name, intention };
  const names = graph.namespaces.map(({ name }) => name);
  switch (item) {
    case 'namespace':
      return {
        words: 'draw.drop.here',
        name: '',
        intention: { kind: 'add-namespace', name: freeName('shop', names), injection: true },
      };
    case 'workload': {
      const namespace = room ?? freeName('shop', names);
      const taken = graph.workloads.filter((other) => other.namespace === namespace).map(({ name }) => name);
      return inRoom(namespace, {
        kind: 'add-workload',
        namespace,
        name: freeName('web', taken),
        port: 8080,
      });
    }
    case 'service': {
      if (room === undefined || over === undefined) return undefined;
      const workload = graphIndex(graph).workloads.get(over);
      const port = 80;
      if (workload === undefined) {
        return inRoom(room, { kind: 'add-service', namespace: room, name: 'service', port });
      }
      const intention: Intention = {
        kind: 'add-service',
        namespace: room,
        name: workload.name,
        port,
        workload: workload.id,
      };
      return { node: over, words: 'draw.drop.for', name: workload.name, intention };
    }
    case 'ingress-gateway':
      return inRoom(room ?? SYSTEM, { kind: 'add-ingress-gateway', namespace: room ?? SYSTEM });
    case 'egress-gateway':
      return inRoom(room ?? SYSTEM, { kind: 'add-egress-gateway', namespace: room ?? SYSTEM });
    case 'external-client': {
      const namespace = room ?? 'external';
      return inRoom(namespace, { kind: 'add-external-client', namespace, name: 'client' });
    }
    case 'external-server': {
      const namespace = room ?? 'external';
      return inRoom(namespace, { kind: 'add-external-server', namespace, host: freeHost(graph), port: 443 });
    }
    case 'service-entry': {
      const namespace = room ?? names.find((name) => name !== SYSTEM) ?? 'default';
      return inRoom(namespace, { kind: 'add-service-entry', namespace, host: freeHost(graph), port: 443 });
    }
    case 'issuer':
      return room === undefined
        ? { words: 'draw.drop.forCluster', name: '', intention: { kind: 'add-issuer', name: 'selfsigned' } }
        : inRoom(room, { kind: 'add-issuer', name: 'selfsigned', namespace: room });
    case 'plugged-in-ca':
      return { words: 'draw.drop.forIstiod', name: '', intention: { kind: 'add-plugged-in-ca' } };
    default:
      return assertNever(item);
  }
}

/** The namespace that a node is, or stands in; none for what is only mentioned. */
export function namespaceOf(node: string | undefined, graph: MeshGraph): string | undefined {
  const ref = node === undefined ? undefined : parseNodeId(node);
  if (ref === undefined || ref.kind === 'outside' || ref.kind === 'authority') return undefined;
  const [name = ''] = ref.id.split('/');
  return graph.namespaces.some((known) => known.name === name) ? name : undefined;
}

/** `api.example.com`, or the first numbered one that nobody has. */
function freeHost(graph: MeshGraph): string {
  const taken = new Set([
    ...graph.services.map(({ hostname }) => hostname),
    ...graph.workloads.map(({ externalHost }) => externalHost ?? ''),
  ]);
  for (let number = 1; ; number++) {
    const host = `api${number === 1 ? '' : number}.example.com`;
    if (!taken.has(host)) return host;
  }
}

/** Where an item goes by keyboard: what is selected, else the last room that somebody made. */
export function keyboardPlace(item: Item, selected: string | undefined, graph: MeshGraph): string | undefined {
  if (selected !== undefined && parseNodeId(selected)?.kind !== 'outside') return selected;
  if (item !== 'workload' && item !== 'service' && item !== 'external-client') return undefined;
  const own = graph.namespaces.filter(({ name, range }) => name !== SYSTEM && range !== undefined).at(-1);
  return own === undefined ? undefined : namespaceNode(own.name);
}
