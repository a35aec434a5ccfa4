/**
 * Negotiation of version, cipher suite and application protocol: what both ends have in common.
 * RFC 8446 4.2.1 and 4.1.1, RFC 5246 7.4.1.2, RFC 7301 3.2; Envoy's and Go's own choices where
 * the standards leave one.
 */
import type { PublicKey } from '../../crypto/keys.ts';
import type { TlsVersion } from '../../trace/call.ts';

const ORDER: readonly TlsVersion[] = ['1.0', '1.1', '1.2', '1.3'];
const rank = (version: TlsVersion): number => ORDER.indexOf(version);

interface VersionRange {
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
}

/** The highest version both support. */
export function negotiateVersion(client: VersionRange, server: VersionRange): TlsVersion | undefined {
  const highest = Math.min(rank(client.maxVersion), rank(server.maxVersion));
  const lowest = Math.max(rank(client.minVersion), rank(server.minVersion));
  return highest >= lowest ? ORDER[highest] : undefined;
}

export const hasVersions = ({ minVersion, maxVersion }: VersionRange): boolean => rank(minVersion) <= rank(maxVersion);

/** Before TLS 1.2 the server signs its ephemeral key over SHA-1 (RFC 4346 7.4.3, RFC 8422 5.4). */
export const signsWithOldHash = (version: TlsVersion, cipherSuite: string): boolean =>
  rank(version) < rank('1.2') && cipherSuite.startsWith('ECDHE-');

/** Envoy's list for TLS 1.2 and below, in order; brackets (equal preference) left out. */
export const ENVOY_CIPHER_SUITES: readonly string[] = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
];

/** What OpenSSL and Go offer and accept by default is more than any Envoy list: everything here. */
export const ANY_CIPHER_SUITES: readonly string[] = [
  ...ENVOY_CIPHER_SUITES,
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
];

export const TLS13_CIPHER_SUITE = 'TLS_AES_128_GCM_SHA256';

/** Can this suite be used with a server key of that kind, in that version? */
function suits(suite: string, version: TlsVersion, key: PublicKey['kind']): boolean {
  const modern = suite.includes('GCM') || suite.includes('POLY1305');
  if (modern && rank(version) < rank('1.2')) return false;
  if (suite.startsWith('ECDHE-ECDSA-')) return key === 'ec' || key === 'ed25519';
  return key === 'rsa';
}

/** The suite of a TLS 1.2 (or older) handshake, by the server's preference; undefined: none in common. */
export function negotiateCipherSuite(
  client: readonly string[],
  server: readonly string[],
  version: TlsVersion,
  key: PublicKey['kind'],
): string | undefined {
  if (version === '1.3') return TLS13_CIPHER_SUITE;
  return server.find((suite) => client.includes(suite) && suits(suite, version, key));
}

export type AlpnOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'agreed'; readonly protocol: string }
  /** Go refuses when both sides named protocols and share none; Envoy goes on without. */
  | { readonly kind: 'refused' };

export function negotiateAlpn(
  client: readonly string[],
  server: readonly string[],
  implementation: 'envoy-boringssl' | 'go',
): AlpnOutcome {
  if (client.length === 0 || server.length === 0) return { kind: 'none' };
  const protocol = server.find((offered) => client.includes(offered));
  if (protocol !== undefined) return { kind: 'agreed', protocol };
  return implementation === 'go' ? { kind: 'refused' } : { kind: 'none' };
}
