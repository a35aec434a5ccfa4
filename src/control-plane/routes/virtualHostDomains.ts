/**
 * The Host values by which a sidecar knows a service: its host name (with and without trailing
 * dot), the short forms that the caller's namespace allows, its aliases, its addresses; for a
 * headless Service also everything below those names. Ports are left out: sidecar tables ignore
 * the port of Host.
 *
 * Upstream authority: istio pilot/pkg/networking/core/httproute.go generateVirtualHostDomains,
 * GenerateAltVirtualHosts; pilot/pkg/model/push_context.go resolveServiceAliases.
 */
import type { Mesh, MeshService, Workload } from '../../mesh/types.ts';
import { isIpAddress } from './hostnames.ts';

export interface ServiceDomains {
  readonly domains: readonly string[];
  /** Those of `domains` that are derived forms: a real host of that name goes before them. */
  readonly derived: ReadonlySet<string>;
}

export function serviceDomains(service: MeshService, workload: Workload, mesh: Mesh): ServiceDomains {
  const domains: string[] = [];
  const derived = new Set<string>();
  for (const host of [service.hostname, ...(aliases(mesh).get(service.hostname) ?? [])]) {
    domains.push(host);
    for (const form of derivedForms(host, workload.namespace, mesh.config.domainSuffix)) {
      domains.push(form);
      derived.add(form);
    }
  }
  if (service.headless && service.registry === 'kubernetes') {
    for (const domain of [...domains]) domains.push(`*.${domain}`);
  }
  domains.push(...serviceAddresses(service, workload).map(bracketed));
  return { domains, derived };
}

/** Addresses by which this proxy reaches the service. */
export function serviceAddresses(service: MeshService, workload: Workload): readonly string[] {
  if (service.addresses.length > 0) return service.addresses;
  const capturesDns = workload.proxyMetadata['ISTIO_META_DNS_CAPTURE'] === 'true';
  return capturesDns && service.autoAllocatedAddress ? [service.autoAllocatedAddress] : [];
}

const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** @returns e.g. for `a.shop.svc.cluster.local` seen from shop: trailing dot, `a`, `a.shop.svc`, `a.shop`. */
function derivedForms(host: string, namespace: string, domainSuffix: string): string[] {
  const forms = isIpAddress(host) ? [] : [`${host}.`];
  if (!host.endsWith(`.svc.${domainSuffix}`)) return forms;
  const end = host.indexOf('.svc.');
  const dot = host.indexOf('.');
  if (end <= 0 || dot + 1 > end) return forms;
  const inNamespace = host.slice(0, end);
  return host.slice(dot + 1, end) === namespace
    ? [...forms, host.slice(0, dot), `${inNamespace}.svc`, inNamespace]
    : [...forms, inNamespace, `${inNamespace}.svc`];
}

const remembered = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

/** ExternalName Services that, possibly over several hops, stand for another: by that other's host. */
function aliases(mesh: Mesh): ReadonlyMap<string, readonly string[]> {
  const known = remembered.get(mesh.traffic);
  if (known) return known;
  const target = new Map<string, string>();
  for (const { resolution, hostname, externalName } of mesh.services) {
    if (resolution === 'ALIAS' && externalName) target.set(hostname, externalName);
  }
  const result = new Map<string, string[]>();
  for (const alias of [...target.keys()].sort()) {
    const seen = new Set<string>([alias]);
    let at = target.get(alias);
    while (at !== undefined && target.has(at) && !seen.has(at)) {
      seen.add(at);
      at = target.get(at);
    }
    // A circle of names resolves to nothing.
    if (at === undefined || target.has(at)) continue;
    const list = result.get(at);
    if (list) list.push(alias);
    else result.set(at, [alias]);
  }
  remembered.set(mesh.traffic, result);
  return result;
}
