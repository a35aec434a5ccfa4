/** Values of AuthorizationPolicy fields and conditions (pkg/config/security/security.go). */
import type { FieldPath } from '../../base/origin.ts';
import { parseAddr, parsePrefix } from '../go/netip.ts';
import { goQuote } from '../go/quote.ts';
import { parseUint32 } from '../go/strconv.ts';
import { asList, each, error, type Findings, NOTHING } from './faults.ts';

type Values = readonly string[] | undefined;

/** The first value that has a problem; istiod reports no more than one. */
function firstProblem(at: FieldPath, values: Values, problem: (value: string) => string | undefined): Findings {
  for (const [index, value] of (values ?? []).entries()) {
    const found = problem(value);
    if (found !== undefined) return error([...at, index], found);
  }
  return NOTHING;
}

const emptyProblem = (field: string) => (value: string) =>
  value === '' ? `empty value not allowed, found in ${field}` : undefined;

export const validateNoEmptyValues = (at: FieldPath, field: string, values: Values): Findings =>
  firstProblem(at, values, emptyProblem(field));

/** Exact, `x*`, `*x` or `*`. */
export function validateWildcardValues(at: FieldPath, field: string, values: Values): Findings {
  const empty = validateNoEmptyValues(at, field, values);
  if (empty !== NOTHING) return empty;
  return firstProblem(at, values, (value) => {
    const stars = value.split('*').length - 1;
    if (stars > 1) return `at most one wildcard is allowed, found in ${field}: ${goQuote(value)}`;
    if (stars === 0 || value.startsWith('*') || value.endsWith('*')) return undefined;
    return `wildcard is only allowed at the start or end, found in ${field}: ${goQuote(value)}`;
  });
}

export function validateTrustDomains(at: FieldPath, field: string, values: Values): Findings {
  const wildcards = validateWildcardValues(at, field, values);
  if (wildcards !== NOTHING) return wildcards;
  return firstProblem(at, values, (value) =>
    value.includes('/') ? `trust domain must not contain '/', found in ${field}: ${goQuote(value)}` : undefined,
  );
}

const ACCOUNT_FORMAT = "expected format 'serviceAccount' or 'namespace/serviceAccount', found";

export function validateServiceAccounts(at: FieldPath, field: string, values: Values): Findings {
  if ((values?.length ?? 0) > 16) return error(at, 'may not have more than 16 values');
  return firstProblem(at, values, (value) => {
    const quoted = goQuote(value);
    if (value === '') return `empty value not allowed, found in ${field}`;
    if (value.includes('*')) return `wildcard not allowed, found in ${field}`;
    const parts = value.split('/');
    if (parts.length > 2) return `${ACCOUNT_FORMAT} ${quoted} in ${field}`;
    if (value.length > 320) return `value cannot exceed 320 characters, found ${quoted} in ${field}`;
    if (parts[0] === '') return `${ACCOUNT_FORMAT} empty namespace ${quoted} in ${field}`;
    return parts[1] === '' ? `${ACCOUNT_FORMAT} empty serviceAccount ${quoted} in ${field}` : undefined;
  });
}

/** Path templates: `{*}` one segment, `{**}` the rest. */
export function validatePathTemplates(at: FieldPath, field: string, values: Values): Findings {
  return firstProblem(at, values, (value) => {
    const isTemplate = value.includes('{*}') || value.includes('{**}');
    const path = value.replace(/^\/+/, '').replace(/\/+$/, '');
    const complaint = (reason: string) => `invalid or unsupported path ${path}, found in ${field}. ${reason}`;
    let seenRest = false;
    for (const segment of path.split('/')) {
      if (segment === '{*}' || segment === '{**}') {
        if (seenRest) return complaint('{**} is not the last operator');
        seenRest = segment === '{**}';
        continue;
      }
      if (/[{}]/.test(segment)) return complaint("Contains '{' or '}' beyond a supported path template");
      if (isTemplate && !/^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/.test(segment)) {
        return complaint(`Contains segment ${segment} with invalid string literal`);
      }
    }
    return undefined;
  });
}

/** Addresses and networks; all bad ones, as a list. */
export function validateIps(at: FieldPath, values: Values): Findings {
  return asList(
    each(values, (value, index) => {
      const path = [...at, index];
      if (!value.includes('/')) return parseAddr(value).ok ? NOTHING : error(path, `bad IP address (${value})`);
      const prefix = parsePrefix(value);
      return prefix.ok ? NOTHING : error(path, `bad CIDR range (${value}): ${prefix.error}`);
    }),
  );
}

export function validatePorts(at: FieldPath, values: Values): Findings {
  return asList(
    each(values, (value, index) => {
      const port = parseUint32(value);
      if (port.ok && port.value <= 65535) return NOTHING;
      return error([...at, index], `bad port (${value}): ${port.ok ? '<nil>' : port.error}`);
    }),
  );
}

/** The values of a `when` condition, by its key. */
export function validateAttribute(at: FieldPath, key: string, values: Values): Findings {
  const empty = validateNoEmptyValues(at, key, values);
  if (empty !== NOTHING) return empty;
  if (key.startsWith('request.headers')) return validateMapKey(at, key);
  switch (key) {
    case 'source.ip':
    case 'remote.ip':
    case 'destination.ip':
      return validateIps(at, values);
    case 'source.serviceAccount':
      return validateServiceAccounts(at, key, values);
    case 'source.trustDomain':
      return validateWildcardValues(at, key, values);
    case 'source.namespace':
    case 'source.principal':
    case 'request.auth.principal':
    case 'request.auth.audiences':
    case 'request.auth.presenter':
    case 'connection.sni':
      return NOTHING;
    case 'destination.port':
      return validatePorts(at, values);
    case 'destination.namespace':
      return error(at, `attribute ${key} is replaced by the metadata.namespace`);
    case 'destination.name':
    case 'destination.user':
      return error(at, `deprecated attribute ${key}: only supported in v1alpha1`);
  }
  if (key.startsWith('request.auth.claims') || key.startsWith('experimental.envoy.filters.')) {
    return validateMapKey(at, key);
  }
  return key.startsWith('destination.labels')
    ? error(at, `attribute ${key} is replaced by the workload selector`)
    : error(at, `unknown attribute: ${key}`);
}

function validateMapKey(at: FieldPath, key: string): Findings {
  const open = key.indexOf('[');
  const valid = key.endsWith(']') && open > 0 && open < key.length - 2;
  return valid ? NOTHING : error(at, `bad key (${key}): should have format a[b]`);
}
