/**
 * mTLS status of every workload and port: what its door takes, which policy says so, at which level,
 * and which policies were looked at. Read from the same rules that build the proxies; gateways are
 * read from their listeners, because PeerAuthentication does not reach them.
 */
import type { WorkloadId } from '../../base/ids.ts';
import type { FilterChain, Listener, ProxyConfig } from '../../control-plane/envoy/index.ts';
import { type EffectivePeerAuthentication, effectivePeerAuthentication } from '../../control-plane/policies.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import { captureInbound } from '../../network/capture.ts';
import type { ConsideredMode, DoorStatus, MtlsLevel, MtlsRow } from './types.ts';

type ConfigOf = (workload: WorkloadId) => ProxyConfig;
type Door = Pick<MtlsRow, 'status' | 'origins' | 'level'>;

export function doorsOf(mesh: Mesh, configOf: ConfigOf): readonly MtlsRow[] {
  return [...mesh.workloads.values()].flatMap((workload) =>
    workload.externalHost === undefined ? doorsOfWorkload(mesh, workload, configOf) : [],
  );
}

function doorsOfWorkload(mesh: Mesh, workload: Workload, configOf: ConfigOf): MtlsRow[] {
  const unmodelled = mesh.taints
    .filter((taint) => taint.selects(workload))
    .map(({ params, code }) => params.kind ?? params.field ?? code);
  const common = { workload: workload.id, namespace: workload.namespace, name: workload.name, unmodelled };
  const unknown = workload.ambient || unmodelled.length > 0;
  const told = (door: Door): Door => (unknown ? { ...door, status: 'cannot-tell' } : door);
  if (workload.proxy === 'gateway') {
    const doors = configOf(workload.id).listeners.filter(({ direction }) => direction === 'outbound');
    return doors.map((listener) => ({
      ...common,
      port: listener.port,
      considered: [],
      ...told(gatewayDoor(listener)),
    }));
  }
  if (workload.proxy === 'none') {
    const door: Door = { status: 'no-proxy', origins: [], level: 'none' };
    return rowsByPort(workload, []).map((port) => ({ ...common, ...port, considered: [], ...told(door) }));
  }
  const mtls = effectivePeerAuthentication(mesh, workload.namespace, workload.labels);
  const considered = mtls.considered.map(
    ({ policy, level, outcome }): ConsideredMode => ({
      policy: policy.id,
      level,
      outcome,
      mode: policy.body.spec?.mtls?.mode ?? 'UNSET',
    }),
  );
  const ownTls = hasOwnTls(mesh, workload) ? ownTlsPorts(configOf(workload.id)) : new Map<number, FilterChain>();
  return rowsByPort(workload, [...mtls.ports.keys()]).map((port) => ({
    ...common,
    ...port,
    considered,
    ...told(sidecarDoor(workload, mtls, ownTls, considered, port.port)),
  }));
}

/** Every port that something listens on, a Service leads to, or a policy names; else one row for all. */
function rowsByPort(workload: Workload, named: readonly number[]): { port?: number; portName?: string }[] {
  const ports = new Set([
    ...workload.applications.map(({ port }) => port),
    ...workload.serviceTargets.map(({ targetPort }) => targetPort),
    ...named,
  ]);
  if (ports.size === 0) return [{}];
  return [...ports]
    .sort((a, b) => a - b)
    .map((port) => {
      const name = workload.containerPorts.find((declared) => declared.port === port)?.name;
      return { port, ...(name === undefined ? {} : { portName: name }) };
    });
}

const STATUS: Readonly<Record<string, DoorStatus>> = {
  STRICT: 'strict',
  PERMISSIVE: 'permissive',
  DISABLE: 'disable',
};

function sidecarDoor(
  workload: Workload,
  mtls: EffectivePeerAuthentication,
  ownTls: ReadonlyMap<number, FilterChain>,
  considered: readonly ConsideredMode[],
  port: number | undefined,
): Door {
  if (port !== undefined && captureInbound(workload.capture, port).toPort === undefined) {
    return { status: 'not-captured', origins: [workload.origin], level: 'none' };
  }
  const own = port === undefined ? undefined : ownTls.get(port);
  if (own !== undefined) return { status: 'own-tls', origins: own.origins, level: 'none' };
  const { mode, origins } = port === undefined ? mtls.base : mtls.forPort(port);
  const status = STATUS[mode] ?? 'cannot-tell';
  const byPort = origins.some(({ path }) => path.includes('portLevelMtls'));
  const decisive = considered.find(({ outcome }) => outcome === 'decides');
  const level: MtlsLevel = byPort ? 'port' : (decisive?.level ?? 'default');
  return { status, origins, level };
}

/** Whether it is worth looking: a proxy's whole configuration is dear in a large mesh. */
const hasOwnTls = (mesh: Mesh, { namespace }: Workload): boolean =>
  resourcesOf(mesh, 'networking.istio.io/Sidecar').some(
    ({ namespace: home, body }) =>
      (home === namespace || home === mesh.config.rootNamespace) &&
      (body.spec?.ingress ?? []).some(({ tls }) => tls !== undefined),
  );

/** Ports whose TLS a Sidecar resource sets by itself. */
function ownTlsPorts({ listeners }: ProxyConfig): ReadonlyMap<number, FilterChain> {
  const chains = listeners
    .filter(({ direction }) => direction === 'inbound')
    .flatMap(({ filterChains }) => filterChains)
    .filter(({ tls }) => tls?.origins.some(({ resource }) => resource.includes('/Sidecar/')) === true);
  return new Map(
    chains.flatMap((chain) =>
      chain.match.destinationPort === undefined ? [] : [[chain.match.destinationPort, chain]],
    ),
  );
}

/** The weakest way in names the door. */
function gatewayDoor(listener: Listener): Door {
  const chains = [
    ...listener.filterChains,
    ...(listener.defaultFilterChain === undefined ? [] : [listener.defaultFilterChain]),
  ];
  const statuses = chains.map(gatewayChain);
  const weakest = (['gateway-plain', 'gateway-passthrough', 'gateway-tls', 'gateway-mutual'] as const).find((status) =>
    statuses.includes(status),
  );
  const decisive = chains.find((chain) => gatewayChain(chain) === weakest);
  const unknown = listener.cannotTell !== undefined || chains.some(({ cannotTell }) => cannotTell !== undefined);
  return {
    status: unknown || weakest === undefined ? 'cannot-tell' : weakest,
    origins: [...(decisive?.tls?.origins ?? []), ...(decisive?.origins ?? []), ...listener.origins],
    level: 'gateway',
  };
}

function gatewayChain({ tls, match }: FilterChain): DoorStatus {
  if (tls !== undefined) return tls.requireClientCertificate ? 'gateway-mutual' : 'gateway-tls';
  // TLS that is not ended here is told apart by its server name and passed on.
  return match.transportProtocol === 'tls' || match.serverNames.length > 0 ? 'gateway-passthrough' : 'gateway-plain';
}
