/** Overlap of (wildcard) host names (pkg/config/host), and the `namespace/host` form. */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import { all, error, type Findings, hasErrors, NOTHING } from './faults.ts';
import { isDnsLabel, isIpAddress, validatePartialWildcard, validateWildcardDomain } from './names.ts';

export const isWildcard = (host: string): boolean => host.startsWith('*');

/** True if some name matches both. */
export function hostsMatch(a: string, b: string): boolean {
  if (isWildcard(a)) {
    if (!isWildcard(b)) return b.endsWith(a.slice(1));
    return a.length < b.length ? b.slice(1).endsWith(a.slice(1)) : a.slice(1).endsWith(b.slice(1));
  }
  return isWildcard(b) ? a.endsWith(b.slice(1)) : a === b;
}

/** True if `host` lies within `of`. */
export function isHostWithin(host: string, of: string): boolean {
  if (isWildcard(host)) return isWildcard(of) && host.length >= of.length && host.slice(1).endsWith(of.slice(1));
  return isWildcard(of) ? host.endsWith(of.slice(1)) : host === of;
}

/** Hosts of a Gateway server or a Sidecar egress listener: `[namespace/]dnsName`. */
export function validateNamespaceSlashHost(at: FieldPath, host: string, isGateway: boolean): Findings {
  const slash = host.indexOf('/');
  if (slash < 0) {
    return isGateway ? validateHostPart(at, host, true) : error(at, 'host must be of form namespace/dnsName');
  }
  const namespace = host.slice(0, slash);
  const name = host.slice(slash + 1);
  const empty = namespace === '' || name === '';
  return all(
    empty ? error(at, 'config namespace and dnsName in host entry cannot be empty') : NOTHING,
    isGateway ? validateGatewayNamespace(at, namespace) : validateSidecarNamespace(at, namespace),
    validateHostPart(at, name, isGateway),
  );
}

function validateSidecarNamespace(at: FieldPath, written: string): Findings {
  const namespace = written.startsWith('~') ? written.slice(1) : written;
  const valid = namespace === '' || namespace === '*' || namespace === '.' || isDnsLabel(namespace);
  return valid ? NOTHING : error(at, `invalid namespace value ${goQuote(written)} in sidecar`);
}

function validateGatewayNamespace(at: FieldPath, namespace: string): Findings {
  const valid = namespace === '*' || namespace === '.' || isDnsLabel(namespace);
  return valid ? NOTHING : error(at, `invalid namespace value ${goQuote(namespace)} in gateway`);
}

function validateHostPart(at: FieldPath, host: string, isGateway: boolean): Findings {
  const domain = validateWildcardDomain(at, host);
  const partial = validatePartialWildcard(host);
  return all(
    host !== '*' && !host.includes('.') ? error(at, 'short names (non FQDN) are not allowed') : NOTHING,
    hasErrors(domain) && !isGateway ? domain : NOTHING,
    // A gateway takes an address too. (A Sidecar's bad name is reported twice; istiod does so.)
    hasErrors(domain) && !isIpAddress(host) ? domain : NOTHING,
    partial === undefined ? NOTHING : error(at, partial),
  );
}
