/**
 * How each notation of a reference is rewritten: the value as written -> the value that means the
 * same after a relocation. `undefined`: it need not change. `dangling`: it can no longer say it.
 */
import { readServiceHost, writeServiceHost } from '../../base/serviceHost.ts';
import { type Place, placeAfter, type Relocation } from './relocation.ts';

/** The referring resource: where it was, where it will be. */
export interface Referrer {
  readonly namespace: string;
  readonly namespaceAfter: string;
}

export const DANGLING = Symbol('dangling');
export type Rewritten = string | undefined | typeof DANGLING;

export type Notation = (value: string, from: Referrer, relocation: Relocation) => Rewritten;

/** Host of a Service; wildcards follow their namespace. */
export const host: Notation = (value, from, relocation) => {
  const { domain, services, namespaces } = relocation;
  const [, name = value, port = ''] = /^(.*?)(:\d+|:\*)?$/s.exec(value) ?? [];
  const wildcard = /^(\*\.?(?:.*\.)?)([^.*]+)(\.svc(?:\..+)?)$/.exec(name);
  if (wildcard !== null) {
    const [, before = '', own = '', behind = ''] = wildcard;
    const renamed = namespaces.get(own);
    return renamed === undefined ? undefined : before + renamed + behind + port;
  }
  const read = readServiceHost(name, from.namespace, domain);
  if (read === undefined || !services.has(`${read.namespace}/${read.name}`)) return undefined;
  const to = placeAfter(relocation, '', 'Service', read.namespace, read.name) ?? read;
  return changed(value, writeServiceHost(read, to, from.namespaceAfter, domain) + port);
};

/**
 * `namespace/host`, as Sidecars and Gateways write it; the host alone is meant in every namespace.
 * Neither takes short names, so such a one means nothing.
 */
export const scopedHost: Notation = (value, from, relocation) => {
  const slash = value.indexOf('/');
  if (slash < 0) return value.includes('.') ? host(value, from, relocation) : undefined;
  const scope = value.slice(0, slash);
  const own = value.slice(slash + 1);
  const read = own.includes('.') ? readServiceHost(own, from.namespace, relocation.domain) : undefined;
  const to = read && placeAfter(relocation, '', 'Service', read.namespace, read.name);
  const ownAfter = read === undefined && !own.includes('*') ? undefined : host(own, from, relocation);
  const hostAfter = typeof ownAfter === 'string' ? ownAfter : own;
  // `.` is the referrer's own namespace; the host may have left it, or the referrer may have.
  const scopeBefore = scope === '.' ? from.namespace : scope;
  const isAboutIt = to !== undefined && read?.namespace === scopeBefore;
  const scopeAfter = isAboutIt ? to.namespace : (relocation.namespaces.get(scopeBefore) ?? scopeBefore);
  if (scope === '.') {
    const stays = scopeAfter === from.namespaceAfter || !isAboutIt;
    return changed(value, `${stays ? '.' : scopeAfter}/${hostAfter}`);
  }
  return changed(value, `${scope === '*' || scope === '~' ? scope : scopeAfter}/${hostAfter}`);
};

export const namespace: Notation = (value, _, { namespaces }) => namespaces.get(value);

/** The name of something in the referrer's own namespace. */
export const sibling =
  (group: string, kind: string): Notation =>
  (value, from, relocation) => {
    const to = placeAfter(relocation, group, kind, from.namespace, value);
    return to === undefined ? undefined : to.namespace === from.namespaceAfter ? changed(value, to.name) : DANGLING;
  };

/** `name` here or `namespace/name` elsewhere; `reserved` names nothing. */
export const scoped =
  (group: string, kind: string, reserved?: string): Notation =>
  (value, from, relocation) => {
    if (value === reserved) return undefined;
    const slash = value.indexOf('/');
    const own = slash < 0 ? from.namespace : value.slice(0, slash);
    const name = value.slice(slash + 1);
    const to: Place = placeAfter(relocation, group, kind, own, name) ?? {
      namespace: relocation.namespaces.get(own) ?? own,
      name,
    };
    return changed(value, slash < 0 && to.namespace === from.namespaceAfter ? to.name : `${to.namespace}/${to.name}`);
  };

/** A gateway's Secret: in the namespace of its proxies, wherever the Gateway is. */
export const credential: Notation = (value, from, relocation) => {
  const [, scheme = '', rest = value] = /^(kubernetes:\/\/|kubernetes-gateway:\/\/)?(.*)$/s.exec(value) ?? [];
  const slash = rest.indexOf('/');
  const name = rest.slice(slash + 1);
  const cacert = name.endsWith('-cacert') ? name.slice(0, -'-cacert'.length) : undefined;
  const candidates = slash < 0 ? [from.namespace, ...relocation.gatewayNamespaces] : [rest.slice(0, slash)];
  for (const own of candidates) {
    const to = placeAfter(relocation, '', 'Secret', own, name);
    if (to !== undefined) {
      if (slash >= 0) return changed(value, `${scheme}${to.namespace}/${to.name}`);
      return to.namespace === own || relocation.namespaces.has(own) ? changed(value, scheme + to.name) : DANGLING;
    }
    const base = cacert === undefined ? undefined : placeAfter(relocation, '', 'Secret', own, cacert);
    if (base !== undefined && slash < 0) return changed(value, `${scheme}${base.name}-cacert`);
  }
  return undefined;
};

/** A principal or SPIFFE ID: `.../ns/shop/sa/web`, or all accounts of a namespace: `.../ns/shop/*`. */
export const principal: Notation = (value, _, relocation) => {
  const exact = /^(.*(?:^|\/)ns\/)([^/*]+)(\/sa\/)([^/*]+)$/s.exec(value);
  if (exact !== null) {
    const [, before = '', own = '', between = '', name = ''] = exact;
    const to = accountAfter(relocation, own, name);
    return changed(value, `${before}${to.namespace}${between}${to.name}`);
  }
  const whole = /^(.*(?:^|\/)ns\/)([^/*]+)(\/(?:sa\/)?\*?)$/s.exec(value);
  if (whole === null) return undefined;
  const [, before = '', own = '', behind = ''] = whole;
  return changed(value, before + (relocation.namespaces.get(own) ?? own) + behind);
};

/** `namespace/account` or `account`, as AuthorizationPolicy's serviceAccounts. */
export const account: Notation = (value, from, relocation) => {
  const slash = value.indexOf('/');
  const own = slash < 0 ? from.namespace : value.slice(0, slash);
  const to = accountAfter(relocation, own, value.slice(slash + 1));
  if (slash >= 0) return changed(value, `${to.namespace}/${to.name}`);
  return changed(value, to.namespace === from.namespaceAfter ? to.name : `${to.namespace}/${to.name}`);
};

/** Its account may be one that no document declares. */
function accountAfter(relocation: Relocation, own: string, name: string): Place {
  return (
    placeAfter(relocation, '', 'ServiceAccount', own, name) ?? {
      namespace: relocation.namespaces.get(own) ?? own,
      name,
    }
  );
}

/** The host of a URL, if it is a Service's. */
export const url: Notation = (value, from, relocation) => {
  const [, before, own, behind] = /^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?)([^/?#:@]+)(.*)$/is.exec(value) ?? [];
  if (before === undefined || own === undefined || behind === undefined) return undefined;
  const after = host(own, from, relocation);
  return typeof after === 'string' ? before + after + behind : after;
};

/** A signer of the Kubernetes CSR API that cert-manager serves. */
export const signer: Notation = (value, _, relocation) => {
  const [, prefix, rest = ''] = /^((?:cluster)?issuers(?:\.cert-manager\.io)?\/)(.+)$/s.exec(value) ?? [];
  if (prefix === undefined) return undefined;
  const isCluster = prefix.startsWith('cluster');
  const dot = isCluster ? -1 : rest.indexOf('.');
  const own = isCluster ? '' : rest.slice(0, Math.max(dot, 0));
  const kind = isCluster ? 'ClusterIssuer' : 'Issuer';
  const to = placeAfter(relocation, 'cert-manager.io', kind, own, rest.slice(dot + 1));
  if (to === undefined) return undefined;
  return changed(value, isCluster ? prefix + to.name : `${prefix}${to.namespace}.${to.name}`);
};

/** A comma-separated list. */
export const listOf =
  (item: Notation): Notation =>
  (value, from, relocation) =>
    changed(
      value,
      value
        .split(',')
        .map((part) => {
          const after = item(part.trim(), from, relocation);
          return typeof after === 'string' ? part.replace(part.trim(), () => after) : part;
        })
        .join(','),
    );

const changed = (before: string, after: string): string | undefined => (after === before ? undefined : after);
