/** Go's net/netip: what parses as an address or prefix, and the sentence for what does not. */
import { err, ok, type Result } from '../../base/result.ts';
import { goQuote } from './quote.ts';

export interface IpAddress {
  readonly version: 4 | 6;
  readonly zone: string;
}

/** netip.ParseAddr. */
export function parseAddr(text: string): Result<IpAddress, string> {
  const marker = /[.:%]/.exec(text)?.[0];
  let problem: string | undefined;
  if (marker === '.') problem = ipv4Problem(text);
  else if (marker === ':') problem = ipv6Problem(text);
  else problem = marker === '%' ? 'missing IPv6 address' : 'unable to parse IP';
  if (problem !== undefined) return err(`ParseAddr(${goQuote(text)}): ${problem}`);
  const percent = text.indexOf('%');
  return ok({ version: marker === '.' ? 4 : 6, zone: percent < 0 ? '' : text.slice(percent + 1) });
}

/** netip.ParsePrefix; the value is nothing, only its validity is asked for. */
export function parsePrefix(text: string): Result<IpAddress, string> {
  const fail = (message: string) => err(`netip.ParsePrefix(${goQuote(text)}): ${message}`);
  const slash = text.lastIndexOf('/');
  if (slash < 0) return fail("no '/'");
  const address = parseAddr(text.slice(0, slash));
  if (!address.ok) return fail(address.error);
  if (address.value.zone !== '') return fail('IPv6 zones cannot be present in a prefix');
  const bits = text.slice(slash + 1);
  if (!/^(?:0|[1-9][0-9]*)$/.test(bits)) return fail(`bad bits after slash: ${goQuote(bits)}`);
  if (Number(bits) > (address.value.version === 4 ? 32 : 128)) return fail('prefix length out of range');
  return address;
}

const at = (rest: string) => ` (at ${goQuote(rest)})`;

function ipv4Problem(field: string): string | undefined {
  let value = 0;
  let digits = 0;
  let fields = 0;
  for (let i = 0; i < field.length; i++) {
    const character = field.charAt(i);
    if (character >= '0' && character <= '9') {
      if (digits === 1 && value === 0) return 'IPv4 field has octet with leading zero';
      value = value * 10 + Number(character);
      digits++;
      if (value > 255) return 'IPv4 field has value >255';
    } else if (character === '.') {
      const empty = i === 0 || i === field.length - 1 || field.charAt(i - 1) === '.';
      if (empty) return `IPv4 field must have at least one digit${at(field.slice(i))}`;
      if (fields === 3) return 'IPv4 address too long';
      fields++;
      value = 0;
      digits = 0;
    } else {
      return `unexpected character${at(field.slice(i))}`;
    }
  }
  return fields < 3 ? 'IPv4 address too short' : undefined;
}

function ipv6Problem(whole: string): string | undefined {
  const percent = whole.indexOf('%');
  if (percent === whole.length - 1) return 'zone must be a non-empty string';
  let rest = percent < 0 ? whole : whole.slice(0, percent);
  let ellipsis = -1;
  if (rest.startsWith('::')) {
    ellipsis = 0;
    rest = rest.slice(2);
    if (rest === '') return undefined;
  }
  let bytes = 0;
  while (bytes < 16) {
    const group = /^[0-9a-fA-F]*/.exec(rest)?.[0] ?? '';
    if (group.length > 4) return `each group must have 4 or less digits${at(rest)}`;
    if (group === '') return `each colon-separated field must have at least one digit${at(rest)}`;
    if (rest.charAt(group.length) === '.') {
      if (ellipsis < 0 && bytes !== 12) {
        return `embedded IPv4 address must replace the final 2 fields of the address${at(rest)}`;
      }
      if (bytes + 4 > 16) return `too many hex fields to fit an embedded IPv4 at the end of the address${at(rest)}`;
      const problem = ipv4Problem(rest);
      if (problem !== undefined) return problem;
      rest = '';
      bytes += 4;
      break;
    }
    bytes += 2;
    rest = rest.slice(group.length);
    if (rest === '') break;
    if (!rest.startsWith(':')) return `unexpected character, want colon${at(rest)}`;
    if (rest.length === 1) return `colon must be followed by more characters${at(rest)}`;
    rest = rest.slice(1);
    if (rest.startsWith(':')) {
      if (ellipsis >= 0) return `multiple :: in address${at(rest)}`;
      ellipsis = bytes;
      rest = rest.slice(1);
      if (rest === '') break;
    }
  }
  if (rest !== '') return `trailing garbage after address${at(rest)}`;
  if (bytes < 16) return ellipsis < 0 ? 'address string too short' : undefined;
  return ellipsis >= 0 ? 'the :: must expand to at least one field of zeros' : undefined;
}
