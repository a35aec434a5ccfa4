/**
 * Name constraints as Go reads them, once a chain is built: those of each certificate apply to the
 * alternative names (and to them alone) of every certificate below, kind by kind. The first name that
 * breaks one is named, in Go's words.
 */
import { toHex } from '../../crypto/bytes.ts';
import type { Certificate, GeneralName, GeneralSubtree, NameConstraints } from '../types.ts';
import { ipText } from '../x509/generalName.ts';

type Kind = 'ip' | 'dns' | 'uri' | 'email';
const WORDS = { ip: 'IP address', dns: 'DNS name', uri: 'URI', email: 'email address' } as const;
/** In the order in which Go takes them. */
const KINDS: readonly Kind[] = ['ip', 'dns', 'uri', 'email'];

/** Undefined: no name of the chain breaks a constraint. */
export function chainConstraintError(chain: readonly Certificate[]): string | undefined {
  for (const [depth, certificate] of chain.entries()) {
    if (certificate.subjectAltNames === undefined) continue;
    const above = chain.slice(depth + 1).flatMap(({ nameConstraints }) => nameConstraints ?? []);
    if (above.length === 0) return undefined;
    const unreadable = certificate.subjectAltNames.map(unreadableName).find((problem) => problem !== undefined);
    if (unreadable !== undefined) return unreadable;
    for (const constraints of above) {
      for (const kind of KINDS) {
        for (const name of certificate.subjectAltNames) {
          const problem = name.kind === kind ? broken(name, kind, constraints) : undefined;
          if (problem !== undefined) return problem;
        }
      }
    }
  }
  return undefined;
}

/** What cannot be held against a constraint at all. */
function unreadableName(name: GeneralName): string | undefined {
  if (name.kind === 'email' && !/^[^@\s]+@[^@\s]+$/.test(name.value)) return `cannot parse rfc822Name "${name.value}"`;
  if (name.kind !== 'uri') return undefined;
  const host = hostOf(name.value);
  if (host === '') return `URI with empty host ("${name.value}") cannot be matched against constraints`;
  return /^[\d.]+$|^\[.*\]$/.test(host)
    ? `URI with IP ("${name.value}") cannot be matched against constraints`
    : undefined;
}

const hostOf = (uri: string): string =>
  (/^[^:/?#]+:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/.exec(uri)?.[1] ?? '').toLowerCase();

function broken(name: GeneralName, kind: Kind, { permitted, excluded }: NameConstraints): string | undefined {
  const same = (list: readonly GeneralSubtree[]): readonly GeneralName[] =>
    list.flatMap(({ base }) => (base.kind === kind ? [base] : []));
  const named = `${WORDS[kind]} "${kind === 'email' ? lowerDomain(name.value) : name.value}"`;
  const allowed = same(permitted);
  if (allowed.length > 0 && !allowed.some((base) => lies(name, base, true)))
    return `${named} is not permitted by any constraint`;
  const bar = same(excluded).find((base) => lies(name, base, false));
  return bar && `${named} is excluded by constraint "${bar.kind === 'ip' ? cidrText(bar.bytes) : bar.value}"`;
}

function lies(name: GeneralName, base: GeneralName, permitting: boolean): boolean {
  if (name.kind === 'ip') return base.kind === 'ip' && liesInNetwork(name.bytes, base.bytes);
  if (base.value === '') return true;
  if (name.kind === 'uri') return hasSuffix(hostOf(name.value), base.value);
  if (name.kind === 'email') {
    const [, domain = ''] = name.value.split('@');
    return base.value.includes('@')
      ? lowerDomain(name.value) === lowerDomain(base.value)
      : hasSuffix(domain, base.value);
  }
  if (hasSuffix(name.value, base.value)) return true;
  // A wildcard stands for names that an exclusion may be about.
  const parent = base.value.slice(base.value.indexOf('.'));
  return (
    !permitting &&
    name.value.startsWith('*') &&
    base.value.includes('.') &&
    name.value.slice(name.value.indexOf('.')).toLowerCase() === parent.toLowerCase()
  );
}

/** By whole labels; a leading dot leaves the name itself out. */
function hasSuffix(name: string, base: string): boolean {
  const [text, end] = [name.toLowerCase(), base.toLowerCase()];
  return text === end || text.endsWith(end.startsWith('.') ? end : `.${end}`);
}

const lowerDomain = (email: string): string => {
  const at = email.lastIndexOf('@');
  return email.slice(0, at + 1) + email.slice(at + 1).toLowerCase();
};

/** `network`: address and mask. */
function liesInNetwork(address: Uint8Array, network: Uint8Array): boolean {
  const { length } = address;
  if (network.length !== 2 * length) return false;
  return address.every((byte, at) => (byte & (network[length + at] ?? 0)) === (network[at] ?? 0));
}

/** Go prints a mask that is no prefix in hex. */
function cidrText(network: Uint8Array): string {
  const half = network.length / 2;
  const bits = [...network.subarray(half)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const prefix = /^(1*)0*$/.exec(bits)?.[1]?.length;
  const text = ipText(network.subarray(0, half));
  return prefix === undefined ? `${text}/${toHex(network.subarray(half))}` : `${text}/${prefix}`;
}
