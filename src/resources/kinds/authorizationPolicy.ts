/** security.istio.io AuthorizationPolicy: which requests and connections a proxy lets through. */
import { enumOf, type Infer, list, object, string } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { policyTargetReference, workloadSelector } from './shared/selector.ts';

const source = object({
  principals: list(string),
  notPrincipals: list(string),
  requestPrincipals: list(string),
  notRequestPrincipals: list(string),
  namespaces: list(string),
  notNamespaces: list(string),
  serviceAccounts: list(string),
  notServiceAccounts: list(string),
  ipBlocks: list(string),
  notIpBlocks: list(string),
  remoteIpBlocks: list(string),
  notRemoteIpBlocks: list(string),
  trustDomains: list(string),
  notTrustDomains: list(string),
});
export type AuthorizationSource = Infer<typeof source>;

const operation = object({
  hosts: list(string),
  notHosts: list(string),
  ports: list(string),
  notPorts: list(string),
  methods: list(string),
  notMethods: list(string),
  paths: list(string),
  notPaths: list(string),
});
export type AuthorizationOperation = Infer<typeof operation>;

const condition = object({ key: string, values: list(string), notValues: list(string) });
export type AuthorizationCondition = Infer<typeof condition>;

const rule = object({
  from: list(object({ source })),
  to: list(object({ operation })),
  when: list(condition),
});
export type AuthorizationRule = Infer<typeof rule>;

export const authorizationPolicy = istioKind({
  group: 'security.istio.io',
  versions: ['v1', 'v1beta1'],
  kind: 'AuthorizationPolicy',
  spec: object({
    selector: workloadSelector,
    targetRef: policyTargetReference,
    targetRefs: list(policyTargetReference),
    rules: list(rule),
    action: enumOf('istio.security.v1beta1.AuthorizationPolicy.Action', ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM']),
    provider: object({ name: string }),
  }),
});
export type AuthorizationPolicyBody = Infer<typeof authorizationPolicy.body>;
export type AuthorizationPolicySpec = NonNullable<AuthorizationPolicyBody['spec']>;
export type AuthorizationAction = NonNullable<AuthorizationPolicySpec['action']>;
