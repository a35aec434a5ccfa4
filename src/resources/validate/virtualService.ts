/** ValidateVirtualService. */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import type { TcpRoute, TlsRoute, VirtualServiceSpec } from '../kinds/virtualService.ts';
import { validateExportTo } from './exportTo.ts';
import { all, each, error, type Findings, hasErrors, NOTHING, warning, withoutWarnings } from './faults.ts';
import { validateGatewayNames } from './gatewayNames.ts';
import { isClaimRoutingKey } from './headerNames.ts';
import { hostsMatch, isHostWithin } from './hosts.ts';
import { validateHttpRoute } from './httpRoute.ts';
import { isIpAddress, validateIpSubnet, validateLabels, validatePort, validateWildcardDomain } from './names.ts';
import { validateRouteDestinations } from './routeDestinations.ts';
import { findUnreachableRules } from './unreachableRules.ts';

const filled = (list: readonly unknown[] | undefined) => (list?.length ?? 0) > 0;

export function validateVirtualService(
  spec: VirtualServiceSpec,
  { namespace }: { readonly namespace: string },
): Findings {
  const isDelegate = !filled(spec.hosts);
  const forGateways = isForGateways(spec);
  return all(
    isDelegate ? validateDelegate(spec) : NOTHING,
    validateGatewayNames(['spec', 'gateways'], spec.gateways),
    forGateways ? NOTHING : validateNoClaimRouting(spec),
    validateHosts(spec, forGateways),
    filled(spec.http) || filled(spec.tcp) || filled(spec.tls)
      ? NOTHING
      : error(['spec'], 'http, tcp or tls must be provided in virtual service'),
    each(spec.http, (route, index) => validateHttpRoute(['spec', 'http', index], route, isDelegate)),
    each(spec.tls, (route, index) => validateTlsRoute(['spec', 'tls', index], route, spec)),
    each(spec.tcp, (route, index) => withoutWarnings(validateTcpRoute(['spec', 'tcp', index], route))),
    validateExportTo(namespace, spec.exportTo),
    findUnreachableRules(spec),
  );
}

/** No `mesh` among its gateways. */
const isForGateways = (spec: VirtualServiceSpec) => filled(spec.gateways) && !spec.gateways?.includes('mesh');

function validateDelegate(spec: VirtualServiceSpec): Findings {
  const without = (field: 'gateways' | 'tls' | 'tcp', what: string) =>
    filled(spec[field]) ? error(['spec', field], `delegate virtual service must have no ${what} specified`) : NOTHING;
  return all(without('gateways', 'gateways'), without('tls', 'tls route'), without('tcp', 'tcp route'));
}

function validateNoClaimRouting(spec: VirtualServiceSpec): Findings {
  const gateways = `[${(spec.gateways ?? []).join(' ')}]`;
  return each(spec.http, (route, index) =>
    each(route.match, (match, matchIndex) =>
      all(
        ...(['headers', 'withoutHeaders'] as const).flatMap((field) =>
          Object.keys(match[field] ?? {})
            .filter(isClaimRoutingKey)
            .map((key) =>
              error(
                ['spec', 'http', index, 'match', matchIndex, field, key],
                `JWT claim based routing (key: ${key}) is only supported for gateway, found no gateways: ${gateways}`,
              ),
            ),
        ),
      ),
    ),
  );
}

function validateHosts(spec: VirtualServiceSpec, forGateways: boolean): Findings {
  const hosts = spec.hosts ?? [];
  const hasSni = (spec.tls ?? []).some((route) => (route.match ?? []).some((match) => filled(match.sniHosts)));
  const each = hosts.map((host, index) => {
    const at = ['spec', 'hosts', index];
    const domain = forGateways ? validateGatewayDomain(at, host, hasSni) : validateWildcardDomain(at, host);
    if (hasErrors(domain)) return isIpAddress(host) ? NOTHING : domain;
    if (forGateways || host !== '*') return NOTHING;
    return error(at, 'wildcard host * is not allowed for virtual services bound to the mesh gateway');
  });
  if (each.some(hasErrors)) return all(...each);
  const duplicates = hosts.flatMap((host, index) =>
    hosts
      .slice(index + 1)
      .flatMap((other, offset) =>
        hostsMatch(host, other)
          ? [error(['spec', 'hosts', index + 1 + offset], `duplicate hosts in virtual service: ${host} & ${other}`)]
          : [],
      ),
  );
  return all(...duplicates);
}

/** With SNI matches, the names of AUTO_PASSTHROUGH (`outbound_.80_._.host`) are hosts too. */
function validateGatewayDomain(at: FieldPath, domain: string, sni: boolean): Findings {
  if (!sni || !domain.startsWith('outbound_')) return validateWildcardDomain(at, domain);
  if (domain.length > 255) return error(at, `domain name ${goQuote(domain)} too long (max 255)`);
  const format = 'outbound_.<PORT>_._.<HOSTNAME>';
  const parts = domain.split('_');
  if (parts.length < 4) return error(at, `domain name ${domain} invalid, should follow '${format}' format`);
  const trim = (text: string) => text.replace(/^\.+/, '').replace(/\.+$/, '');
  const bad = (label: string) =>
    error(
      at,
      `domain name ${goQuote(domain)} invalid (label ${goQuote(label)} invalid). should follow ${format} format`,
    );
  const port = trim(parts[1] ?? '');
  const host = trim(parts[3] ?? '');
  if (!/[0-9]/.test(port)) return bad(port);
  return /[a-zA-Z]/.test(host) ? NOTHING : bad(host);
}

function validateTlsRoute(at: FieldPath, route: TlsRoute, spec: VirtualServiceSpec): Findings {
  return all(
    filled(route.match) ? NOTHING : error(at, 'TLS route must have at least one match condition'),
    each(route.match, (match, index) => {
      const path = [...at, 'match', index];
      return all(
        filled(match.sniHosts) ? NOTHING : error(path, 'TLS match must have at least one SNI host'),
        each(match.sniHosts, (host, n) => validateSniHost([...path, 'sniHosts', n], host, spec)),
        validateL4Match(path, match),
      );
    }),
    filled(route.route) ? NOTHING : error(at, 'TLS route is required'),
    validateRouteDestinations([...at, 'route'], route.route),
  );
}

function validateSniHost(at: FieldPath, host: string, spec: VirtualServiceSpec): Findings {
  // No gateways at all count as gateways here: istiod asks only whether `mesh` is named.
  const namesMesh = spec.gateways?.includes('mesh') ?? false;
  const domain = namesMesh ? validateWildcardDomain(at, host) : validateGatewayDomain(at, host, true);
  if (hasErrors(domain)) {
    if (!isIpAddress(host)) return domain;
    const quoted = goQuote(host);
    return warning(at, `using an IP address (${quoted}) goes against SNI spec and most clients do not support this`);
  }
  const hosts = spec.hosts ?? [];
  if (hosts.some((virtualHost) => isHostWithin(host, virtualHost))) return NOTHING;
  return error(
    at,
    `SNI host ${goQuote(host)} is not a compatible subset of any of the virtual service hosts: [${hosts.join(', ')}]`,
  );
}

function validateTcpRoute(at: FieldPath, route: TcpRoute): Findings {
  return all(
    each(route.match, (match, index) => validateL4Match([...at, 'match', index], match)),
    filled(route.route) ? NOTHING : error(at, 'TCP route is required'),
    validateRouteDestinations([...at, 'route'], route.route),
  );
}

interface L4Match {
  readonly destinationSubnets?: readonly string[];
  readonly port?: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly gateways?: readonly string[];
}

function validateL4Match(at: FieldPath, match: L4Match): Findings {
  return all(
    each(match.destinationSubnets, (subnet, index) => validateIpSubnet([...at, 'destinationSubnets', index], subnet)),
    match.port ? validatePort([...at, 'port'], match.port) : NOTHING,
    validateLabels([...at, 'sourceLabels'], match.sourceLabels),
    validateGatewayNames([...at, 'gateways'], match.gateways),
  );
}
