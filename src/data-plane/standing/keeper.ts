/**
 * Opening connections, finding them again, and whether they still stand.
 *
 * What ends a connection: one of its pods is another one now, or istiod pushes another cluster
 * to its client or another filter chain to its server (Envoy drains what belongs to the old one,
 * listener_manager_impl.cc, cluster_manager_impl.cc). New secrets end nothing: they are for handshakes.
 * Assumed: requests come often enough that no idle time-out ends it (an hour, unless configured),
 * and each handshake is a full one. Kept are HTTP connections of proxies to proxies, and a caller's
 * own TLS connection to a proxy; what passes through another proxy unread is not.
 */
import type { FilterChain } from '../../control-plane/envoy/listener.ts';
import type { ProxyConfig } from '../../control-plane/envoy/proxyConfig.ts';
import type { Workload } from '../../mesh/types.ts';
import type { Certificate } from '../../pki/types.ts';
import type { Call } from '../../trace/call.ts';
import { seededChooser } from '../chooser.ts';
import type { SimulationEnv } from '../run.ts';
import { simulateCall } from '../simulateCall.ts';
import type { ConnectionKeeper, StandingConnection, StandingServer } from './types.ts';

export type { StandingConnection } from './types.ts';

/** Why a connection that was opened is no more. */
export type Ended = 'restarted' | 'cluster-changed' | 'listener-changed';

/** Undefined: it stands. */
export function endOf(env: SimulationEnv, { client, server }: StandingConnection): Ended | undefined {
  const { mesh } = env;
  if (client.workload !== undefined && !isSamePod(client.workload, mesh.workloads.get(client.workload.id)))
    return 'restarted';
  if (!isSamePod(server.workload, mesh.workloads.get(server.workload.id))) return 'restarted';
  if (client.workload !== undefined && client.cluster !== undefined) {
    const cluster = env.configOf(client.workload.id).clusters.get(client.cluster.name);
    // Endpoints come by EDS: a host that stays keeps its connections.
    if (cluster === undefined || !sameConfig({ ...client.cluster, endpoints: [] }, { ...cluster, endpoints: [] }))
      return 'cluster-changed';
  }
  const chains = chainsOf(env.configOf(server.workload.id));
  return chains.some((chain) => sameConfig(server.chain, chain)) ? undefined : 'listener-changed';
}

/** The new connections that this call opens and its parties keep, beside those that stand already. */
export function openConnections(
  env: SimulationEnv,
  standing: readonly StandingConnection[],
  call: Call,
  seed: string = env.mesh.seed,
): readonly StandingConnection[] {
  const served = new Map<number, StandingServer>();
  const passedOn = new Set<number>();
  const opened: StandingConnection[] = [];
  const keeper: ConnectionKeeper = {
    find: keeperOf(env, standing).find,
    served: (connection, server) => void served.set(connection, server),
    passedOn: (connection) => void passedOn.add(connection),
    kept: (connection, key, client) => {
      const server = served.get(connection);
      if (server !== undefined && !passedOn.has(connection))
        opened.push({ key, openedAt: env.mesh.now, client, server });
    },
  };
  simulateCall({ ...env, keeper }, call, seededChooser(seed));
  return opened;
}

/** For calls that go over what stands, and open nothing that anybody keeps. */
export function keeperOf(env: SimulationEnv, standing: readonly StandingConnection[]): ConnectionKeeper {
  const nothing = (): void => undefined;
  return {
    find: (key) => standing.find((connection) => connection.key === key && endOf(env, connection) === undefined),
    served: nothing,
    passedOn: nothing,
    kept: nothing,
  };
}

const isSamePod = (then: Workload, now: Workload | undefined): boolean => now !== undefined && sameConfig(then, now);

const chainsOf = ({ listeners }: ProxyConfig): readonly FilterChain[] =>
  listeners.flatMap(({ filterChains, defaultFilterChain }) => [
    ...filterChains,
    ...(defaultFilterChain === undefined ? [] : [defaultFilterChain]),
  ]);

/** Where configuration comes from is ours alone: Envoy gets none of it, and moves of text push nothing. */
const PROVENANCE: ReadonlySet<string> = new Set(['origin', 'origins', 'why']);

const sameConfig = (a: unknown, b: unknown): boolean => a === b || asText(a) === asText(b);

const asText = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => {
    if (PROVENANCE.has(key)) return undefined;
    return inner instanceof Map ? [...inner] : inner;
  });

/** The certificates that its ends showed and trusted when it was opened. */
export function certificatesOfConnection({ client, server }: StandingConnection): readonly Certificate[] {
  const { serverChain, peerChain } = server.session;
  const anchors = [client.tls.trust.anchors, server.tls.demands.anchors];
  return [...serverChain, ...peerChain, ...anchors.flatMap((trusted) => (typeof trusted === 'string' ? [] : trusted))];
}
