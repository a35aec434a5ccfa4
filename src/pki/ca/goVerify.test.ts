/** What Go's crypto/x509 says of each chain that it refuses. */
import { describe, expect, it } from 'vitest';
import { type CaSpec, createCa, DAY, issueWorkloadCertificate } from '../ca.ts';
import type { GeneralSubtree } from '../types.ts';
import { goVerify } from './goVerify.ts';

const NOW = Date.UTC(2026, 10, 23);
const uri = (value: string): GeneralSubtree => ({ base: { kind: 'uri', value }, hasDistance: false });
const root = (more: Partial<CaSpec> = {}) =>
  createCa({ seed: 'go', label: 'root', notBefore: NOW - DAY, notAfter: NOW + 100 * DAY, ...more });
const below = (parent: ReturnType<typeof root>, label: string, more: Partial<CaSpec> = {}) =>
  root({ label, subject: [['CN', label]], parent, ...more });

const verify = (ca: ReturnType<typeof root>, now = NOW): string | undefined => {
  const issued = issueWorkloadCertificate(ca, { spiffeId: 'spiffe://cluster.local/ns/a/sa/b', issuedAt: NOW });
  if (!issued.ok) throw new Error(issued.error.code);
  const above = ca.roots.includes(ca.certificate) ? [] : [ca.certificate, ...ca.intermediates];
  return goVerify(issued.value.certificate, above, ca.roots, now);
};

describe('Go', () => {
  it.each<[string, ReturnType<typeof root>, string | undefined]>([
    ['takes a chain to a root', root(), undefined],
    [
      'takes a name inside the constraint',
      root({ nameConstraints: { permitted: [uri('cluster.local')], excluded: [] } }),
      undefined,
    ],
    [
      'refuses a name outside of what is permitted',
      root({ nameConstraints: { permitted: [uri('other.example')], excluded: [] } }),
      'x509: a root or intermediate certificate is not authorized to sign for this name: URI "spiffe://cluster.local/ns/a/sa/b" is not permitted by any constraint',
    ],
    [
      'refuses a name that is excluded',
      root({ nameConstraints: { permitted: [], excluded: [uri('cluster.local')] } }),
      'x509: a root or intermediate certificate is not authorized to sign for this name: URI "spiffe://cluster.local/ns/a/sa/b" is excluded by constraint "cluster.local"',
    ],
    [
      'refuses a CA below one that may have none',
      below(root({ pathLength: 0 }), 'too deep'),
      'x509: too many intermediates for path length constraint',
    ],
  ])('%s', (_, ca, expected) => {
    expect(verify(ca)).toBe(expected);
  });

  it('tells the time of an expired certificate and its own', () => {
    expect(verify(root(), NOW + 2 * DAY)).toBe(
      'x509: certificate has expired or is not yet valid: current time 2026-11-25T00:00:00Z is after 2026-11-24T00:00:00Z',
    );
  });
});
