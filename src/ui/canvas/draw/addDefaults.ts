/** What the form says before anybody types, and whether what it says can be added. */
import { parseNodeId } from '../../../state/nodeIds.ts';
import type { MeshGraph } from '../../../worker/meshGraph.ts';
import type { EditQuery } from '../../../worker/protocol.ts';
import type { AddKind } from './addKinds.ts';

export interface AddFields {
  /** Of an external server: its DNS name. */
  readonly name: string;
  readonly namespace: string;
  readonly port: string;
  readonly injection: boolean;
}

export const SYSTEM = 'istio-system';
const EXTERNAL = 'external';

/** Namespaces to choose from: those of the mesh, and where a thing of this kind usually is. */
export function namespaceChoices(kind: AddKind, graph: MeshGraph): readonly string[] {
  const known = graph.namespaces.map(({ name }) => name);
  const usual = kind === 'external-server' ? EXTERNAL : kind === 'workload' ? 'default' : SYSTEM;
  return known.includes(usual) || (kind === 'workload' && known.length > 0) ? known : [...known, usual];
}

export function addDefaults(kind: AddKind, graph: MeshGraph, selected: string | undefined): AddFields {
  const choices = namespaceChoices(kind, graph);
  const ownRooms = choices.filter((name) => name !== SYSTEM && name !== EXTERNAL);
  const usual = kind === 'external-server' ? EXTERNAL : SYSTEM;
  const namespace =
    kind === 'workload' ? (namespaceOf(selected, choices) ?? ownRooms.at(-1) ?? choices.at(-1) ?? 'default') : usual;
  const names = { namespace: 'shop', workload: 'web', 'external-server': 'api.example.com', issuer: 'selfsigned' };
  const wanted = kind in names ? names[kind as keyof typeof names] : '';
  const taken =
    kind === 'namespace'
      ? graph.namespaces.map(({ name }) => name)
      : graph.workloads.filter((workload) => workload.namespace === namespace).map(({ name }) => name);
  return {
    name: kind === 'external-server' ? wanted : freeName(wanted, taken),
    namespace,
    port: kind === 'external-server' ? '80' : '8080',
    injection: true,
  };
}

function namespaceOf(node: string | undefined, choices: readonly string[]): string | undefined {
  const ref = node === undefined ? undefined : parseNodeId(node);
  if (ref === undefined || ref.kind === 'outside') return undefined;
  return choices.find((name) => name === ref.id.split('/')[0]);
}

/** The wished name, or that with the first number that makes it free. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number++) name = `${wanted}-${number}`;
  return name;
}

const LABEL = /^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$/;

/** A DNS label, with room for the number that a taken one gets. */
export const isName = (name: string): boolean => LABEL.test(name);

export type AddProblem = 'draw.badName' | 'draw.badHost' | 'draw.badPort';

export function problemOf(kind: AddKind, { name, port }: AddFields): AddProblem | undefined {
  if (kind === 'ingress-gateway' || kind === 'egress-gateway') return undefined;
  if (kind === 'external-server') {
    const labels = name.split('.');
    if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return 'draw.badHost';
  } else if (!isName(name)) return 'draw.badName';
  const number = Number(port);
  const hasPort = kind === 'workload' || kind === 'external-server';
  return hasPort && !(Number.isInteger(number) && number >= 1 && number <= 65535) ? 'draw.badPort' : undefined;
}

export function intentionOf(kind: AddKind, fields: AddFields): EditQuery['intention'] {
  const { name, namespace, injection } = fields;
  const port = Number(fields.port);
  switch (kind) {
    case 'namespace':
      return { kind: 'add-namespace', name, injection };
    case 'workload':
      return { kind: 'add-workload', namespace, name, port };
    case 'ingress-gateway':
      return { kind: 'add-ingress-gateway', namespace };
    case 'egress-gateway':
      return { kind: 'add-egress-gateway', namespace };
    case 'external-server':
      return { kind: 'add-external-server', host: name, namespace, port };
    case 'issuer':
      return { kind: 'add-issuer', name };
  }
}
