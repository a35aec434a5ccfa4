/**
 * Names, hosts, addresses, ports and durations as istiod accepts them
 * (pkg/config/validation/agent/validation.go, pkg/config/labels).
 */
import { parseGoDuration } from '../../base/goDuration.ts';
import type { FieldPath } from '../../base/origin.ts';
import { parseAddr, parsePrefix } from '../go/netip.ts';
import { goQuote } from '../go/quote.ts';
import { atoi } from '../go/strconv.ts';
import { all, eachEntry, error, type Findings, hasErrors, NOTHING } from './faults.ts';

const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const WILDCARD_LABEL = /^(?:\*|(?:\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;

export const isDnsLabel = (text: string): boolean => text.length <= 63 && LABEL.test(text);
const isWildcardDnsLabel = (text: string) => text.length <= 63 && WILDCARD_LABEL.test(text);

export const isIpAddress = (text: string): boolean => parseAddr(text).ok;

export const validateIpAddress = (at: FieldPath, address: string): Findings =>
  isIpAddress(address) ? NOTHING : error(at, `${address} is not a valid IP`);

/** An address, or a network in CIDR notation. */
export function validateIpSubnet(at: FieldPath, subnet: string): Findings {
  if (subnet.split('/').length !== 2) return validateIpAddress(at, subnet);
  return parsePrefix(subnet).ok ? NOTHING : error(at, `${subnet} is not a valid CIDR block`);
}

export const validatePort = (at: FieldPath, port: number): Findings =>
  port >= 1 && port <= 65535 ? NOTHING : error(at, `port number ${port} must be in the range 1..65535`);

export const validatePortName = (at: FieldPath, name: string): Findings =>
  isDnsLabel(name) ? NOTHING : error(at, `invalid port name: ${name}`);

export function validateDuration(at: FieldPath, text: string | undefined): Findings {
  if (text === undefined) return NOTHING;
  const parsed = parseGoDuration(text);
  const nanoseconds = parsed.ok ? Math.round(parsed.value * 1e6) : 0;
  if (nanoseconds < 1e6) return error(at, 'duration must be greater than 1ms');
  return nanoseconds % 1e6 === 0 ? NOTHING : error(at, 'only durations to ms precision are supported');
}

/** Milliseconds of a duration that the decoder has accepted. */
export function durationMs(text: string): number {
  const parsed = parseGoDuration(text);
  return parsed.ok ? parsed.value : 0;
}

function validateDomainLength(at: FieldPath, name: string): Findings {
  if (name.length > 255) return error(at, `domain name ${goQuote(name)} too long (max 255)`);
  return name === '' ? error(at, 'empty domain name not allowed') : NOTHING;
}

function validateDnsLabels(at: FieldPath, domain: string): Findings {
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  if (atoi(top).ok) {
    const name = goQuote(domain);
    return error(at, `domain name ${name} invalid (top level domain ${goQuote(top)} cannot be all-numeric)`);
  }
  for (const [index, label] of labels.entries()) {
    // A name may end in a dot.
    if (index === labels.length - 1 && label === '') return NOTHING;
    if (!isDnsLabel(label))
      return error(at, `domain name ${goQuote(domain)} invalid (label ${goQuote(label)} invalid)`);
  }
  return NOTHING;
}

export function validateFqdn(at: FieldPath, name: string): Findings {
  const length = validateDomainLength(at, name);
  return hasErrors(length) ? length : validateDnsLabels(at, name);
}

/** A fully qualified name whose first label may be or start with `*`. */
export function validateWildcardDomain(at: FieldPath, domain: string): Findings {
  const length = validateDomainLength(at, domain);
  if (hasErrors(length)) return length;
  const dot = domain.indexOf('.');
  const first = dot < 0 ? domain : domain.slice(0, dot);
  if (!isWildcardDnsLabel(first)) {
    return error(at, `domain name ${goQuote(domain)} invalid (label ${goQuote(first)} invalid)`);
  }
  return dot < 0 ? NOTHING : validateDnsLabels(at, domain.slice(dot + 1));
}

/** `*.foo` is a wildcard, `*foo` only a part of one. */
export const validatePartialWildcard = (host: string): string | undefined =>
  host.includes('*') && host.length !== 1 && !host.startsWith('*.')
    ? `partial wildcard ${goQuote(host)} not allowed`
    : undefined;

export function validateUnixAddress(at: FieldPath, path: string): Findings {
  if (path === '') return error(at, 'unix address must not be empty');
  if (path.startsWith('@')) return NOTHING;
  return path.startsWith('/') && !path.endsWith('/') ? NOTHING : error(at, `${path} is not an absolute path to a file`);
}

const TAG_KEY =
  /^([a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*\/)?((?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$/;
const TAG_VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

/** labels.Instance.Validate: a list even of one. */
export function validateLabels(at: FieldPath, labels: Readonly<Record<string, string>> | undefined): Findings {
  const found = eachEntry(labels, (key, value) =>
    all(
      validateLabelKey([...at, key], key),
      TAG_VALUE.test(value) ? NOTHING : error([...at, key], `invalid tag value: ${goQuote(value)}`),
    ),
  );
  return found.errors.items.length === 0 ? NOTHING : { ...found, errors: { ...found.errors, list: true } };
}

function validateLabelKey(at: FieldPath, key: string): Findings {
  const match = TAG_KEY.exec(key);
  if (match === null) return error(at, `invalid tag key: ${goQuote(key)}`);
  if ((match[1] ?? '').length - 1 > 253) return error(at, `invalid tag key: ${goQuote(key)} (DNS prefix is too long)`);
  return (match[2] ?? '').length > 63 ? error(at, `invalid tag key: ${goQuote(key)} (name is too long)`) : NOTHING;
}
