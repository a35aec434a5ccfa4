/**
 * RequestAuthentications in force on a proxy -> one jwt_authn filter: all rules together, sorted by
 * issuer. Key sets by URI are fetched by istiod (its default), which puts in a key that nobody has
 * when it cannot fetch. Authority: istio pilot/pkg/security/authn/policy_applier.go
 * convertToEnvoyJwtConfig, pilot/pkg/model/jwks_resolver.go BuildLocalJwks.
 */
import type { Origin } from '../../base/origin.ts';
import { type Json, jwksStatusText, parseKeySet } from '../../jwt/index.ts';
import type { JwtRule } from '../../resources/kinds/requestAuthentication.ts';
import type { ResourceOf } from '../../resources/ofKind.ts';
import type { HttpJwtAuthn, JwtKeySource, JwtProvider } from '../envoy/authz.ts';
import type { UrlAnswer } from './world.ts';

export type RequestAuthentication = ResourceOf<'security.istio.io/RequestAuthentication'>;

/** Split on spaces in the payload that policies see, besides what a rule adds. */
const SPACE_DELIMITED = ['permission', 'scope'];

/** Undefined when no rule is in force. */
export function jwtAuthnFilter(
  policies: readonly RequestAuthentication[],
  answers: ReadonlyMap<string, UrlAnswer>,
  gateway: boolean,
): HttpJwtAuthn | undefined {
  const rules = policies.flatMap((policy) =>
    (policy.body.spec?.jwtRules ?? []).map((rule, index) => ({
      rule,
      origin: { resource: policy.id, path: ['spec', 'jwtRules', index] },
    })),
  );
  if (rules.length === 0) return undefined;
  const sorted = rules.toSorted((a, b) => compare(a.rule.issuer ?? '', b.rule.issuer ?? ''));
  return {
    providers: sorted.map(({ rule, origin }, index) => provider(rule, `origins-${index}`, origin, answers)),
    bypassCorsPreflight: true,
    clearRouteCache: gateway,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function provider(rule: JwtRule, name: string, origin: Origin, answers: ReadonlyMap<string, UrlAnswer>): JwtProvider {
  return {
    name,
    issuer: rule.issuer ?? '',
    audiences: rule.audiences ?? [],
    fromHeaders: (rule.fromHeaders ?? []).map(({ name: header = '', prefix = '' }) => ({ name: header, prefix })),
    fromParams: rule.fromParams ?? [],
    fromCookies: rule.fromCookies ?? [],
    forward: rule.forwardOriginalToken ?? false,
    ...(rule.outputPayloadToHeader ? { payloadHeader: rule.outputPayloadToHeader } : {}),
    claimHeaders: (rule.outputClaimToHeaders ?? []).map(({ header = '', claim = '' }) => ({ header, claim })),
    spaceDelimitedClaims: [...new Set([...SPACE_DELIMITED, ...(rule.spaceDelimitedClaims ?? [])])].sort(),
    keys: keySource(rule, origin, answers),
    origin,
  };
}

function keySource(rule: JwtRule, origin: Origin, answers: ReadonlyMap<string, UrlAnswer>): JwtKeySource {
  const at = (field: string): Origin => ({ resource: origin.resource, path: [...origin.path, field] });
  if (rule.jwks) return { kind: 'inline', jwks: rule.jwks, origin: at('jwks') };
  if (rule.jwksUri) return fetched(rule.jwksUri, at('jwksUri'), answers);
  const discovery = `${(rule.issuer ?? '').replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = answers.get(discovery);
  const uri = found === undefined ? undefined : jwksUriOf(found.body);
  return uri === undefined
    ? { kind: 'unreachable', uri: discovery, origin: at('issuer') }
    : fetched(uri, at('issuer'), answers);
}

function fetched(uri: string, origin: Origin, answers: ReadonlyMap<string, UrlAnswer>): JwtKeySource {
  const answer = answers.get(uri);
  return answer === undefined
    ? { kind: 'unreachable', uri, origin }
    : { kind: 'fetched', jwks: answer.body, uri, origin: answer.origin };
}

/** `jwks_uri` of an OpenID configuration. */
function jwksUriOf(document: string): string | undefined {
  let value: Json;
  try {
    value = JSON.parse(document) as Json;
  } catch {
    return undefined;
  }
  const uri = typeof value === 'object' && value !== null && 'jwks_uri' in value ? value.jwks_uri : undefined;
  return typeof uri === 'string' ? uri : undefined;
}

/** Why Envoy refuses a listener that carries this filter: a key set without a usable key. */
export function jwtAuthnNack(jwt: HttpJwtAuthn): string | undefined {
  for (const { name, keys } of jwt.providers) {
    if (keys.kind === 'unreachable') continue;
    const parsed = parseKeySet(keys.jwks);
    if (!parsed.ok)
      return `Provider '${name}' in jwt_authn config has invalid local jwks: ${jwksStatusText(parsed.status)}`;
  }
  return undefined;
}
