/**
 * The virtual host for a Host header: exact domain, longest `*.suffix`, longest `prefix.*`, `*`.
 * Upstream authority: Envoy source/common/router/config_impl.cc RouteMatcher::findVirtualHost.
 */
import type { RouteConfiguration, VirtualHost } from '../../control-plane/envoy/http.ts';

interface DomainIndex {
  readonly exact: ReadonlyMap<string, VirtualHost>;
  /** By length of the fixed part, longest first. */
  readonly suffixes: readonly (readonly [string, VirtualHost])[];
  readonly prefixes: readonly (readonly [string, VirtualHost])[];
  readonly any?: VirtualHost;
}

const indexes = new WeakMap<RouteConfiguration, DomainIndex>();

function indexOf(table: RouteConfiguration): DomainIndex {
  const known = indexes.get(table);
  if (known) return known;
  const exact = new Map<string, VirtualHost>();
  const suffixes: [string, VirtualHost][] = [];
  const prefixes: [string, VirtualHost][] = [];
  let any: VirtualHost | undefined;
  for (const host of table.virtualHosts) {
    for (const domain of host.domains.map((d) => d.toLowerCase())) {
      if (domain === '*') any ??= host;
      else if (domain.startsWith('*')) suffixes.push([domain.slice(1), host]);
      else if (domain.endsWith('*')) prefixes.push([domain.slice(0, -1), host]);
      else if (!exact.has(domain)) exact.set(domain, host);
    }
  }
  const longestFirst = (a: readonly [string, unknown], b: readonly [string, unknown]) => b[0].length - a[0].length;
  const index = {
    exact,
    suffixes: suffixes.sort(longestFirst),
    prefixes: prefixes.sort(longestFirst),
    ...(any === undefined ? {} : { any }),
  };
  indexes.set(table, index);
  return index;
}

/** `example.com:8080` without its port; a bare IPv6 address stays whole. */
export function withoutPort(authority: string): string {
  return /^(\[.*\]|[^:]*):\d+$/.exec(authority)?.[1] ?? authority;
}

export function findVirtualHost(table: RouteConfiguration, authority: string): VirtualHost | undefined {
  const { exact, suffixes, prefixes, any } = indexOf(table);
  const host = (table.ignorePortInHostMatching ? withoutPort(authority) : authority).toLowerCase();
  return (
    exact.get(host) ??
    // The wildcard stands for at least one character.
    suffixes.find(([suffix]) => host.length > suffix.length && host.endsWith(suffix))?.[1] ??
    prefixes.find(([prefix]) => host.length > prefix.length && host.startsWith(prefix))?.[1] ??
    any
  );
}
