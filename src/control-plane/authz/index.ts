/**
 * The authorization and request-authentication filters of one proxy, in Envoy's order. Listener
 * builders put them in: HTTP filters between metadata exchange and grpc/alpn/fault/cors, network
 * filters before tcp_proxy. Sidecar outbound and AUTO_PASSTHROUGH chains get none: do not ask.
 *
 * Work is shared: policies are compiled once for a mesh and kind of chain, and proxies that the same
 * policies reach get the same filter objects.
 */
import type { ResourceId, WorkloadId } from '../../base/ids.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { ExtAuthzAnswer, HttpJwtAuthn, RbacMatcher } from '../envoy/authz.ts';
import type { HttpFilter } from '../envoy/http.ts';
import type { FilterChain, NetworkFilter } from '../envoy/listener.ts';
import { attachedPolicies, groupByNamespace, type PoliciesByNamespace } from './attachment.ts';
import { type AuthorizationPolicy, type CompiledPolicy, compilePolicy } from './compilePolicy.ts';
import { resolveProvider } from './providers.ts';
import { customFilters, localFilters } from './rbacFilters.ts';
import { jwtAuthnFilter, jwtAuthnNack, type RequestAuthentication } from './requestAuthentication.ts';
import { extAuthzAnswers, type UrlAnswer, urlAnswers } from './world.ts';

/** istiod's feature flags that change these filters; absent: istiod's defaults. */
export interface AuthzContext {
  /** PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS */
  readonly multipleCustomProviders?: boolean;
}

/** CUSTOM (rbac and ext-authz), jwt-authn, AUDIT, DENY, ALLOW; only those that exist. */
export function httpAuthzFilters(mesh: Mesh, workload: Workload, context: AuthzContext = {}): readonly HttpFilter[] {
  const index = indexOf(mesh);
  const policies = attachedAuthorizationPolicies(index, mesh, workload);
  const authentications = attachedPolicies(index.requestAuthentications, workload, 'own-first', mesh);
  const gateway = workload.proxy === 'gateway';
  const flags = `${gateway} ${context.multipleCustomProviders === true}`;
  return remember(index.httpFilters, key(flags, policies, authentications), () => {
    const compiled = policies.map((policy) => compiledPolicy(index, policy, 'http'));
    const jwt = jwtAuthnFilter(authentications, index.urlAnswers, gateway);
    return [
      ...custom(index, mesh, compiled, 'http', context).flatMap(({ rbac, extAuthz }): readonly HttpFilter[] => [
        { kind: 'rbac', rbac },
        ...(extAuthz === undefined ? [] : [{ kind: 'ext-authz' as const, extAuthz }]),
      ]),
      ...(jwt === undefined ? [] : [{ kind: 'jwt-authn' as const, jwt }]),
      ...localFilters(compiled).map((rbac): HttpFilter => ({ kind: 'rbac', rbac })),
    ];
  });
}

/** CUSTOM (network-rbac and network-ext-authz), AUDIT, DENY, ALLOW; only those that exist. */
export function networkAuthzFilters(
  mesh: Mesh,
  workload: Workload,
  context: AuthzContext = {},
): readonly NetworkFilter[] {
  const index = indexOf(mesh);
  const policies = attachedAuthorizationPolicies(index, mesh, workload);
  return remember(index.networkFilters, key(String(context.multipleCustomProviders === true), policies), () => {
    const compiled = policies.map((policy) => compiledPolicy(index, policy, 'tcp'));
    return [
      ...custom(index, mesh, compiled, 'tcp', context).flatMap(({ rbac, extAuthz }): readonly NetworkFilter[] => [
        { kind: 'network-rbac', rbac },
        ...(extAuthz === undefined ? [] : [{ kind: 'network-ext-authz' as const, extAuthz }]),
      ]),
      ...localFilters(compiled).map((rbac): NetworkFilter => ({ kind: 'network-rbac', rbac })),
    ];
  });
}

/** The policies that reach a proxy, in istiod's order, whether or not a chain has a filter of them. */
export function policiesInForce(
  mesh: Mesh,
  workload: Workload,
): { readonly authorization: readonly ResourceId[]; readonly authentication: readonly ResourceId[] } {
  const index = indexOf(mesh);
  const authentications = attachedPolicies(index.requestAuthentications, workload, 'own-first', mesh);
  return {
    authorization: attachedAuthorizationPolicies(index, mesh, workload).map(({ id }) => id),
    authentication: authentications.map(({ id }) => id),
  };
}

/** Why Envoy refuses a listener with these chains, in its own words. */
export function authzNack(chains: readonly FilterChain[]): string | undefined {
  for (const { filters } of chains) {
    for (const filter of filters) {
      if (filter.kind !== 'http-connection-manager') continue;
      for (const httpFilter of filter.hcm.httpFilters) {
        const nack = httpFilter.kind === 'jwt-authn' ? remembered(httpFilter.jwt) : undefined;
        if (nack !== undefined) return nack;
      }
    }
  }
  return undefined;
}

/** What policies do to a proxy that is not simulated: a path template that Envoy does not survive. */
export function authzTaints(mesh: Mesh, workload: Workload): readonly CannotTell[] {
  if (workload.proxy === 'none') return [];
  return httpAuthzFilters(mesh, workload).flatMap((filter): readonly CannotTell[] => {
    if (filter.kind !== 'rbac') return [];
    const policies = [...(filter.rbac.rules ?? []), ...(filter.rbac.shadowRules ?? [])];
    return policies
      .filter((policy) => hasBadTemplate(policy.matcher))
      .map((policy) => ({ code: 'unmodelled-field', params: { field: 'paths', policy: policy.id } }));
  });
}

/** Envoy ends on start-up when a template does not begin with a slash. */
function hasBadTemplate(matcher: RbacMatcher): boolean {
  if (matcher.kind === 'and' || matcher.kind === 'or') return matcher.of.some(hasBadTemplate);
  return (
    matcher.kind === 'field' &&
    matcher.anyOf.some(({ test }) => test.on === 'path-template' && !test.template.startsWith('/'))
  );
}

interface AuthzIndex {
  readonly authorizationPolicies: PoliciesByNamespace<AuthorizationPolicy>;
  readonly requestAuthentications: PoliciesByNamespace<RequestAuthentication>;
  readonly trustDomains: readonly string[];
  readonly urlAnswers: ReadonlyMap<string, UrlAnswer>;
  readonly extAuthzAnswers: ReadonlyMap<WorkloadId, ExtAuthzAnswer>;
  readonly compiled: { readonly http: Map<string, CompiledPolicy>; readonly tcp: Map<string, CompiledPolicy> };
  readonly httpFilters: Map<string, readonly HttpFilter[]>;
  readonly networkFilters: Map<string, readonly NetworkFilter[]>;
}

const indexes = new WeakMap<Mesh, AuthzIndex>();

function indexOf(mesh: Mesh): AuthzIndex {
  const known = indexes.get(mesh);
  if (known !== undefined) return known;
  const index: AuthzIndex = {
    authorizationPolicies: groupByNamespace(resourcesOf(mesh, 'security.istio.io/AuthorizationPolicy')),
    requestAuthentications: groupByNamespace(resourcesOf(mesh, 'security.istio.io/RequestAuthentication')),
    trustDomains: [mesh.config.trustDomain, ...mesh.config.trustDomainAliases],
    urlAnswers: urlAnswers(mesh),
    extAuthzAnswers: extAuthzAnswers(mesh),
    compiled: { http: new Map(), tcp: new Map() },
    httpFilters: new Map(),
    networkFilters: new Map(),
  };
  indexes.set(mesh, index);
  return index;
}

function remember<T>(memory: Map<string, T>, name: string, make: () => T): T {
  const known = memory.get(name);
  if (known !== undefined) return known;
  const made = make();
  memory.set(name, made);
  return made;
}

const key = (flags: string, ...lists: readonly (readonly { readonly id: string }[])[]): string =>
  [flags, ...lists.map((list) => list.map((resource) => resource.id).join(' '))].join('\n');

const compiledPolicy = (index: AuthzIndex, policy: AuthorizationPolicy, chain: 'http' | 'tcp'): CompiledPolicy =>
  remember(index.compiled[chain], policy.id, () => compilePolicy(policy, chain, index.trustDomains));

const attachedAuthorizationPolicies = (
  index: AuthzIndex,
  mesh: Mesh,
  workload: Workload,
): readonly AuthorizationPolicy[] => attachedPolicies(index.authorizationPolicies, workload, 'root-first', mesh);

const custom = (
  index: AuthzIndex,
  mesh: Mesh,
  compiled: readonly CompiledPolicy[],
  chain: 'http' | 'tcp',
  context: AuthzContext,
): ReturnType<typeof customFilters> =>
  customFilters(
    compiled,
    chain,
    (provider) => resolveProvider(mesh, provider, index.extAuthzAnswers),
    context.multipleCustomProviders === true,
  );

/** Reading a key set costs more than the rest, and several listeners carry the same filter. */
const nacks = new WeakMap<HttpJwtAuthn, { readonly message: string | undefined }>();

function remembered(jwt: HttpJwtAuthn): string | undefined {
  const known = nacks.get(jwt) ?? { message: jwtAuthnNack(jwt) };
  nacks.set(jwt, known);
  return known.message;
}
