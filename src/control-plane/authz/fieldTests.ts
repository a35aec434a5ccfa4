/**
 * Every field of a source, an operation and a condition: what it tests, and whether it exists on
 * HTTP chains alone. The order is the one in which istiod puts fields into Envoy's configuration.
 * Authority: istio pilot/pkg/security/authz/model/{model,generator}.go.
 */

import type { AuthorizationOperation, AuthorizationSource } from '../../resources/kinds/authorizationPolicy.ts';
import type { RbacTest } from '../envoy/authz.ts';
import { expandPrincipal, expandTrustDomain, type TrustDomains } from './trustDomains.ts';
import {
  bracketed,
  claimPath,
  headerMatch,
  isPathTemplate,
  namespaceMatch,
  pathTemplate,
  principalMatch,
  requestPrincipalMatch,
  serviceAccountMatch,
  stringMatch,
  trustDomainMatch,
} from './valueForms.ts';

/** What values are compared in the light of. */
export interface RuleContext {
  /** Namespace of the policy: a bare service account name belongs to it. */
  readonly policyNamespace: string;
  readonly trustDomains: TrustDomains;
}

export interface FieldTest {
  readonly httpOnly: boolean;
  /** Undefined: no such value can be configured, and istiod treats it as an error. */
  readonly test: (value: string, context: RuleContext) => RbacTest | undefined;
}

const field = (test: FieldTest['test']): FieldTest => ({ httpOnly: false, test });
const httpField = (test: FieldTest['test']): FieldTest => ({ httpOnly: true, test });

const principal = field((value, { trustDomains }) => ({
  on: 'authenticated',
  anyOf: expandPrincipal(value, trustDomains).map(principalMatch),
}));
const namespace = field((value) => ({ on: 'authenticated', anyOf: [namespaceMatch(value)] }));
const serviceAccount = field((value, { policyNamespace }) => ({
  on: 'authenticated',
  anyOf: [serviceAccountMatch(value, policyNamespace)],
}));
const trustDomain = field((value, { trustDomains }) => ({
  on: 'authenticated',
  anyOf: expandTrustDomain(value, trustDomains).map(trustDomainMatch),
}));
const sourceIp = field((value) => ({ on: 'direct-remote-ip', cidr: value }));
const remoteIp = field((value) => ({ on: 'remote-ip', cidr: value }));
const destinationIp = field((value) => ({ on: 'destination-ip', cidr: value }));
const destinationPort = field((value) => {
  const port = /^[0-9]+$/.test(value) ? Number(value) : 65_536;
  return port > 65_535 ? undefined : { on: 'destination-port', port };
});
const serverName = field((value) => ({ on: 'sni', match: stringMatch(value) }));
const requestPrincipal = httpField((value) => ({ on: 'request-principal', ...requestPrincipalMatch(value) }));
const host = httpField((value) => ({ on: 'header', name: ':authority', match: headerMatch(value, true) }));
const method = httpField((value) => ({ on: 'header', name: ':method', match: headerMatch(value) }));
const path = httpField((value) =>
  isPathTemplate(value)
    ? { on: 'path-template', template: pathTemplate(value) }
    : { on: 'path', match: stringMatch(value) },
);
const claim = (at: readonly string[]): FieldTest =>
  httpField((value) => ({ on: 'jwt-claim', path: at, match: stringMatch(value) }));
const invalid = (httpOnly: boolean): FieldTest => ({ httpOnly, test: () => undefined });

export const SOURCE_FIELDS: readonly (readonly [keyof AuthorizationSource, keyof AuthorizationSource, FieldTest])[] = [
  ['principals', 'notPrincipals', principal],
  ['requestPrincipals', 'notRequestPrincipals', requestPrincipal],
  ['serviceAccounts', 'notServiceAccounts', serviceAccount],
  ['trustDomains', 'notTrustDomains', trustDomain],
  ['namespaces', 'notNamespaces', namespace],
  ['remoteIpBlocks', 'notRemoteIpBlocks', remoteIp],
  ['ipBlocks', 'notIpBlocks', sourceIp],
];

export const OPERATION_FIELDS: readonly (readonly [
  keyof AuthorizationOperation,
  keyof AuthorizationOperation,
  FieldTest,
])[] = [
  ['hosts', 'notHosts', host],
  ['methods', 'notMethods', method],
  ['paths', 'notPaths', path],
  ['ports', 'notPorts', destinationPort],
];

const CONDITIONS: ReadonlyMap<string, FieldTest> = new Map([
  ['source.ip', sourceIp],
  ['remote.ip', remoteIp],
  ['source.namespace', namespace],
  ['source.serviceAccount', serviceAccount],
  ['source.trustDomain', trustDomain],
  ['source.principal', principal],
  ['request.auth.principal', requestPrincipal],
  ['request.auth.audiences', claim(['aud'])],
  ['request.auth.presenter', claim(['azp'])],
  ['destination.ip', destinationIp],
  ['destination.port', destinationPort],
  ['connection.sni', serverName],
]);

const HEADERS = 'request.headers';
const CLAIMS = 'request.auth.claims';
const METADATA = 'experimental.envoy.filters.';

/** The test behind a `when` key; undefined for a key that istiod does not know, which voids the whole rule. */
export function conditionTest(key: string): FieldTest | undefined {
  const known = CONDITIONS.get(key);
  if (known !== undefined) return known;
  if (key.startsWith(METADATA)) return metadata(key);
  if (key.startsWith(HEADERS)) {
    const name = bracketed(key.slice(HEADERS.length));
    if (name === undefined) return invalid(true);
    return httpField((value) => ({ on: 'header', name: name.toLowerCase(), match: headerMatch(value) }));
  }
  if (key.startsWith(CLAIMS)) {
    const at = claimPath(key.slice(CLAIMS.length));
    return at === undefined ? invalid(true) : claim(at);
  }
  return undefined;
}

/** `experimental.envoy.filters.http.x[key]`: what another filter noted; a value `[v]` asks for a list with v. */
function metadata(key: string): FieldTest {
  const [filter = '', ...rest] = key.slice('experimental.'.length).replace(/\]$/, '').split('[');
  if (rest.length === 0) return invalid(false);
  const name = rest.join('[');
  return field((value) => {
    const list = value.startsWith('[') && value.endsWith(']');
    const match = stringMatch(list ? value.replace(/^[[\]]+|[[\]]+$/g, '') : value);
    return { on: 'dynamic-metadata', filter, key: name, match, list };
  });
}
