/** Access-log entries of the corpus and of a trace in one comparable form. */
import type { Trace } from '../../engine.ts';

/** Fields that count, in order; `flags` is a set, the failures go up to their error number. */
const FIELDS = [
  'proxy',
  'status',
  'flags',
  'details',
  'termination',
  'upstreamFailure',
  'downstreamFailure',
  'cluster',
  'route',
  'filterChain',
  'sni',
  'peer',
  'downstreamTls',
  'upstreamTls',
] as const;

export type HopView = Readonly<Record<string, string | number | undefined>>;

export function traceHops(trace: Trace): HopView[] {
  return trace.hops.flatMap((hop) => {
    if (hop.party.kind !== 'proxy' || hop.log === undefined) return [];
    const { log } = hop;
    return [{ ...log, flags: log.flags.join(','), proxy: hop.party.workload } satisfies HopView];
  });
}

export function hopKey(hop: HopView): string {
  return FIELDS.map((field) => `${field}=${normalize(field, hop[field])}`).join(' ');
}

function normalize(field: string, value: string | number | undefined): string {
  if (value === undefined || value === '') return '-';
  const text = String(value);
  if (field === 'flags') return text.split(',').sort().join(',');
  if (field === 'upstreamFailure' || field === 'downstreamFailure') {
    // A reset inside the handshake is a race between two texts: all of them count as one.
    if (text.includes('Connection_reset_by_peer')) return 'race';
    return text.replace(/error:[0-9a-f]{8}/g, 'error:N');
  }
  return text;
}
