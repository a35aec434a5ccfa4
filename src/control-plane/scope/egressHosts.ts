/**
 * `hosts` of a Sidecar egress listener: `namespace/dnsName`, where the namespace may be `.`, `*`,
 * `~` (nothing) or `~ns` (exclude), and the name exact or a wildcard (pilot/pkg/model/sidecar.go
 * hostClassification, convertIstioListenerToWrapper).
 */
import { hostsOverlap, isSubsetOf, isWildcard } from '../routes/hostnames.ts';

/** What is imported from, and excluded of, one namespace. */
interface NamespaceHosts {
  readonly hosts: string[];
  readonly excluded: string[];
}

export interface EgressHosts {
  /** All hosts of all namespaces: there is nothing to look at one by one. */
  readonly everything: boolean;
  /** Every import names one namespace and one host: then one service of that host is found, not all. */
  readonly allExact: boolean;
  /** Whether a service (of a namespace) is imported. */
  readonly importsService: (namespace: string, hostname: string) => boolean;
  /** Whether a VirtualService is, by one of its hosts. */
  readonly importsVirtualService: (namespace: string, hosts: readonly string[], gatewayApi: boolean) => boolean;
}

const ANY_NAMESPACE = '*';

export function parseEgressHosts(entries: readonly string[], ownNamespace: string): EgressHosts {
  const byNamespace = new Map<string, NamespaceHosts>();
  for (const entry of entries) {
    const slash = entry.indexOf('/');
    if (slash < 0 || entry.indexOf('/', slash + 1) >= 0) continue;
    const written = entry.slice(0, slash);
    const excluded = written.startsWith('~');
    const named = excluded ? written.slice(1) || ANY_NAMESPACE : written;
    const namespace = named === '.' ? ownNamespace : named;
    const known = byNamespace.get(namespace) ?? { hosts: [], excluded: [] };
    byNamespace.set(namespace, known);
    (excluded ? known.excluded : known.hosts).push(entry.slice(slash + 1));
  }
  const candidates = (namespace: string): readonly NamespaceHosts[] =>
    [byNamespace.get(namespace), byNamespace.get(ANY_NAMESPACE)].filter((hosts) => hosts !== undefined);
  const isExcluded = (namespace: string, host: string): boolean =>
    candidates(namespace).some((of) => of.excluded.some((excluded) => isSubsetOf(host, excluded)));

  const allExact = [...byNamespace].every(
    ([namespace, { hosts }]) => hosts.length === 0 || (namespace !== ANY_NAMESPACE && !hosts.some(isWildcard)),
  );
  const everything =
    byNamespace.get(ANY_NAMESPACE)?.hosts.includes('*') === true &&
    [...byNamespace.values()].every(({ excluded }) => excluded.length === 0);
  return {
    everything,
    allExact,
    importsService: (namespace, hostname) =>
      !isExcluded(namespace, hostname) && candidates(namespace).some((of) => covers(of.hosts, hostname)),
    importsVirtualService: (namespace, hosts, gatewayApi) =>
      candidates(namespace).some((of) =>
        hosts.some((host) => overlaps(of.hosts, host, gatewayApi) && !isExcluded(namespace, host)),
      ),
  };
}

const covers = (imported: readonly string[], host: string): boolean =>
  imported.some((pattern) => pattern === host || (bothNamesDiffer(pattern, host) ? false : isSubsetOf(host, pattern)));

/** A VirtualService for `*.com` matches an import of `a.com`, unless it is a Gateway API route. */
const overlaps = (imported: readonly string[], host: string, gatewayApi: boolean): boolean =>
  gatewayApi ? covers(imported, host) : imported.some((pattern) => hostsOverlap(host, pattern));

const bothNamesDiffer = (a: string, b: string): boolean => !isWildcard(a) && !isWildcard(b) && a !== b;
