/** What readers of a mesh may ask about its policies; the same functions that proxies are built with. */
export {
  type ConsideredPolicy,
  type EffectivePeerAuthentication,
  effectivePeerAuthentication,
  type MtlsMode,
} from './authn/peerAuthentication.ts';
export { type AttachablePolicy, attachedPolicies, groupByNamespace } from './authz/attachment.ts';
