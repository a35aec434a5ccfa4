/** Secrets: what SDS answers to a proxy, and what the proxy refuses of it. */
export type { WorkloadIdentity } from './identity.ts';
export { proxyNacks, proxySecrets } from './proxySecrets.ts';
