/**
 * Choice of a filter chain. Envoy narrows the chains criterion by criterion, in a fixed order, and
 * never goes back: once a value of a criterion is taken, chains with broader values are out, even
 * if nothing is left further on; only the listener's default chain remains then.
 * Upstream authority: Envoy source/common/listener_manager/filter_chain_manager_impl.cc findFilterChain*.
 */
import type { FilterChain, FilterChainMatch, Listener } from '../../control-plane/envoy/listener.ts';
import { cidrContains, prefixLength } from '../../network/cidr.ts';
import type { Reason, Rejected } from '../../trace/step.ts';
import type { ConnectionSeen } from './connectionSeen.ts';

export interface FilterChainChoice {
  readonly chain?: FilterChain;
  readonly rejected: readonly Rejected[];
}

/** One criterion: the value that this connection selects among those the chains have. */
interface Criterion {
  readonly code: string;
  /** Values of a chain; a chain with several is in several branches. Empty: the branch without the criterion. */
  readonly valuesOf: (match: FilterChainMatch) => readonly string[];
  /** From the most to the least specific value that fits. The branch without the criterion comes last. */
  readonly candidates: (seen: ConnectionSeen, values: ReadonlySet<string>) => Iterable<string>;
  readonly saw: (seen: ConnectionSeen) => string;
}

const CRITERIA: readonly Criterion[] = [
  {
    code: 'destination-port-differs',
    valuesOf: (match) => (match.destinationPort === undefined ? [] : [String(match.destinationPort)]),
    candidates: (seen) => [String(seen.destinationPort)],
    saw: (seen) => String(seen.destinationPort),
  },
  {
    code: 'destination-address-differs',
    valuesOf: (match) => match.prefixRanges,
    candidates: (seen, values) =>
      [...values]
        .filter((cidr) => cidrContains(cidr, seen.destinationIp))
        .sort((a, b) => prefixLength(b) - prefixLength(a)),
    saw: (seen) => seen.destinationIp,
  },
  {
    code: 'server-name-differs',
    valuesOf: (match) => match.serverNames,
    candidates: (seen) => serverNameCandidates(seen.serverName ?? ''),
    saw: (seen) => seen.serverName ?? '',
  },
  {
    code: 'transport-protocol-differs',
    valuesOf: (match) => (match.transportProtocol === undefined ? [] : [match.transportProtocol]),
    candidates: (seen) => [seen.transportProtocol],
    saw: (seen) => seen.transportProtocol,
  },
  {
    code: 'application-protocol-differs',
    valuesOf: (match) => match.applicationProtocols,
    candidates: (seen) => seen.applicationProtocols,
    saw: (seen) => seen.applicationProtocols.join(','),
  },
];

/** The exact name, then each wildcard from the longest suffix to the shortest. */
function* serverNameCandidates(name: string): Iterable<string> {
  if (name === '') return;
  yield name;
  for (let dot = name.indexOf('.', 1); dot >= 0 && dot < name.length - 1; dot = name.indexOf('.', dot + 1)) {
    yield `*${name.slice(dot)}`;
  }
}

/** The chain that takes the connection; absent when none does and the listener has no default. */
export function matchFilterChain(listener: Listener, seen: ConnectionSeen): FilterChainChoice {
  const rejected: Rejected[] = [];
  let left = listener.filterChains;
  for (const criterion of CRITERIA) {
    if (left.length === 0) break;
    const taken = takenValue(criterion, left, seen);
    const next: FilterChain[] = [];
    for (const chain of left) {
      const values = criterion.valuesOf(chain.match);
      if (taken === undefined ? values.length === 0 : values.includes(taken)) next.push(chain);
      else rejected.push(reject(chain, reasonFor(criterion, values, taken, seen)));
    }
    left = next;
  }
  const chain = left[0] ?? listener.defaultFilterChain;
  for (const other of left.slice(1)) rejected.push(reject(other, { code: 'another-chain-came-first', params: {} }));
  return chain === undefined ? { rejected } : { chain, rejected };
}

function takenValue(criterion: Criterion, chains: readonly FilterChain[], seen: ConnectionSeen): string | undefined {
  const values = new Set<string>();
  for (const chain of chains) for (const value of criterion.valuesOf(chain.match)) values.add(value);
  if (values.size === 0) return undefined;
  for (const candidate of criterion.candidates(seen, values)) if (values.has(candidate)) return candidate;
  return undefined;
}

function reasonFor(
  criterion: Criterion,
  values: readonly string[],
  taken: string | undefined,
  seen: ConnectionSeen,
): Reason {
  if (values.length === 0 && taken !== undefined) return { code: 'less-specific', params: { taken } };
  return { code: criterion.code, params: { wanted: values.join(','), saw: criterion.saw(seen) } };
}

const reject = (chain: FilterChain, reason: Reason): Rejected => {
  const origin = chain.origins[0];
  return { name: chain.name ?? '', reason, ...(origin === undefined ? {} : { origin }) };
};
