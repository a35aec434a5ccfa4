/**
 * Where a connection goes: outbound capture, name-less service addresses, the pod at the other
 * end, inbound capture, and who accepts there (Envoy, an application, nobody). Input: who dials
 * which address with what payload; output: the reply, with every decision recorded on the way.
 */
import type { Mesh, Workload } from '../mesh/types.ts';
import { captureInbound, captureOutbound } from '../network/capture.ts';
import { cidrContains, isLoopback } from '../network/cidr.ts';
import { translateServiceAddress } from '../network/translate.ts';
import type { ConnectStep } from '../trace/step.ts';
import type { Party } from '../trace/trace.ts';
import { applicationReply } from './application/application.ts';
import { boundListener, closedListeners } from './listener/pickListener.ts';
import { filterConnection } from './packetFilter.ts';
import { type AcceptedRole, acceptConnection } from './proxy/acceptConnection.ts';
import { cannotTell, type Dialler, type OpenHop, type Run } from './run.ts';
import type { Connection, Payload, Reply } from './wire.ts';

/** Far beyond any path that ends: a longer one is a loop. */
const MAX_DEPTH = 40;

/** Ports of Envoy's and istio-agent's own servers in a pod; what they answer is not modelled. */
const AGENT_SERVERS: readonly number[] = [15020, 15021, 15090];
/** Those that listen on the loopback interface alone. */
const LOCAL_AGENT_SERVERS: readonly number[] = [15000, 15004, 15053];

/** The `dial` of a run. */
export const networkOf =
  (run: Run): Run['dial'] =>
  (dialler, address, port, payload) => {
    if (dialler.hop.depth > MAX_DEPTH) return cannotTell(dialler.hop, { code: 'too-many-hops', params: {} });
    if (dialler.workload?.ambient) return cannotTell(dialler.hop, ambient(dialler.workload));
    const reply = leave(run, dialler, address, port, payload);
    if (payload.kind === 'tls' && payload.standing !== undefined) return reply;
    const origins = reply.kind === 'connect-timeout' ? [reply.by] : [];
    dialler.hop.step({ kind: 'connect', origins, address, port, result: connectResult(reply) });
    return reply;
  };

const ambient = (workload: Workload) => ({ code: 'ambient' as const, params: { workload: workload.id } });

function connectResult(reply: Reply): ConnectStep['result'] {
  switch (reply.kind) {
    case 'refused':
    case 'unreachable':
      return reply.kind;
    case 'connect-timeout':
      return 'timeout';
    default:
      return 'established';
  }
}

/** The caller's own pod: capture of what goes out. */
function leave(run: Run, dialler: Dialler, address: string, port: number, payload: Payload): Reply {
  const { workload } = dialler;
  const loopback = isLoopback(address) || workload?.ip === address;
  const sourceIp = dialler.bindSource ?? (loopback ? address : (workload?.ip ?? run.env.mesh.outsideAddress));
  const connection: Connection = {
    sourceIp,
    destinationIp: address,
    destinationPort: port,
    payload,
    pooled: dialler.pooled,
  };
  const observed = run.env.observer?.dialled(connection);
  const reply = send(run, dialler, connection);
  observed?.(reply);
  return reply;
}

function send(run: Run, dialler: Dialler, connection: Connection): Reply {
  const { workload } = dialler;
  const { sourceIp, destinationIp: address, destinationPort: port } = connection;
  const loopback = isLoopback(address) || workload?.ip === address;
  if (workload?.proxy === 'sidecar') {
    const { byProxy } = dialler;
    const decision = captureOutbound(workload.capture, {
      destinationIp: address,
      destinationPort: port,
      byProxy,
      loopback,
      sourceIp,
    });
    dialler.hop.step({
      kind: 'capture',
      origins: [workload.origin],
      direction: 'outbound',
      captured: decision.toPort !== undefined,
      rule: decision.rule,
      ...(decision.toPort === undefined ? {} : { toPort: decision.toPort }),
    });
    if (decision.toPort === 15001) return proxy(run, dialler, dialler.hop, workload, 'sidecar-outbound', connection);
    if (decision.toPort === 15006) return proxy(run, dialler, dialler.hop, workload, 'sidecar-inbound', connection);
  }
  if (loopback) {
    if (workload === undefined) return { kind: 'refused', cause: { kind: 'failed', hop: dialler.hop.id } };
    return local(run, dialler, dialler.hop, workload, connection);
  }
  return cross(run, dialler, connection);
}

/** Between pods: service addresses become pod addresses. */
function cross(run: Run, dialler: Dialler, connection: Connection): Reply {
  const { mesh } = run.env;
  const { destinationIp, destinationPort } = connection;
  const translation = translateServiceAddress(mesh, destinationIp, destinationPort);
  if (translation.kind === 'none') return arrive(run, dialler, dialler.hop, connection);
  const { service, via } = translation;
  const party: Party = { kind: 'network', via, service: service.hostname };
  const hop = run.openHop(party, dialler.hop, dialler.attempt);
  const from = `${destinationIp}:${destinationPort}`;
  if (translation.kind === 'dead') {
    hop.step({
      kind: 'load-balance',
      origins: [service.origin],
      service: service.hostname,
      from,
      to: '',
      rejected: [],
    });
    hop.end('failed');
    const cause = { kind: 'failed' as const, hop: hop.id };
    return { kind: 'unreachable', onLink: false, cause };
  }
  if (via === 'load-balancer' && !isAmong(service.loadBalancerSourceRanges, connection.sourceIp)) {
    const params = { field: 'spec.loadBalancerSourceRanges', kind: 'Service', name: service.name };
    return cannotTell(hop, { code: 'unmodelled-field', params });
  }
  const { to, others } = translation;
  hop.step({
    kind: 'load-balance',
    origins: [to.origin, service.origin],
    service: service.hostname,
    from,
    to: `${to.address}:${to.port}`,
    rejected: others.map((other) => ({
      name: `${other.address}:${other.port}`,
      origin: other.origin,
      reason: { code: 'another-endpoint-came-first', params: {} },
    })),
  });
  return arrive(run, dialler, hop, { ...connection, destinationIp: to.address, destinationPort: to.port });
}

const isAmong = (ranges: readonly string[] | undefined, address: string): boolean =>
  ranges === undefined || ranges.length === 0 || ranges.some((range) => cidrContains(range, address));

/** At the other end: the pod with that address, and capture of what comes in. */
function arrive(run: Run, dialler: Dialler, from: OpenHop, connection: Connection): Reply {
  const { mesh } = run.env;
  const { destinationIp, destinationPort } = connection;
  const workload = mesh.workloadByIp.get(destinationIp);
  const filtered = filterConnection(run, dialler, workload, connection);
  if (filtered.kind === 'cannot-tell') return cannotTell(from, filtered.why);
  if (filtered.kind === 'dropped') {
    return { kind: 'connect-timeout', by: filtered.by, cause: { kind: 'failed', hop: dialler.hop.id } };
  }
  if (workload === undefined) {
    const cause = { kind: 'failed' as const, hop: from.id };
    if (destinationIp === mesh.outsideAddress) return { kind: 'refused', cause };
    return { kind: 'unreachable', onLink: isPodAddress(mesh, destinationIp), cause };
  }
  if (workload.ambient) return cannotTell(from, ambient(workload));
  // A connection that was sent back to its own pod does not pass PREROUTING again.
  if (workload.proxy === 'sidecar' && workload.id !== dialler.workload?.id) {
    const decision = captureInbound(workload.capture, destinationPort);
    if (decision.toPort !== undefined) return proxy(run, dialler, from, workload, 'sidecar-inbound', connection);
    from.step({
      kind: 'capture',
      origins: [workload.origin],
      direction: 'inbound',
      captured: false,
      rule: decision.rule,
    });
  }
  return local(run, dialler, from, workload, connection);
}

/** In the /16 that the pods have their addresses from. */
function isPodAddress({ workloads }: Mesh, address: string): boolean {
  const [first] = workloads.values();
  return first !== undefined && cidrContains(`${first.ip}/16`, address);
}

/** Not captured: what listens on the port itself. */
function local(run: Run, dialler: Dialler, from: OpenHop, workload: Workload, connection: Connection): Reply {
  const { destinationIp, destinationPort, payload } = connection;
  if (workload.proxy !== 'none') {
    const listener = boundListener(run.env.configOf(workload.id), destinationIp, destinationPort);
    if (listener !== undefined) {
      const role = workload.proxy === 'gateway' ? 'gateway' : (`sidecar-${listener.direction}` as const);
      return proxy(run, dialler, from, workload, role, connection);
    }
  }
  const reply = applicationReply(run, from, dialler.attempt, workload, destinationPort, payload);
  if (reply !== undefined) return reply;
  const agent = isLoopback(destinationIp) ? [...AGENT_SERVERS, ...LOCAL_AGENT_SERVERS] : AGENT_SERVERS;
  if (workload.proxy !== 'none' && agent.includes(destinationPort)) {
    return cannotTell(from, { code: 'unmodelled-protocol', params: { port: String(destinationPort) } });
  }
  if (workload.proxy === 'gateway') {
    const unknown = gatewayUnknown(run, workload, destinationPort);
    if (unknown) return cannotTell(from, unknown);
    const rejected = closedListeners(run.env.configOf(workload.id), destinationPort);
    const address = `${destinationIp}:${destinationPort}`;
    from.step({ kind: 'listener-matched', origins: rejected.flatMap(({ origin }) => origin ?? []), address, rejected });
  }
  return { kind: 'refused', cause: { kind: 'failed', hop: from.id } };
}

/** A gateway on which nothing listens: unless something unmodelled might. */
function gatewayUnknown(run: Run, workload: Workload, port: number) {
  const config = run.env.configOf(workload.id);
  return config.taints[0] ?? config.listeners.find((l) => l.port === port && l.cannotTell !== undefined)?.cannotTell;
}

function proxy(
  run: Run,
  dialler: Dialler,
  from: OpenHop,
  workload: Workload,
  role: AcceptedRole,
  connection: Connection,
): Reply {
  return acceptConnection(run, from, dialler.attempt, workload, role, connection);
}
