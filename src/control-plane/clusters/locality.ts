/**
 * Preference for near endpoints (networking/core/loadbalancer GetEffectiveLbSetting). Pods here have
 * no region or zone, so most settings change nothing; what orders endpoints by other labels, or meets
 * WorkloadEntries that do have a locality, is not simulated.
 */
import type { Endpoint, MeshConfig } from '../../mesh/types.ts';
import type { LoadBalancerSettings } from '../../resources/kinds/shared/trafficPolicy.ts';

/** The setting that would choose among these endpoints. */
export function localityPreference(
  config: Pick<MeshConfig, 'raw'>,
  loadBalancer: LoadBalancerSettings | undefined,
  endpoints: readonly Pick<Endpoint, 'locality'>[],
): 'localityLbSetting' | 'zoneAwareLbSetting' | undefined {
  if (endpoints.length < 2) return undefined;
  const located = endpoints.some(({ locality }) => locality !== undefined);
  const { raw } = config;
  const zoneAware =
    loadBalancer?.zoneAwareLbSetting ?? (loadBalancer?.localityLbSetting ? undefined : raw.zoneAwareLbSetting);
  if (zoneAware !== undefined) {
    const chooses = located || (zoneAware.failoverPriority ?? []).length > 0;
    return zoneAware.enabled !== false && chooses ? 'zoneAwareLbSetting' : undefined;
  }
  const locality = loadBalancer?.localityLbSetting ?? raw.localityLbSetting;
  if (locality === undefined || locality.enabled === false) return undefined;
  const chooses = located || (locality.failoverPriority ?? []).length > 0 || (locality.distribute ?? []).length > 0;
  return chooses ? 'localityLbSetting' : undefined;
}
