/** What a value can name in its place, and what it does name. */
import { isWildcard, resolveGatewayName, resolveShortName } from '../../control-plane/routes/hostnames.ts';
import {
  exportTargets,
  jwtIssuers,
  namespaces,
  principals,
  requestPrincipals,
  serviceAccounts,
  sourceAccounts,
  workloadPorts,
} from './identityTargets.ts';
import type { ReferenceKind, ReferencePlace, Target } from './reference.ts';
import {
  configMaps,
  extensionProviders,
  gatewayClasses,
  gatewaySecrets,
  gateways,
  issuers,
  listeners,
  parents,
  secrets,
  virtualServices,
} from './resourceTargets.ts';
import {
  backendPorts,
  backends,
  gatewayHosts,
  hostPorts,
  hosts,
  policyTargets,
  routeHosts,
  scopedHosts,
  subsets,
  wholeHosts,
} from './serviceTargets.ts';

const TARGETS: Readonly<Record<ReferenceKind, (place: ReferencePlace) => readonly Target[]>> = {
  host: hosts,
  'route-host': routeHosts,
  'whole-host': wholeHosts,
  'scoped-host': scopedHosts,
  'gateway-host': gatewayHosts,
  gateway: gateways,
  'virtual-service': virtualServices,
  namespace: namespaces,
  'export-to': exportTargets,
  principal: principals,
  'source-account': sourceAccounts,
  'service-account': serviceAccounts,
  'request-principal': requestPrincipals,
  'jwt-issuer': jwtIssuers,
  secret: secrets,
  'gateway-secret': gatewaySecrets,
  'config-map': configMaps,
  'extension-provider': extensionProviders,
  issuer: issuers,
  subset: subsets,
  'host-port': hostPorts,
  'workload-port': workloadPorts,
  'backend-port': backendPorts,
  'policy-target': policyTargets,
  parent: parents,
  listener: listeners,
  backend: backends,
  'gateway-class': gatewayClasses,
};

/** Everything that can be named here, once each. */
export function targetsOf(kind: ReferenceKind, place: ReferencePlace): readonly Target[] {
  const seen = new Set<string>();
  return TARGETS[kind](place).filter(({ value }) => {
    if (value === '' || seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}

/** What a value names: all of it, for a value with a star. */
export function resolveTargets(kind: ReferenceKind, place: ReferencePlace, value: string): readonly Target[] {
  const spelled = normalise(kind, place, value);
  const matches = (text: string): boolean => {
    const candidate = normalise(kind, place, text);
    if (candidate === spelled) return true;
    if (!PATTERNS.has(kind)) return false;
    if (isWildcard(spelled)) return candidate.endsWith(spelled.slice(1));
    return spelled.endsWith('*') && candidate.startsWith(spelled.slice(0, -1));
  };
  return TARGETS[kind](place).filter(
    (target) => target.value !== '' && (matches(target.value) || target.also?.some(matches) === true),
  );
}

/** Kinds whose values may have a star. */
const PATTERNS: ReadonlySet<ReferenceKind> = new Set(['host', 'route-host', 'namespace', 'principal', 'scoped-host']);

function normalise(kind: ReferenceKind, { namespace }: ReferencePlace, value: string): string {
  switch (kind) {
    case 'host':
    case 'route-host':
      return resolveShortName(value, namespace);
    case 'scoped-host':
      return value.startsWith('./') ? namespace + value.slice(1) : value;
    case 'gateway':
      return resolveGatewayName(value, namespace);
    default:
      return value;
  }
}
