/**
 * Filter chains of outbound listeners while they are collected: what they match on, when two of
 * them conflict, and how they become Envoy's (listener.go filterChainOpts, conflictsWith,
 * toFilterChainMatch, mergeTCPFilterChains).
 */
import type { Origin } from '../../base/origin.ts';
import type { FilterChainMatch, NetworkFilter } from '../envoy/listener.ts';

export interface OutboundChain {
  readonly sniHosts: readonly string[];
  readonly destinationCidrs: readonly string[];
  readonly applicationProtocols: readonly string[];
  readonly transportProtocol?: 'tls' | 'raw_buffer';
  readonly filters: readonly NetworkFilter[];
  readonly origins: readonly Origin[];
}

/** Of a chain's match: takes what no other chain wants. */
export const ANYTHING = { prefixRanges: [], serverNames: [], applicationProtocols: [] } as const;

const ANY_HOST = '*';
const UNSPECIFIED = '0.0.0.0';

/** A chain that matches everything becomes the listener's default, so that nothing is dropped. */
export const matchesAll = (chain: OutboundChain): boolean =>
  (chain.sniHosts.length === 0 || chain.sniHosts.includes(ANY_HOST)) &&
  chain.applicationProtocols.length === 0 &&
  chain.transportProtocol === undefined &&
  chain.destinationCidrs.length === 0;

export function toMatch(chain: OutboundChain): FilterChainMatch {
  return {
    prefixRanges: chain.destinationCidrs
      .filter((cidr) => addressOf(cidr) !== UNSPECIFIED)
      .map(withPrefix)
      .sort(),
    serverNames: chain.sniHosts.includes(ANY_HOST) ? [] : [...chain.sniHosts].sort(),
    ...(chain.transportProtocol === undefined ? {} : { transportProtocol: chain.transportProtocol }),
    applicationProtocols: chain.applicationProtocols,
  };
}

/** The chains already there stay; of the incoming, those that would match the same are dropped. */
export function mergeChains(
  existing: readonly OutboundChain[],
  incoming: readonly OutboundChain[],
): readonly OutboundChain[] {
  const merged = [...existing];
  for (const chain of incoming) if (!merged.some((other) => conflicts(other, chain))) merged.push(chain);
  return merged;
}

const conflicts = (a: OutboundChain, b: OutboundChain): boolean =>
  a.transportProtocol === b.transportProtocol &&
  a.applicationProtocols.join() === b.applicationProtocols.join() &&
  sameSet(hosts(a), hosts(b)) &&
  sameSet(networks(a), networks(b));

const hosts = (chain: OutboundChain): readonly string[] => chain.sniHosts.filter((host) => host !== ANY_HOST);
const networks = (chain: OutboundChain): readonly string[] =>
  chain.destinationCidrs.filter((cidr) => cidr !== ANY_HOST && addressOf(cidr) !== UNSPECIFIED).map(masked);

const sameSet = (a: readonly string[], b: readonly string[]): boolean => {
  const left = new Set(a);
  const right = new Set(b);
  return left.size === right.size && [...left].every((entry) => right.has(entry));
};

const addressOf = (cidr: string): string => cidr.split('/')[0] ?? '';
const withPrefix = (cidr: string): string => (cidr.includes('/') ? cidr : `${cidr}/32`);

/** 10.1.2.3/8 and 10.4.5.6/8 are one network. */
function masked(cidr: string): string {
  const [address = '', bits = '32'] = cidr.split('/');
  const parts = address.split('.').map(Number);
  if (parts.length !== 4) return cidr;
  const value = parts.reduce((sum, part) => sum * 256 + part, 0);
  const size = 2 ** (32 - Number(bits));
  return `${Math.floor(value / size) * size}/${bits}`;
}
