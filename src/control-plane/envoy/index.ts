/** Envoy-shaped configuration types, in one place for those who only read them. */
export type * from './authz.ts';
export type * from './cluster.ts';
export type * from './http.ts';
export type * from './listener.ts';
export type * from './proxyConfig.ts';
