/**
 * `kubectl logs`: what the proxy of a workload logged of the call that is shown. Earlier calls leave
 * nothing behind, and what applications print is not simulated; both are said, never made up.
 */
import { logLine } from '../../trace/logLine.ts';
import { shownTrace } from '../selectors/select.ts';
import type { Studio } from '../studio.ts';
import { placeOf } from './place.ts';

export type Logs =
  | { readonly kind: 'lines'; readonly text: string }
  | { readonly kind: 'nothing'; readonly code: 'log-of-application' | 'log-without-call' }
  /** kubectl's own words. */
  | { readonly kind: 'refused'; readonly text: string };

/** `words` begin with the program; the default container is the application's, as for kubectl. */
export function readLogs(studio: Studio, words: readonly string[]): Logs {
  // A container is named in the same way as for exec.
  const place = placeOf(studio, ['kubectl', 'exec', ...words.slice(2)]);
  if (typeof place === 'string') return { kind: 'refused', text: place };
  if (place.container !== 'istio-proxy') return { kind: 'nothing', code: 'log-of-application' };
  const hops = shownTrace(studio.store.getState())?.hops ?? [];
  const lines = hops.flatMap(({ party, log }) =>
    party.kind === 'proxy' && party.workload === place.from && log !== undefined ? [`${logLine(log)}\n`] : [],
  );
  return lines.length === 0 ? { kind: 'nothing', code: 'log-without-call' } : { kind: 'lines', text: lines.join('') };
}
