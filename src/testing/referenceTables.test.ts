/**
 * What the editor knows to be a name (language/references/table.ts, by field) and what a rename follows
 * (editing/references/fields.ts, by path) are the same fields, with the same meaning. Where they differ
 * there is a reason, and it is written here.
 */
import { describe, expect, it } from 'vitest';
import { COMMON, MESH_CONFIG_REFERENCES, REFERENCES, type Reference } from '../editing/references/fields.ts';
import { account, credential, host, namespace, principal, scopedHost } from '../editing/references/values.ts';
import { childOf, type Field, fieldsOf, itemOf, MESH_CONFIG_FIELD, rootField } from '../language/fields/field.ts';
import type { ReferenceKind } from '../language/references/reference.ts';
import { REFERENCES as NAMES } from '../language/references/table.ts';
import { type AnyKindDefinition, KINDS } from '../resources/kinds/registry.ts';

/** Followed, but not offered or looked up: the value may be many other things, or has another spelling. */
const FOLLOWED_ONLY: Readonly<Record<string, string>> = {
  'PodSpec.containers.env.value': 'a URL somewhere in free text',
  'PodSpec.initContainers.env.value': 'a URL somewhere in free text',
  'ObjectMeta.annotations.*': 'single annotations, by their keys',
  'ObjectMeta.labels.*': 'single labels, by their keys',
  'PodTemplate.metadata.labels.*': 'single labels, by their keys',
  'LabelSelector.matchLabels.*': 'single labels, by their keys',
  'Service.spec.selector.*': 'single labels, by their keys',
  'Service.spec.externalName': 'any DNS name',
  'StringMatch.exact': 'of an authority; elsewhere any text',
  'VirtualService.spec.http.rewrite.authority': 'any Host header',
  'VirtualService.spec.http.redirect.authority': 'any Host header',
  'VirtualService.spec.tls.match.sniHosts': 'any server name',
  'ClientTLSSettings.subjectAltNames': 'names in any certificate',
  'ClientTLSSettings.sni': 'any server name',
  'ServerTLSSettings.subjectAltNames': 'names in any certificate',
  'ServiceEntry.spec.subjectAltNames': 'names in any certificate',
  'BackendTLSPolicy.spec.validation.subjectAltNames.uri': 'names in any certificate',
  'WorkloadEntry.spec.address': 'any address',
  'EnvoyFilter.spec.configPatches.match.cluster.service': 'not simulated',
  'RequestAuthentication.spec.jwtRules.jwksUri': 'any URL',
  'WasmPlugin.spec.url': 'any URL',
  'AuthorizationPolicy.spec.rules.to.operation.hosts': 'any Host header',
  'AuthorizationPolicy.spec.rules.to.operation.notHosts': 'any Host header',
  'KubernetesGateway.spec.listeners.hostname': 'any host name',
  'HTTPRoute.spec.hostnames': 'any host name',
  'HTTPRoute.spec.rules.filters.urlRewrite.hostname': 'any host name',
  'GRPCRoute.spec.hostnames': 'any host name',
  'TLSRoute.spec.hostnames': 'any host name',
  'BackendTLSPolicy.spec.validation.hostname': 'any host name',
  'Certificate.spec.dnsNames': 'any host name',
  'Certificate.spec.uris': 'any URI',
  'CertificateSigningRequest.spec.signerName': 'a signer, which nothing in the mesh defines',
  'MeshConfig.caCertificates.certSigners': 'signers, which nothing in the mesh defines',
};

/** Offered and looked up, but followed otherwise, or of things that a rename does not move. */
const NAMED_ONLY: Readonly<Record<string, string>> = {
  'ObjectMeta.namespace': 'its own namespace: moved as a whole',
  'VirtualService.spec.http.delegate.namespace': 'with the name beside it',
  'PolicyTargetReference.namespace': 'with the name beside it',
  'ParentReference.namespace': 'with the name beside it',
  'SecretObjectReference.namespace': 'with the name beside it',
  'HTTPRoute.spec.rules.backendRefs.namespace': 'with the name beside it',
  'GRPCRoute.spec.rules.backendRefs.namespace': 'with the name beside it',
  'TLSRoute.spec.rules.backendRefs.namespace': 'with the name beside it',
  'TCPRoute.spec.rules.backendRefs.namespace': 'with the name beside it',
  'Destination.subset': 'subsets are not renamed',
  'PortSelector.number': 'a port',
  'AuthorizationPolicy.spec.rules.to.operation.ports': 'a port',
  'AuthorizationPolicy.spec.rules.to.operation.notPorts': 'a port',
  'HTTPRoute.spec.rules.backendRefs.port': 'a port',
  'GRPCRoute.spec.rules.backendRefs.port': 'a port',
  'TLSRoute.spec.rules.backendRefs.port': 'a port',
  'TCPRoute.spec.rules.backendRefs.port': 'a port',
  'ParentReference.sectionName': 'listeners are not renamed',
  'KubernetesGateway.spec.gatewayClassName': 'classes are not renamed',
  'AuthorizationPolicy.spec.rules.from.source.requestPrincipals': 'an issuer outside the mesh',
  'AuthorizationPolicy.spec.rules.from.source.notRequestPrincipals': 'an issuer outside the mesh',
  'RequestAuthentication.spec.jwtRules.issuer': 'an issuer outside the mesh',
  'AuthorizationPolicy.spec.provider.name': 'providers are not renamed',
  'Telemetry.spec.tracing.providers.name': 'providers are not renamed',
  'Telemetry.spec.metrics.providers.name': 'providers are not renamed',
  'Telemetry.spec.accessLogging.providers.name': 'providers are not renamed',
};

/** What the editor may call a field that a rename follows as this. */
const MEANINGS = new Map<unknown, readonly ReferenceKind[]>([
  [host, ['host', 'route-host']],
  [scopedHost, ['scoped-host', 'gateway-host', 'whole-host']],
  [namespace, ['namespace', 'export-to']],
  [principal, ['principal']],
  [account, ['source-account']],
  [credential, ['gateway-secret']],
  ['Service', ['backend', 'policy-target']],
  ['Secret', ['secret']],
  ['ConfigMap', ['config-map']],
  ['Issuer', ['issuer']],
  ['Gateway', ['parent']],
  ['VirtualService', ['virtual-service']],
]);

interface FollowedField {
  readonly key: string;
  readonly meaning: unknown;
}

const definitions = Object.values<AnyKindDefinition>(KINDS);

/** Fields that are in a schema; of what the schemas leave out the editor knows nothing. */
function followedBy(root: Field, references: readonly Reference[]): FollowedField[] {
  return references.flatMap((reference) => {
    if ('labels' in reference) return [];
    const path = 'object' in reference ? `${reference.path}.name` : reference.path;
    const meaning = 'object' in reference ? reference.object.kind : reference.notation;
    return fieldsOn(root, path.split('.')).map(({ key }) => ({ key, meaning }));
  });
}

/** `*`: an item of a list, a value of a map, or whichever field of an object (a oneof). */
function fieldsOn(field: Field, [step, ...rest]: readonly string[]): readonly Field[] {
  if (step === undefined) return [field];
  const children =
    step !== '*'
      ? [childOf(field, step.replaceAll('~1', '.'))]
      : field.schema.type === 'object'
        ? fieldsOf(field).map((child) => child.field)
        : [itemOf(field) ?? childOf(field, '*')];
  return children.flatMap((child) => (child === undefined ? [] : fieldsOn(child, rest)));
}

const followed: readonly FollowedField[] = [
  ...definitions.flatMap((definition) => {
    const { group, kind } = definition;
    const own = REFERENCES[`${group === '' ? 'core' : group}/${kind}`] ?? [];
    return followedBy(rootField(definition), [...own, ...COMMON]);
  }),
  ...followedBy(MESH_CONFIG_FIELD, MESH_CONFIG_REFERENCES),
];
const followedKeys = new Set(followed.map(({ key }) => key));

describe('the two tables of references', () => {
  it('what a rename follows the editor knows, but for these', () => {
    const unknown = [...followedKeys].filter((key) => NAMES[key] === undefined);
    expect(unknown.sort()).toEqual(Object.keys(FOLLOWED_ONLY).sort());
  });

  it('what the editor knows a rename follows, but for these', () => {
    const unfollowed = Object.keys(NAMES).filter((key) => !followedKeys.has(key));
    expect(unfollowed.sort()).toEqual(Object.keys(NAMED_ONLY).sort());
  });

  it('both mean the same by a field', () => {
    const differing = followed.filter(({ key, meaning }) => {
      const named = NAMES[key];
      const allowed = MEANINGS.get(meaning);
      return named !== undefined && allowed !== undefined && !allowed.includes(named);
    });
    expect(differing).toEqual([]);
  });
});
