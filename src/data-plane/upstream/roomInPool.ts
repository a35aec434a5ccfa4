/**
 * Whether a cluster's connection pool has room for one more request while others like it are under way.
 * HTTP/1 needs a connection for each, and waits for one as long as it may; HTTP/2 shares one.
 * Upstream authority: Envoy source/common/conn_pool/conn_pool_base.cc newStreamImpl,
 * source/common/upstream/resource_manager_impl.h.
 */
import type { Cluster } from '../../control-plane/envoy/cluster.ts';

export type Room = 'free' | 'waits' | 'overflow';

export function roomInPool({ circuitBreaker }: Cluster, version: '1.1' | '2', alongside: number): Room {
  if (circuitBreaker === undefined || alongside === 0) return 'free';
  const { maxConnections = UNLIMITED, maxPendingRequests = UNLIMITED, maxRequests = UNLIMITED } = circuitBreaker;
  if (alongside >= maxRequests) return 'overflow';
  if (version === '2' || alongside < maxConnections) return 'free';
  return alongside - maxConnections < maxPendingRequests ? 'waits' : 'overflow';
}

const UNLIMITED = Number.POSITIVE_INFINITY;
