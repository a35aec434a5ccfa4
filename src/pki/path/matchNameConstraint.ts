/**
 * One name against one name constraint, in the two readings that matter: BoringSSL's (no IP
 * addresses) and OpenSSL 3.0's. The result is an X509_V_ERR number; `permittedViolation` means
 * simply "does not match". RFC 5280 4.2.1.10; BoringSSL v3_ncons.cc, OpenSSL v3_ncons.c.
 */
import type { PathProfile } from '../pathTypes.ts';
import type { GeneralName } from '../types.ts';
import { ERR } from './errors.ts';

const MATCH = 0;
const NO_MATCH = ERR.permittedViolation;

export interface ConstraintMode {
  readonly profile: PathProfile;
  readonly excluding: boolean;
  /** E-mail addresses in the subject are excluded without regard to case. */
  readonly foldLocalPart: boolean;
}

/** 0 when `name` lies in the subtree `base` (of the same kind), else an error number. */
export function matchConstraint(name: GeneralName, base: GeneralName, mode: ConstraintMode): number {
  switch (base.kind) {
    case 'directory':
      return name.kind === 'directory' && name.name.canonical.startsWith(base.name.canonical) ? MATCH : NO_MATCH;
    case 'dns':
      return matchDns(name.value, base.value, mode);
    case 'email':
      return matchEmail(name.value, base.value, mode);
    case 'uri':
      return matchUri(name.value, base.value);
    case 'ip':
      return mode.profile === 'openssl' && name.kind === 'ip'
        ? matchIp(name.bytes, base.bytes)
        : ERR.unsupportedConstraintType;
    case 'other':
    case 'unsupported':
      return ERR.unsupportedConstraintType;
  }
}

const equalFolded = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const endsWithFolded = (text: string, suffix: string): boolean => text.toLowerCase().endsWith(suffix.toLowerCase());
const verdict = (matches: boolean): number => (matches ? MATCH : NO_MATCH);

function matchDns(name: string, base: string, mode: ConstraintMode): number {
  if (base === '') return MATCH;
  let dns = name;
  let subtree = base;
  if (mode.profile === 'boringssl') {
    dns = dns.replace(/\.$/, '');
    subtree = subtree.replace(/\.$/, '');
    if (mode.excluding && dns.startsWith('*.')) {
      const dot = subtree.indexOf('.');
      if (dot >= 0 && equalFolded(dns.slice(2), subtree.slice(dot + 1))) return MATCH;
    }
  }
  if (subtree.startsWith('.')) return verdict(endsWithFolded(dns, subtree));
  return verdict(equalFolded(dns, subtree) || endsWithFolded(dns, `.${subtree}`));
}

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.]+$/;
const MAIL_DOMAIN = /^[A-Za-z0-9.-]+$/;

function matchEmail(name: string, base: string, mode: ConstraintMode): number {
  return mode.profile === 'boringssl'
    ? matchEmailStrictly(name, base, mode.foldLocalPart)
    : matchEmailLoosely(name, base);
}

function matchEmailStrictly(name: string, base: string, foldLocalPart: boolean): number {
  const [local = '', domain, ...more] = name.split('@');
  if (domain === undefined || more.length > 0 || !LOCAL_PART.test(local) || !MAIL_DOMAIN.test(domain))
    return ERR.unsupportedNameSyntax;
  const parts = base.split('@');
  const baseDomain = parts[parts.length - 1] ?? '';
  const baseLocal = parts.length > 1 ? (parts[0] ?? '') : undefined;
  if (parts.length > 2 || (baseLocal !== undefined && !LOCAL_PART.test(baseLocal)) || !MAIL_DOMAIN.test(baseDomain))
    return ERR.unsupportedNameSyntax;
  if (baseLocal !== undefined) {
    const sameLocal = foldLocalPart ? equalFolded(local, baseLocal) : local === baseLocal;
    return verdict(sameLocal && equalFolded(domain, baseDomain));
  }
  return verdict(baseDomain.startsWith('.') ? endsWithFolded(domain, baseDomain) : equalFolded(domain, baseDomain));
}

function matchEmailLoosely(name: string, base: string): number {
  const at = name.lastIndexOf('@');
  if (at < 0) return ERR.unsupportedNameSyntax;
  const baseAt = base.lastIndexOf('@');
  if (baseAt < 0 && base.startsWith('.')) return verdict(name.length > base.length && endsWithFolded(name, base));
  if (baseAt > 0 && name.slice(0, at) !== base.slice(0, baseAt)) return NO_MATCH;
  return verdict(equalFolded(name.slice(at + 1), base.slice(baseAt + 1)));
}

/** The host of `scheme://host[:port][/...]`: in a SPIFFE ID, its trust domain. */
function matchUri(name: string, base: string): number {
  const match = /^[^:]*:\/\/(.*)$/s.exec(name);
  if (match === null) return ERR.unsupportedNameSyntax;
  const rest = match[1] ?? '';
  const colon = rest.indexOf(':');
  const slash = rest.indexOf('/');
  const host = colon >= 0 ? rest.slice(0, colon) : slash >= 0 ? rest.slice(0, slash) : rest;
  if (host === '') return ERR.unsupportedNameSyntax;
  return verdict(base.startsWith('.') ? endsWithFolded(host, base) : equalFolded(host, base));
}

function matchIp(address: Uint8Array, base: Uint8Array): number {
  if (address.length !== 4 && address.length !== 16) return ERR.unsupportedNameSyntax;
  if (base.length !== 8 && base.length !== 32) return ERR.unsupportedConstraintSyntax;
  if (base.length !== 2 * address.length) return NO_MATCH;
  const { length } = address;
  return verdict(address.every((byte, i) => ((byte ^ (base[i] ?? 0)) & (base[length + i] ?? 0)) === 0));
}
