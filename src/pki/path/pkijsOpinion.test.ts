/** PKI.js, an independent RFC 5280 implementation, on chains that we issued. */
import { CertificateChainValidationEngine, Certificate as PkijsCertificate } from 'pkijs';
import { describe, expect, test } from 'vitest';
import { type CertificateAuthority, createCa, DAY } from '../ca.ts';
import { workloadCredential } from '../credential.ts';
import { validatePath } from '../path.ts';
import type { Certificate } from '../types.ts';

const NOW = Date.UTC(2026, 10, 23);
const span = { notBefore: NOW - DAY, notAfter: NOW + 90 * DAY };
const ca = (label: string, parent?: CertificateAuthority): CertificateAuthority =>
  createCa({ seed: 'pkijs', label, subject: [['CN', label]], ...span, ...(parent && { parent }) });
const root = ca('Root');
const inter = ca('Inter', root);
const lower = ca('Lower', inter);
const stranger = ca('Stranger');

async function pkijsAccepts(
  chain: readonly Certificate[],
  anchors: readonly Certificate[],
  now: number,
): Promise<boolean> {
  const read = ({ der }: Certificate): PkijsCertificate => PkijsCertificate.fromBER(der.slice().buffer);
  const engine = new CertificateChainValidationEngine({
    trustedCerts: anchors.map(read),
    // The end-entity certificate comes last there.
    certs: [...chain].reverse().map(read),
    checkDate: new Date(now),
  });
  return (await engine.verify()).result;
}

describe('PKI.js and we agree', () => {
  test.each<[string, CertificateAuthority, readonly Certificate[], number, boolean]>([
    ['under the root', root, root.roots, NOW, true],
    ['under two intermediates', lower, root.roots, NOW, true],
    ['another root', lower, stranger.roots, NOW, false],
    ['after the end', lower, root.roots, NOW + 2 * DAY, false],
    ['before the beginning', lower, root.roots, NOW - DAY, false],
  ])('%s', async (_, issuer, anchors, now, expected) => {
    const made = workloadCredential(issuer, { spiffeId: 'spiffe://cluster.local/ns/a/sa/b', issuedAt: NOW }, false);
    if (!made.ok) throw new Error(made.error.code);
    const chain = made.value.chain();
    expect(validatePath(chain, anchors, { now, purpose: 'client' }).ok).toBe(expected);
    expect(await pkijsAccepts(chain, anchors, now)).toBe(expected);
  });
});
