/**
 * The forms in which the host of a Kubernetes Service is written: `web`, `web.shop`, `web.shop.svc`,
 * `web.shop.svc.cluster.local`, with the name of a single pod or nothing before them. Reading one
 * needs the namespace it is read in; writing one keeps its form where that still leads there.
 */
export interface ServiceHost {
  readonly namespace: string;
  readonly name: string;
  /** What stands before the Service's name: `pod-0.`, or ''. */
  readonly before: string;
  /** What stands behind its name, the namespace left out: `''`, `.svc`, `.svc.cluster.local`. */
  readonly behind: string;
  readonly hasNamespace: boolean;
}

/** How the host would be read as a Service's; several forms fit, so ask which of them exists. */
export function readServiceHost(host: string, namespace: string, domain: string): ServiceHost | undefined {
  const suffix = [`.svc.${domain}.`, `.svc.${domain}`, '.svc'].find((end) => host.endsWith(end));
  const labels = host.slice(0, host.length - (suffix?.length ?? 0)).split('.');
  if (labels.some((label) => label === '')) return undefined;
  if (suffix === undefined && labels.length === 1) {
    return { namespace, name: host, before: '', behind: '', hasNamespace: false };
  }
  if (labels.length < 2 || (suffix === undefined && labels.length > 2)) return undefined;
  const [name = '', own = ''] = labels.slice(-2);
  const before = labels.slice(0, -2).map((label) => `${label}.`);
  return { namespace: own, name, before: before.join(''), behind: suffix ?? '', hasNamespace: true };
}

/** The host in the form it had, or in full where the short name is no longer enough. */
export function writeServiceHost(
  { before, behind, hasNamespace }: ServiceHost,
  to: { readonly namespace: string; readonly name: string },
  namespace: string,
  domain: string,
): string {
  // Istio's validation takes no name that ends in digits alone, a namespace may be just those.
  const needsSuffix = behind === '' && /^\d+$/.test(to.namespace);
  if (hasNamespace) return `${before}${to.name}.${to.namespace}${needsSuffix ? `.svc.${domain}` : behind}`;
  return to.namespace === namespace ? to.name : `${to.name}.${to.namespace}.svc.${domain}`;
}
