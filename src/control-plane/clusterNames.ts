/** Names by which listeners and routes refer to clusters (pilot/pkg/model/service.go BuildSubsetKey). */

/** `outbound|80|v1|reviews.default.svc.cluster.local` */
export const outboundCluster = (port: number, subset: string | undefined, host: string): string =>
  `outbound|${port}|${subset ?? ''}|${host}`;

/** The same key in the form that serves as SNI between sidecars. */
export const outboundSni = (port: number, subset: string | undefined, host: string): string =>
  `outbound_.${port}_.${subset ?? ''}_.${host}`;

/** The application's own port behind a sidecar. */
export const inboundCluster = (port: number): string => `inbound|${port}||`;

/** Where nothing is: what may not pass. */
export const BLACKHOLE = 'BlackHoleCluster';
/** The original destination of a call that no service explains. */
export const PASSTHROUGH = 'PassthroughCluster';
/** The application, for ports that no Service has. */
export const INBOUND_PASSTHROUGH = 'InboundPassthroughCluster';
