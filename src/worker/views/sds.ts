/** What one proxy asks for by SDS and what it gets; and what a change pushes to the gateways that run. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import type { ResourceId, WorkloadId } from '../../base/ids.ts';
import {
  type CompiledMesh,
  type DownstreamTlsContext,
  type FilterChain,
  type Listener,
  type ProxyConfig,
  resourcesOf,
  type Secret,
  type SecretHold,
  type SecretSubscription,
  secretPushes,
  secretSubscriptions,
} from '../../engine.ts';
import type { SdsPushesView, SdsSecretView, SdsServerView, SdsView } from '../sdsView.ts';
import { certificateView } from './certificates.ts';
import { rangeOf } from './located.ts';

export function sdsView(compiled: CompiledMesh, id: WorkloadId): SdsView | undefined {
  const workload = compiled.mesh.workloads.get(id);
  if (workload === undefined || workload.proxy === 'none') return undefined;
  const config = compiled.proxyConfig(id);
  return {
    workload: id,
    replicas: replicasOf(compiled, workload.origin.resource),
    servers: config.listeners.flatMap((listener) => serversOf(compiled, config, listener)),
    secrets: secretSubscriptions(config).flatMap((asked) => {
      const secret = config.secrets.get(asked.name);
      return secret === undefined ? [] : [secretView(compiled, asked, secret)];
    }),
  };
}

/** Gateways only: their credentials are what people replace while they run. */
export function sdsPushesView(compiled: CompiledMesh, before: readonly SecretHold[]): SdsPushesView {
  const gateways = [...compiled.mesh.workloads.values()].filter(({ proxy }) => proxy === 'gateway');
  const pushed = secretPushes(
    before,
    gateways.map(({ id }) => [id, compiled.proxyConfig(id).secrets] as const),
  );
  return { ...pushed, refusals: gateways.flatMap(({ id }) => refusalsOf(compiled, id)) };
}

/** In the proxy's own words, at the resource that brought it about. */
const refusalsOf = (compiled: CompiledMesh, id: WorkloadId): Diagnostic[] =>
  compiled.proxyConfig(id).nacks.map(({ message, origins: [origin] }) => ({
    code: 'proxy-nack',
    severity: 'error',
    params: { proxy: id, message: message.trim() },
    ...(origin === undefined ? {} : { origin }),
    ...rangeOf(compiled, origin),
  }));

function serversOf(compiled: CompiledMesh, config: ProxyConfig, listener: Listener): SdsServerView[] {
  if (config.type !== 'gateway') return [];
  return listener.filterChains.flatMap((chain) =>
    chain.tls === undefined ? [] : [serverView(compiled, config, listener, chain, chain.tls)],
  );
}

function serverView(
  compiled: CompiledMesh,
  config: ProxyConfig,
  { name, nack }: Listener,
  { match }: FilterChain,
  tls: DownstreamTlsContext,
): SdsServerView {
  const { certificates, validation, requireClientCertificate, origins } = tls;
  const [origin] = origins;
  const verifiesBy = validation?.trustBundle;
  const kinds = [...certificates, ...(verifiesBy === undefined ? [] : [verifiesBy])].map(
    (secret) => config.secrets.get(secret)?.kind,
  );
  return {
    listener: name,
    serverNames: match.serverNames,
    ...(origin === undefined ? {} : { gateway: origin.resource }),
    ...rangeOf(compiled, origin),
    presents: certificates,
    ...(verifiesBy === undefined ? {} : { verifiesBy }),
    clientCertificate: validation === undefined ? 'not-requested' : requireClientCertificate ? 'required' : 'requested',
    state: nack === undefined ? stateOf(kinds) : 'not-listening',
  };
}

function stateOf(kinds: readonly (Secret['kind'] | undefined)[]): SdsServerView['state'] {
  if (kinds.includes('missing')) return 'waiting';
  if (kinds.includes('unloadable')) return 'refusing';
  return kinds.includes('unknown') ? 'unknown' : 'serving';
}

function secretView(compiled: CompiledMesh, { name, servedBy, askedBy }: SecretSubscription, secret: Secret) {
  const origin = secret.origins.find(({ resource }) => FROM.test(resource));
  const clusters = askedBy.flatMap((asker) => (asker.kind === 'cluster' ? [asker.cluster] : []));
  return {
    name,
    servedBy,
    clusters: [...new Set(clusters)],
    ...(origin === undefined ? {} : { from: origin.resource }),
    ...rangeOf(compiled, origin),
    ...contentOf(secret, askedBy),
  } satisfies SdsSecretView;
}

/** Kinds that secrets are read from. */
const FROM = /\/(Secret|ConfigMap|Certificate)\//;

function contentOf(
  secret: Secret,
  askedBy: SecretSubscription['askedBy'],
): Pick<SdsSecretView, 'use' | 'state' | 'certificates' | 'crls' | 'why' | 'message'> {
  const use = askedBy.some(({ to }) => to === 'present')
    ? 'certificate'
    : askedBy.some(({ to }) => to === 'verify')
      ? 'trust-bundle'
      : 'unknown';
  const none = { use, certificates: [], crls: 0 } as const;
  switch (secret.kind) {
    case 'certificate':
      return { use: 'certificate', state: 'delivered', certificates: secret.chain.map(certificateView), crls: 0 };
    case 'trust-bundle':
      return {
        use: 'trust-bundle',
        state: 'delivered',
        certificates: secret.anchors.map(certificateView),
        crls: secret.crls?.length ?? 0,
      };
    case 'system-trust':
      return { ...none, use: 'trust-bundle', state: 'delivered' };
    case 'unknown':
      return { ...none, state: 'unknown' };
    case 'missing':
      return { ...none, state: 'missing', why: secret.why };
    case 'unloadable':
      return { ...none, state: 'refused', why: secret.why, message: secret.message };
  }
}

function replicasOf({ mesh }: CompiledMesh, resource: ResourceId): number {
  for (const kind of ['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet'] as const) {
    const owner = resourcesOf(mesh, kind).find(({ id }) => id === resource);
    if (owner !== undefined) return owner.body.spec?.replicas ?? 1;
  }
  return 1;
}
