/** ValidateProxyConfig. */
import type { ProxyConfigSpec } from '../kinds/proxyConfig.ts';
import { all, error, type Findings, NOTHING } from './faults.ts';
import { validateWorkloadSelector } from './selectors.ts';

export function validateProxyConfig(spec: ProxyConfigSpec): Findings {
  return all(
    validateWorkloadSelector(['spec', 'selector'], spec.selector),
    (spec.concurrency ?? 0) < 0
      ? error(['spec', 'concurrency'], 'concurrency must be greater than or equal to 0')
      : NOTHING,
  );
}
