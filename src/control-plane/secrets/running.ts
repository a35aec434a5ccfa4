/**
 * What gateways that run have loaded, while the text changes under them: a Secret that is deleted or
 * spoilt takes nothing from them. One that starts anew has only what is answered then, and waits for
 * what is not before it opens the listeners that need it.
 *
 * Upstream authority: istio pilot/pkg/xds/sds.go Generate (what is missing is left out of the answer);
 * Envoy source/common/secret/sds_api.cc (a refused value leaves the old), init manager and
 * initial_fetch_timeout of config_source.proto (15 s; clusters are ready before listeners are asked for).
 */
import type { WorkloadId } from '../../base/ids.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import type { Listener } from '../envoy/listener.ts';
import type { ProxyConfig, Secret } from '../envoy/proxyConfig.ts';
import { isFromIstiod } from './names.ts';

type Loaded = Extract<Secret, { readonly kind: 'certificate' | 'trust-bundle' }>;

interface RunningProxy {
  readonly pod: Workload;
  readonly secrets: ReadonlyMap<string, Loaded>;
}
/** By gateway. */
export type RunningGateways = ReadonlyMap<WorkloadId, RunningProxy>;

/** At which moment of the gateways' lives a call is made. */
export type GatewayMoment =
  /** They have run since an earlier text, and keep what they loaded. */
  | { readonly kind: 'running'; readonly gateways: RunningGateways }
  /** They started less than 15 seconds ago. */
  | { readonly kind: 'starting' };

type ConfigOf = (workload: WorkloadId) => ProxyConfig;

/** With the configurations of that moment; without one gateways started with this text, and have waited long enough. */
export const atMoment = <E extends { readonly mesh: Mesh; readonly configOf: ConfigOf }>(
  env: E,
  moment: GatewayMoment | undefined,
): E => (moment === undefined ? env : { ...env, configOf: configsAt(moment, env.mesh, env.configOf) });

function configsAt(moment: GatewayMoment, mesh: Mesh, configOf: ConfigOf): ConfigOf {
  const made = new Map<WorkloadId, ProxyConfig>();
  return (id) => {
    const config = made.get(id) ?? at(moment, configOf(id), mesh.workloads.get(id));
    made.set(id, config);
    return config;
  };
}

function at(moment: GatewayMoment, config: ProxyConfig, pod: Workload | undefined): ProxyConfig {
  if (pod?.proxy !== 'gateway') return config;
  return moment.kind === 'starting' ? startingConfig(config) : runningConfig(config, pod, moment.gateways);
}

/** The gateways as they run on when the text has become this one. */
export function gatewaysRunOn(
  before: RunningGateways,
  { mesh, proxyConfig }: { readonly mesh: Mesh; readonly proxyConfig: ConfigOf },
): RunningGateways {
  const after = new Map<WorkloadId, RunningProxy>();
  for (const pod of mesh.workloads.values()) {
    if (pod.proxy !== 'gateway') continue;
    const secrets = new Map<string, Loaded>();
    for (const [name, secret] of runningConfig(proxyConfig(pod.id), pod, before).secrets) {
      if (isLoaded(secret)) secrets.set(name, secret);
    }
    after.set(pod.id, { pod, secrets });
  }
  return after;
}

/** The configuration of a gateway with what it keeps; as it is for one whose pod is a new one. */
function runningConfig(config: ProxyConfig, pod: Workload, running: RunningGateways): ProxyConfig {
  const own = running.get(config.workload);
  if (own === undefined || !isSamePod(own.pod, pod)) return config;
  const secrets = new Map<string, Secret>();
  for (const [name, secret] of config.secrets) {
    const loaded = own.secrets.get(name);
    const keeps = (secret.kind === 'missing' || secret.kind === 'unloadable') && loaded !== undefined;
    secrets.set(name, keeps ? { ...loaded, kept: { why: secret.why } } : secret);
  }
  return { ...config, secrets };
}

/** A gateway within the first 15 seconds: what is not answered is waited for. */
function startingConfig(config: ProxyConfig): ProxyConfig {
  const missing = (name: string): boolean => isFromIstiod(name) && config.secrets.get(name)?.kind === 'missing';
  const ofCluster = [...config.clusters.values()].flatMap(({ transport }) =>
    transport.kind === 'raw' ? [] : namesOf(transport.tls.certificate, transport.tls.validation?.trustBundle),
  );
  const all = ofCluster.find(missing);
  const listeners = config.listeners.map((listener) => {
    const warmsFor = all ?? secretsOf(listener).find(missing);
    return warmsFor === undefined ? listener : { ...listener, warmsFor };
  });
  return { ...config, listeners };
}

const secretsOf = ({ filterChains, defaultFilterChain }: Listener): readonly string[] =>
  [...filterChains, ...(defaultFilterChain === undefined ? [] : [defaultFilterChain])].flatMap(({ tls }) =>
    tls === undefined ? [] : [...tls.certificates, ...namesOf(tls.validation?.trustBundle)],
  );

const namesOf = (...names: readonly (string | undefined)[]): readonly string[] => names.flatMap((name) => name ?? []);

const isLoaded = (secret: Secret): secret is Loaded => secret.kind === 'certificate' || secret.kind === 'trust-bundle';

/** Another pod template rolls the pods over. */
const isSamePod = (a: Workload, b: Workload): boolean => a === b || templateOf(a) === templateOf(b);

const templateOf = ({ labels, annotations, serviceAccount, containerPorts }: Workload): string =>
  JSON.stringify([labels, annotations, serviceAccount, containerPorts]);
