/**
 * How curl with OpenSSL judges the name of a server: subjectAltNames of the kind of the target, and
 * the last common name when there is neither a DNS nor an IP name. lib/vtls/openssl.c verifyhost,
 * lib/vtls/hostcheck.c (with the fix of CVE-2023-28321, which Debian's 7.88 carries).
 */
import { equalBytes } from '../crypto/bytes.ts';
import type { Certificate } from './types.ts';
import { parseIp } from './x509/generalName.ts';
import { COMMON_NAME } from './x509/oids.ts';

/** curl's message (exit code 60) when the certificate does not belong to the host, else undefined. */
export function curlHostMismatch(certificate: Certificate, host: string): string | undefined {
  const address = parseIp(host);
  const names = certificate.subjectAltNames ?? [];
  const matches = names.some((name) =>
    address === undefined
      ? name.kind === 'dns' && curlHostMatch(name.value, host)
      : name.kind === 'ip' && equalBytes(name.bytes, address),
  );
  if (matches) return undefined;
  if (names.some((name) => name.kind === 'dns' || name.kind === 'ip'))
    return `SSL: no alternative certificate subject name matches target host name '${host}'`;
  const commonName = certificate.subject.rdns
    .flat()
    .filter((attribute) => attribute.oid === COMMON_NAME)
    .pop();
  if (commonName === undefined) return 'SSL: unable to obtain common name from peer certificate';
  if (commonName.value.includes('\0')) return 'SSL: illegal cert name field';
  if (curlHostMatch(commonName.value, host)) return undefined;
  return `SSL: certificate subject name '${commonName.value}' does not match target host name '${host}'`;
}

const equalFolded = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** curl's host name comparison: a wildcard is the whole first label and has two labels after it. */
export function curlHostMatch(pattern: string, host: string): boolean {
  if (pattern === '' || host === '') return false;
  const name = host.replace(/\.$/, '');
  const wanted = pattern.replace(/\.$/, '');
  if (!wanted.startsWith('*.')) return equalFolded(wanted, name);
  if (parseIp(name) !== undefined) return false;
  if (wanted.lastIndexOf('.') === 1) return equalFolded(wanted, name);
  const dot = name.indexOf('.');
  return dot >= 0 && equalFolded(name.slice(dot), wanted.slice(1));
}
