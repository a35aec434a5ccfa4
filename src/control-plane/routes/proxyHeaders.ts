/** ProxyConfig.proxyHeaders, as far as route tables carry it. */
import type { Workload } from '../../mesh/types.ts';

/** Whether upstream servers are told which attempt a request is (x-envoy-attempt-count). */
export const countsAttempts = ({ proxyConfig }: Workload): boolean =>
  proxyConfig.proxyHeaders?.attemptCount?.disabled !== true;
