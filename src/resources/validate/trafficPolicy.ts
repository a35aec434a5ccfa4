/** Traffic policies of DestinationRules and connection pools of Sidecars (validateTrafficPolicy). */
import type { FieldPath } from '../../base/origin.ts';
import type {
  ConnectionPoolSettings,
  LoadBalancerSettings,
  OutlierDetection,
  PortTrafficPolicy,
  TrafficPolicy,
} from '../kinds/shared/trafficPolicy.ts';
import { validateClientTls } from './clientTls.ts';
import { all, each, error, type Findings, faultsText, hasErrors, NOTHING, warning, withoutWarnings } from './faults.ts';
import { validateLocality, validateZoneAware } from './locality.ts';
import { durationMs, validateDuration, validateFqdn, validateIpAddress, validatePort } from './names.ts';

export function validateTrafficPolicy(at: FieldPath, namespace: string, policy: TrafficPolicy | undefined): Findings {
  if (policy === undefined) return NOTHING;
  if (Object.keys(policy).length === 0) return error(at, 'traffic policy must have at least one field');
  if (policy.tunnel !== undefined && policy.proxyProtocol !== undefined) {
    return error(at, 'tunnel and proxyProtocol must not be set together');
  }
  return all(
    validateOutlierDetection([...at, 'outlierDetection'], policy.outlierDetection),
    validateConnectionPool([...at, 'connectionPool'], policy.connectionPool),
    validateLoadBalancer([...at, 'loadBalancer'], policy.loadBalancer, policy.outlierDetection !== undefined),
    validateClientTls([...at, 'tls'], namespace, policy.tls),
    each(policy.portLevelSettings, (port, index) =>
      validatePortPolicy([...at, 'portLevelSettings', index], namespace, port),
    ),
    validateTunnel([...at, 'tunnel'], policy.tunnel),
  );
}

function validatePortPolicy(at: FieldPath, namespace: string, policy: PortTrafficPolicy): Findings {
  const { outlierDetection, connectionPool, loadBalancer, tls } = policy;
  const empty = [outlierDetection, connectionPool, loadBalancer, tls].every((field) => field === undefined);
  return withoutWarnings(
    all(
      policy.port === undefined ? error(at, 'portTrafficPolicy must have valid port') : NOTHING,
      empty
        ? error(at, 'port traffic policy must have at least one field')
        : all(
            validateOutlierDetection([...at, 'outlierDetection'], outlierDetection),
            validateConnectionPool([...at, 'connectionPool'], connectionPool),
            validateLoadBalancer([...at, 'loadBalancer'], loadBalancer, outlierDetection !== undefined),
            validateClientTls([...at, 'tls'], namespace, tls),
          ),
    ),
  );
}

function validateTunnel(at: FieldPath, tunnel: TrafficPolicy['tunnel']): Findings {
  if (tunnel === undefined) return NOTHING;
  const { protocol = '', targetHost = '', targetPort = 0 } = tunnel;
  const asName = validateFqdn(at, targetHost);
  const asAddress = validateIpAddress(at, targetHost);
  const port = validatePort(at, targetPort);
  const reasons = `${faultsText(asName.errors)}; ${faultsText(asAddress.errors)}`;
  return all(
    ['', 'CONNECT', 'POST'].includes(protocol)
      ? NOTHING
      : error([...at, 'protocol'], 'tunnel protocol must be "CONNECT" or "POST"'),
    hasErrors(asName) && hasErrors(asAddress)
      ? error([...at, 'targetHost'], `tunnel target host must be valid FQDN or IP address: ${reasons}`)
      : NOTHING,
    hasErrors(port)
      ? error([...at, 'targetPort'], `tunnel target port is invalid: ${faultsText(port.errors)}`)
      : NOTHING,
  );
}

const validatePercent = (at: FieldPath, value = 0): Findings =>
  value < 0 || value > 100 ? error(at, `percentage ${value} is not in range 0..100`) : NOTHING;

export function validateOutlierDetection(at: FieldPath, outlier: OutlierDetection | undefined): Findings {
  if (outlier === undefined) return NOTHING;
  const localOrigin = (outlier.consecutiveLocalOriginFailures ?? 0) > 0;
  return all(
    validateDuration([...at, 'baseEjectionTime'], outlier.baseEjectionTime),
    outlier.consecutiveErrors
      ? warning(
          [...at, 'consecutiveErrors'],
          'outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead',
        )
      : NOTHING,
    !outlier.splitExternalLocalOriginErrors && localOrigin
      ? error(
          [...at, 'consecutiveLocalOriginFailures'],
          'outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false',
        )
      : NOTHING,
    validateDuration([...at, 'interval'], outlier.interval),
    validatePercent([...at, 'maxEjectionPercent'], outlier.maxEjectionPercent),
    validatePercent([...at, 'minHealthPercent'], outlier.minHealthPercent),
  );
}

const nonNegative = (at: FieldPath, value: number | undefined, what: string): Findings =>
  (value ?? 0) < 0 ? error(at, `${what} must be non-negative`) : NOTHING;

export function validateConnectionPool(at: FieldPath, pool: ConnectionPoolSettings | undefined): Findings {
  if (pool === undefined) return NOTHING;
  if (pool.http === undefined && pool.tcp === undefined) {
    return error(at, 'connection pool must have at least one field');
  }
  return all(validateHttpPool([...at, 'http'], pool.http), validateTcpPool([...at, 'tcp'], pool.tcp));
}

function validateHttpPool(at: FieldPath, http: ConnectionPoolSettings['http']): Findings {
  if (http === undefined) return NOTHING;
  const keepAlive = http.http2KeepAlive;
  const upgrades = http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol === true;
  const required = (field: 'interval' | 'timeout') =>
    keepAlive?.[field] === undefined
      ? error([...at, 'http2KeepAlive'], `http2 keepalive ${field} is required`)
      : validateDuration([...at, 'http2KeepAlive', field], keepAlive[field]);
  return all(
    nonNegative([...at, 'http1MaxPendingRequests'], http.http1MaxPendingRequests, 'http1 max pending requests'),
    nonNegative([...at, 'http2MaxRequests'], http.http2MaxRequests, 'http2 max requests'),
    nonNegative([...at, 'maxRequestsPerConnection'], http.maxRequestsPerConnection, 'max requests per connection'),
    nonNegative([...at, 'maxRetries'], http.maxRetries, 'max retries'),
    validateDuration([...at, 'idleTimeout'], http.idleTimeout),
    upgrades
      ? error([...at, 'useClientProtocol'], 'use client protocol must not be true when H2UpgradePolicy is UPGRADE')
      : NOTHING,
    nonNegative([...at, 'maxConcurrentStreams'], http.maxConcurrentStreams, 'max concurrent streams'),
    keepAlive === undefined ? NOTHING : all(required('interval'), required('timeout')),
  );
}

function validateTcpPool(at: FieldPath, tcp: ConnectionPoolSettings['tcp']): Findings {
  if (tcp === undefined) return NOTHING;
  // Zero switches the idle time-out off.
  const idle = tcp.idleTimeout !== undefined && Math.trunc(durationMs(tcp.idleTimeout)) !== 0;
  return all(
    nonNegative([...at, 'maxConnections'], tcp.maxConnections, 'max connections'),
    validateDuration([...at, 'connectTimeout'], tcp.connectTimeout),
    validateDuration([...at, 'maxConnectionDuration'], tcp.maxConnectionDuration),
    idle ? validateDuration([...at, 'idleTimeout'], tcp.idleTimeout) : NOTHING,
    validateDuration([...at, 'tcpKeepalive', 'time'], tcp.tcpKeepalive?.time),
    validateDuration([...at, 'tcpKeepalive', 'interval'], tcp.tcpKeepalive?.interval),
  );
}

function validateLoadBalancer(
  at: FieldPath,
  settings: LoadBalancerSettings | undefined,
  hasOutlierDetection: boolean,
): Findings {
  if (settings === undefined) return NOTHING;
  const { localityLbSetting, zoneAwareLbSetting, warmup } = settings;
  return all(
    validateConsistentHash([...at, 'consistentHash'], settings.consistentHash),
    localityLbSetting !== undefined && zoneAwareLbSetting !== undefined
      ? error(at, 'only one of localityLbSetting and zoneAwareLbSetting can be set')
      : NOTHING,
    validateLocality([...at, 'localityLbSetting'], localityLbSetting, hasOutlierDetection),
    validateZoneAware([...at, 'zoneAwareLbSetting'], zoneAwareLbSetting, hasOutlierDetection),
    warmup === undefined ? NOTHING : validateWarmup([...at, 'warmup'], warmup),
  );
}

function validateConsistentHash(at: FieldPath, hash: LoadBalancerSettings['consistentHash']): Findings {
  if (hash === undefined) return NOTHING;
  const { httpCookie, minimumRingSize, maglev, ringHash } = hash;
  const attributes = new Set<string>();
  const ring = minimumRingSize ?? 0;
  return all(
    httpCookie !== undefined && !httpCookie.name
      ? error([...at, 'httpCookie'], 'name required for HttpCookie')
      : NOTHING,
    each(httpCookie?.attributes, ({ name = '' }, index) => {
      const path = [...at, 'httpCookie', 'attributes', index];
      if (name === '') return error(path, 'cookie attribute name cannot be empty');
      if (attributes.has(name)) return error(path, `duplicate cookie attribute name: ${name}`);
      attributes.add(name);
      return NOTHING;
    }),
    ring !== 0
      ? warning(
          [...at, 'minimumRingSize'],
          "consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead",
        )
      : NOTHING,
    ring !== 0 && (maglev !== undefined || ringHash !== undefined)
      ? error([...at, 'minimumRingSize'], 'only one of MinimumRingSize or Maglev/Ringhash can be specified')
      : NOTHING,
    maglev === undefined ? NOTHING : validateMaglev([...at, 'maglev'], maglev.tableSize ?? 0),
  );
}

function validateMaglev(at: FieldPath, size: number): Findings {
  return all(
    size === 0 ? error(at, 'tableSize must be set for maglev') : NOTHING,
    size >= 5000011 ? error(at, 'tableSize must be less than 5000011 for maglev') : NOTHING,
    isPrime(size) ? NOTHING : error(at, 'tableSize must be a prime number for maglev'),
  );
}

function isPrime(value: number): boolean {
  if (value !== 0 && value < 4) return true;
  if (value % 2 === 0) return false;
  const limit = Math.floor(Math.sqrt(value));
  for (let factor = 3; factor <= limit; factor += 2) if (value % factor === 0) return false;
  return true;
}

function validateWarmup(at: FieldPath, warmup: NonNullable<LoadBalancerSettings['warmup']>): Findings {
  return all(
    warmup.duration === undefined
      ? error(at, 'duration is required')
      : validateDuration([...at, 'duration'], warmup.duration),
    (warmup.minimumPercent ?? 0) > 100
      ? error([...at, 'minimumPercent'], 'minimumPercent value should be less than or equal to 100')
      : NOTHING,
    warmup.aggression !== undefined && warmup.aggression <= 0
      ? error([...at, 'aggression'], 'aggression should be greater than 0')
      : NOTHING,
  );
}
