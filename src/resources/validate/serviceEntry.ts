/** ValidateServiceEntry. */

import { goQuote } from '../go/quote.ts';
import type { ServiceEntryPort, ServiceEntrySpec } from '../kinds/serviceEntry.ts';
import { validateExportTo } from './exportTo.ts';
import { all, each, error, type Findings, faultsText, hasErrors, NOTHING, warning } from './faults.ts';
import { isWildcard } from './hosts.ts';
import {
  validateFqdn,
  validateIpSubnet,
  validateLabels,
  validatePartialWildcard,
  validatePort,
  validatePortName,
  validateWildcardDomain,
} from './names.ts';
import { isHttp, isTcp, isTls, parseProtocol, validateProtocol } from './protocol.ts';
import { validateLabelsSelector } from './selectors.ts';
import { validateAddress, validateEndpointPorts, validateWorkloadEntry } from './workloadEntry.ts';

interface Meta {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

const filled = (list: readonly unknown[] | undefined) => (list?.length ?? 0) > 0;

export function validateServiceEntry(spec: ServiceEntrySpec, meta: Meta): Findings {
  const selector = validateLabelsSelector(
    ['spec', 'workloadSelector'],
    spec.workloadSelector,
    (text) => `service entry: ${text}, will be applied to all services in namespace`,
  );
  // A bad selector is all that istiod says.
  if (hasErrors(selector)) return { ...NOTHING, errors: selector.errors };
  return all(
    selector,
    spec.workloadSelector !== undefined && filled(spec.endpoints)
      ? error(['spec', 'endpoints'], 'only one of WorkloadSelector or Endpoints is allowed in Service Entry')
      : NOTHING,
    validateHosts(spec),
    validateAddresses(spec),
    validatePorts(spec, meta),
    validateResolution(spec, meta),
    validateHostsAreDistinguishable(spec),
    validateExportTo(meta.namespace, spec.exportTo, { allowsNone: true }),
  );
}

function validateHosts(spec: ServiceEntrySpec): Findings {
  if (!filled(spec.hosts)) return error(['spec'], 'service entry must have at least one host');
  return each(spec.hosts, (host, index) => {
    const at = ['spec', 'hosts', index];
    if (host === '*') return error(at, `invalid host ${host}`);
    const partial = spec.resolution === 'DYNAMIC_DNS' ? undefined : validatePartialWildcard(host);
    return all(validateWildcardDomain(at, host), partial === undefined ? NOTHING : warning(at, partial));
  });
}

function validateAddresses(spec: ServiceEntrySpec): Findings {
  const resolution = spec.resolution ?? 'NONE';
  const networks = (spec.addresses ?? []).some((address) => address.includes('/'));
  return all(
    each(spec.addresses, (address, index) => validateIpSubnet(['spec', 'addresses', index], address)),
    networks && resolution !== 'NONE' && resolution !== 'STATIC'
      ? error(['spec', 'addresses'], 'CIDR addresses are allowed only for NONE/STATIC resolution types')
      : NOTHING,
  );
}

function validatePorts(spec: ServiceEntrySpec, { labels }: Meta): Findings {
  const names = new Set<string>();
  const numbers = new Set<number>();
  const autoAllocated =
    (spec.resolution ?? 'NONE') !== 'NONE' &&
    labels['networking.istio.io/enable-autoallocate-ip']?.toLowerCase() !== 'false' &&
    !filled(spec.addresses);
  const unaddressed = !filled(spec.addresses) && !autoAllocated;
  return each(spec.ports, (port, index) => {
    const at = ['spec', 'ports', index];
    const { name = '', number = 0, protocol = '', targetPort = 0 } = port;
    const knownName = names.has(name);
    const knownNumber = numbers.has(number);
    names.add(name);
    numbers.add(number);
    return all(
      knownName ? error([...at, 'name'], `service entry port name ${goQuote(name)} already defined`) : NOTHING,
      knownNumber ? error([...at, 'number'], `service entry port ${number} already defined`) : NOTHING,
      targetPort !== 0 ? validatePort([...at, 'targetPort'], targetPort) : NOTHING,
      unaddressed && (protocol === '' || protocol === 'TCP')
        ? warning(
            at,
            'addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation is not enabled',
          )
        : NOTHING,
      validatePortName([...at, 'name'], name),
      validateProtocol([...at, 'protocol'], protocol),
      validatePort([...at, 'number'], number),
    );
  });
}

const portNames = (spec: ServiceEntrySpec) => new Set((spec.ports ?? []).map((port) => port.name ?? ''));

function validateResolution(spec: ServiceEntrySpec, meta: Meta): Findings {
  switch (spec.resolution ?? 'NONE') {
    case 'NONE':
      return all(
        filled(spec.endpoints)
          ? error(['spec', 'endpoints'], 'no endpoints should be provided for resolution type none')
          : NOTHING,
        spec.workloadSelector !== undefined
          ? warning(['spec', 'workloadSelector'], 'workloadSelector should not be set when resolution mode is NONE')
          : NOTHING,
      );
    case 'STATIC': {
      const servicePorts = portNames(spec);
      return each(spec.endpoints, (endpoint, index) =>
        validateWorkloadEntry(['spec', 'endpoints', index], endpoint, { servicePorts, allowsNames: false }),
      );
    }
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      return validateDns(spec);
    case 'DYNAMIC_DNS':
      return validateDynamicDns(spec, meta);
  }
}

function validateDns(spec: ServiceEntrySpec): Findings {
  const servicePorts = portNames(spec);
  const badHost = filled(spec.endpoints)
    ? undefined
    : (spec.hosts ?? [])
        .map((host, index) => ({ index, domain: validateFqdn(['spec', 'hosts', index], host) }))
        .find(({ domain }) => hasErrors(domain));
  const severalHosts = (spec.hosts?.length ?? 0) > 1;
  const tcpWithAddress = filled(spec.addresses) && (spec.ports ?? []).some((port) => isTcp(protocolOf(port)));
  return all(
    badHost === undefined
      ? NOTHING
      : error(
          ['spec', 'hosts', badHost.index],
          `hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode ${spec.resolution}, ${faultsText(badHost.domain.errors)}`,
        ),
    spec.resolution === 'DNS_ROUND_ROBIN' && (spec.endpoints?.length ?? 0) > 1
      ? error(['spec', 'endpoints'], `there must only be 0 or 1 endpoint for resolution mode ${spec.resolution}`)
      : NOTHING,
    each(spec.endpoints, (endpoint, index) => {
      const at = ['spec', 'endpoints', index];
      return all(
        validateAddress([...at, 'address'], endpoint.address ?? '', true),
        validateLabels([...at, 'labels'], endpoint.labels),
        validateEndpointPorts([...at, 'ports'], endpoint.ports, servicePorts),
      );
    }),
    tcpWithAddress && severalHosts
      ? warning(
          ['spec', 'hosts'],
          'service entry can not have more than one host specified simultaneously with address and tcp port',
        )
      : NOTHING,
  );
}

const protocolOf = (port: ServiceEntryPort) => parseProtocol(port.protocol);

function validateDynamicDns(spec: ServiceEntrySpec, { labels }: Meta): Findings {
  const waypoint = labels['istio.io/use-waypoint'] ?? '';
  const usesWaypoint = waypoint !== '' && waypoint.toLowerCase() !== 'none';
  return all(
    filled(spec.hosts)
      ? NOTHING
      : error(['spec'], 'at least one wildcard host must be provided for resolution type DYNAMIC_DNS'),
    each(spec.hosts, (host, index) =>
      isWildcard(host)
        ? NOTHING
        : error(['spec', 'hosts', index], 'host must be wildcarded for resolution mode DYNAMIC_DNS'),
    ),
    filled(spec.addresses)
      ? error(
          ['spec', 'addresses'],
          'addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values',
        )
      : NOTHING,
    filled(spec.endpoints)
      ? error(
          ['spec', 'endpoints'],
          'endpoints cannot be set for resolution type DYNAMIC_DNS. Destination IP address determined from hostsfield values',
        )
      : NOTHING,
    each(spec.ports, (port, index) =>
      ['http', 'tls', 'grpc', 'http2'].includes(protocolOf(port))
        ? NOTHING
        : error(
            ['spec', 'ports', index, 'protocol'],
            'only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type DYNAMIC_DNS',
          ),
    ),
    spec.location === 'MESH_INTERNAL' && usesWaypoint
      ? error(
          ['spec', 'location'],
          'location MESH_INTERNAL with resolution type DYNAMIC_DNS is not supported when using waypoints',
        )
      : NOTHING,
  );
}

/** HTTP tells hosts apart by name, TLS by SNI; plain TCP cannot. */
function validateHostsAreDistinguishable(spec: ServiceEntrySpec): Findings {
  if ((spec.resolution ?? 'NONE') === 'NONE' || (spec.hosts?.length ?? 0) <= 1) return NOTHING;
  const plain = (spec.ports ?? []).findIndex((port) => !isHttp(protocolOf(port)) && !isTls(protocolOf(port)));
  return plain < 0 ? NOTHING : error(['spec', 'ports', plain], 'multiple hosts provided with non-HTTP, non-TLS ports');
}
