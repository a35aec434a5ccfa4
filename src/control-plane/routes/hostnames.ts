/**
 * Host names as Istio compares them: exact, or a leading `*` that stands for any suffix match
 * (`*.foo.com` covers `x.y.foo.com`, never `foo.com`; `*` covers everything). Also short names.
 *
 * Upstream authority: istio pkg/config/host (Name.Matches, Name.SubsetOf, Names.Intersection,
 * MoreSpecific), pilot/pkg/model/config.go (ResolveShortnameToFQDN, resolveGatewayName).
 */
import { compareText } from '../../mesh/resourceIndex.ts';

/** The cluster's DNS domain; istiod appends it to short names. */
export const CLUSTER_DOMAIN = 'cluster.local';

export const isWildcard = (host: string): boolean => host.startsWith('*');

/** True when the two names overlap: some host is covered by both. */
export function hostsOverlap(a: string, b: string): boolean {
  if (isWildcard(a) && isWildcard(b)) {
    return a.length < b.length ? b.slice(1).endsWith(a.slice(1)) : a.slice(1).endsWith(b.slice(1));
  }
  if (isWildcard(a)) return b.endsWith(a.slice(1));
  if (isWildcard(b)) return a.endsWith(b.slice(1));
  return a === b;
}

/** True when every host that `host` stands for is covered by `of`. */
export function isSubsetOf(host: string, of: string): boolean {
  if (!isWildcard(of)) return host === of;
  if (!isWildcard(host)) return host.endsWith(of.slice(1));
  return host.length >= of.length && host.slice(1).endsWith(of.slice(1));
}

/** The narrower of each overlapping pair, in the order of `hosts`, without repetition. */
export function intersectHosts(hosts: readonly string[], others: readonly string[]): string[] {
  const result: string[] = [];
  const add = (host: string) => {
    if (!result.includes(host)) result.push(host);
  };
  for (const host of hosts) {
    for (const other of others) {
      if (isSubsetOf(host, other)) add(host);
      else if (isSubsetOf(other, host)) add(other);
    }
  }
  return result;
}

/** Orders the more specific host first: names before wildcards, longer before shorter, then by text. */
export function compareSpecificity(a: string, b: string): number {
  if (isWildcard(a) !== isWildcard(b)) return isWildcard(a) ? 1 : -1;
  if (a.length !== b.length) return b.length - a.length;
  return compareText(a, b);
}

/** The entries of a server's `hosts` that are open to a namespace, without their `ns/` part. */
export function hostsForNamespace(hosts: readonly string[], namespace: string): string[] {
  const result: string[] = [];
  for (const host of hosts) {
    const slash = host.indexOf('/');
    if (slash < 0) result.push(host);
    else if (host.slice(0, slash) === namespace || host.slice(0, slash) === '*') result.push(host.slice(slash + 1));
  }
  return result;
}

export const withoutNamespace = (host: string): string => host.slice(host.indexOf('/') + 1);

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
export const isIpAddress = (text: string): boolean =>
  text.includes(':') || (IPV4.test(text) && text.split('.').every((part) => Number(part) <= 255));

/** A host without a dot belongs to the namespace of the resource that names it. */
export function resolveShortName(host: string, namespace: string): string {
  if (host === '' || host === '*' || isIpAddress(host) || host.includes('.')) return host;
  return `${host}.${namespace}.svc.${CLUSTER_DOMAIN}`;
}

/** `name`, `./name`, `ns/name` and the legacy `name.ns.svc...` all become `ns/name`; `mesh` stays. */
export function resolveGatewayName(name: string, namespace: string): string {
  if (name === MESH_GATEWAY) return name;
  const slash = name.indexOf('/');
  if (slash >= 0) return name.slice(0, slash) === '.' ? `${namespace}/${name.slice(slash + 1)}` : name;
  if (!name.includes('.')) return `${namespace}/${name}`;
  const [gateway = '', gatewayNamespace = ''] = name.split('.');
  return `${gatewayNamespace}/${gateway}`;
}

/** The reserved gateway name that stands for every sidecar. */
export const MESH_GATEWAY = 'mesh';

/**
 * The entry that names a host most exactly: the host itself, else the longest wildcard that covers
 * it. A wildcard needle is only looked up among wildcards.
 */
export function mostSpecificMatch<V>(
  needle: string,
  exact: ReadonlyMap<string, V>,
  wildcards: ReadonlyMap<string, V>,
): V | undefined {
  const same = isWildcard(needle) ? wildcards.get(needle) : exact.get(needle);
  if (same !== undefined) return same;
  const suffixOf = isWildcard(needle) ? needle.slice(1) : needle;
  let best: { readonly host: string; readonly value: V } | undefined;
  for (const [host, value] of wildcards) {
    if (!suffixOf.endsWith(host.slice(1))) continue;
    if (best === undefined || host.length > best.host.length) best = { host, value };
  }
  return best?.value;
}
