/** What Go's crypto/x509 says of chains: held against recordings of Go itself, and of our own CAs. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CaSpec, createCa, DAY, issueWorkloadCertificate } from './ca.ts';
import { parseCertificates } from './certificate.ts';
import { type GoPurpose, goVerify } from './goVerify.ts';

interface Opinion {
  readonly name: string;
  readonly leaf: string;
  readonly intermediates: readonly string[];
  readonly roots: readonly string[];
  readonly purpose: GoPurpose;
  /** '': it verifies. */
  readonly error: string;
}
/** Each is a call of Certificate.Verify with these pools, at `now`. */
const { recordedWith, now, opinions } = JSON.parse(readFileSync('src/pki/goOpinions.json', 'utf8')) as {
  readonly recordedWith: string;
  readonly now: string;
  readonly opinions: readonly Opinion[];
};

const certificates = (pems: readonly string[]) =>
  pems.flatMap((pem) => {
    const parsed = parseCertificates(pem);
    if (!parsed.ok) throw new Error(parsed.error.detail);
    return parsed.value;
  });

describe(`as recorded with ${recordedWith}`, () => {
  it.each(opinions)('$name', ({ leaf, intermediates, roots, purpose, error }) => {
    const [end] = certificates([leaf]);
    if (end === undefined) throw new Error('no leaf');
    const said = goVerify(end, certificates(intermediates), certificates(roots), Date.parse(now), purpose);
    expect(said?.text ?? '').toBe(error);
  });
});

const NOW = Date.UTC(2026, 10, 23);
const root = (more: Partial<CaSpec> = {}) =>
  createCa({ seed: 'go', label: 'root', notBefore: NOW - DAY, notAfter: NOW + 100 * DAY, ...more });
const below = (parent: ReturnType<typeof root>, label: string, more: Partial<CaSpec> = {}) =>
  root({ label, subject: [['CN', label]], parent, ...more });

const verify = (ca: ReturnType<typeof root>, now = NOW): string | undefined => {
  const issued = issueWorkloadCertificate(ca, { spiffeId: 'spiffe://cluster.local/ns/a/sa/b', issuedAt: NOW });
  if (!issued.ok) throw new Error(issued.error.code);
  const above = ca.roots.includes(ca.certificate) ? [] : [ca.certificate, ...ca.intermediates];
  return goVerify(issued.value.certificate, above, ca.roots, now)?.text;
};

describe('Go', () => {
  it.each<[string, ReturnType<typeof root>, string | undefined]>([
    ['takes a chain to a root', root(), undefined],
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
