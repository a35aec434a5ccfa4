/** "Make this call": two nodes of the canvas become a call in the request bar, ready to send. */
import type { GraphService, GraphWorkload, MeshGraph } from '../../worker/meshGraph.ts';
import { OUTSIDE, parseNodeId } from '../nodeIds.ts';
import type { Studio } from '../studio.ts';
import { type CallDraft, EMPTY_DRAFT } from '../workspace/workspace.ts';

/** Returns whether there is such a call: its ends are a caller and something that can be called. */
export function makeCall(studio: Studio, fromNode: string, toNode: string): boolean {
  const { graph } = studio.store.getState().engine;
  const draft = graph === undefined ? undefined : callBetween(graph, fromNode, toNode);
  if (draft !== undefined) studio.store.setState({ request: { draft } });
  return draft !== undefined;
}

export function callBetween(graph: MeshGraph, fromNode: string, toNode: string): CallDraft | undefined {
  const from = callerOf(graph, fromNode);
  const to = parseNodeId(toNode);
  if (from === undefined || to === undefined) return undefined;
  if (to.kind === 'service') {
    const service = graph.services.find(({ id }) => id === to.id);
    return service && callService(from, service);
  }
  const workload = to.kind === 'workload' ? graph.workloads.find(({ id }) => id === to.id) : undefined;
  if (workload === undefined || workload.id === from) return undefined;
  return callWorkload(graph, from, workload);
}

function callerOf(graph: MeshGraph, node: string): string | undefined {
  if (node === OUTSIDE) return OUTSIDE;
  const ref = parseNodeId(node);
  const caller = ref?.kind === 'workload' ? graph.workloads.find(({ id }) => id === ref.id) : undefined;
  return caller?.id;
}

function callWorkload(graph: MeshGraph, from: string, workload: GraphWorkload): CallDraft | undefined {
  if (workload.externalHost !== undefined) {
    const [port] = workload.ports;
    return draftOf(from, port?.protocol ?? 'http', workload.externalHost.split(',')[0] ?? '', port?.port ?? 80);
  }
  const services = graph.services.filter(
    ({ registry, workloads }) => registry === 'kubernetes' && workloads.includes(workload.id),
  );
  const [service] = services;
  if (service !== undefined) return callService(from, service);
  const [port] = workload.ports;
  return port && draftOf(from, port.protocol, workload.ip, port.port);
}

/** From outside, only a load balancer leads in. */
function callService(from: string, service: GraphService): CallDraft | undefined {
  const port = service.ports.find(({ protocol }) => /^(http|grpc)/i.test(protocol)) ?? service.ports[0];
  if (port === undefined) return undefined;
  const isOutside = from === OUTSIDE;
  const host = isOutside ? (service.loadBalancerIp ?? service.hostname) : service.hostname;
  const protocol = /^https$|^tls$/i.test(port.protocol)
    ? 'https'
    : /^(http|grpc)/i.test(port.protocol)
      ? 'http'
      : 'tcp';
  const draft = draftOf(from, protocol, host, port.port);
  return isOutside && service.type === 'LoadBalancer' ? { ...draft, connectTo: service.id } : draft;
}

const USUAL = { http: 80, https: 443, tcp: -1 } as const;

function draftOf(from: string, protocol: 'http' | 'https' | 'tcp', host: string, port: number): CallDraft {
  const authority = USUAL[protocol] === port ? host : `${host}:${port}`;
  if (protocol === 'tcp') return { ...EMPTY_DRAFT, from, protocol: 'tcp', url: authority };
  return { ...EMPTY_DRAFT, from, url: `${protocol}://${authority}/`, insecure: protocol === 'https' };
}
