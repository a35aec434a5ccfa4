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

const RACE = '?';

function normalize(field: string, value: string | number | undefined): string {
  if (value === undefined || value === '') return '-';
  const text = String(value);
  if (field === 'flags') return text.split(',').sort().join(',');
  if (field === 'upstreamFailure' || field === 'downstreamFailure') {
    // Whether a reset or the end of the handshake is noticed first is a race: the field is not judged.
    if (text.includes('Connection_reset_by_peer')) return RACE;
    return text.replace(/error:[0-9a-f]{8}/g, 'error:N');
  }
  return text;
}

/** Equal but for fields that the expected entry leaves to a race. */
function matches(expected: string, actual: string): boolean {
  if (!expected.includes(`=${RACE}`)) return expected === actual;
  const wanted = expected.split(' ');
  const got = actual.split(' ');
  return wanted.length === got.length && wanted.every((part, i) => part.endsWith(`=${RACE}`) || part === got[i]);
}

/** The multiset difference of access-log entries. */
export function hopsDifference(
  expected: readonly HopView[],
  actual: readonly HopView[],
): { readonly missing: readonly string[]; readonly extra: readonly string[] } {
  const rest = actual.map(hopKey);
  const missing: string[] = [];
  // Exact entries first, so that one with a race does not take their partner.
  const keys = expected.map(hopKey).sort((a, b) => Number(a.includes(`=${RACE}`)) - Number(b.includes(`=${RACE}`)));
  for (const key of keys) {
    const at = rest.findIndex((other) => matches(key, other));
    if (at < 0) missing.push(key);
    else rest.splice(at, 1);
  }
  return { missing, extra: rest };
}
