/**
 * Makes the material of the example `certificate-failures`: one CA, and a certificate for every way in
 * which certificates fail. `node scripts/run-ts.mjs scripts/certificateGallery.ts` writes pems/ and
 * credentials.yaml; everything derives from a fixed seed, so running it again changes nothing.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { deriveSerial } from '../src/crypto/derive.ts';
import type { PrivateKey } from '../src/crypto/keys.ts';
import { writePem } from '../src/crypto/pem.ts';
import { privateKeyPem } from '../src/crypto/privateKey.ts';
import { EKU, encodeName, signCertificate, signCrl, signSelf } from '../src/pki/ca.ts';
import { certificatePem } from '../src/pki/certificate.ts';
import { deriveKey } from '../src/pki/keyAlgorithm.ts';
import type { Certificate } from '../src/pki/types.ts';

const SEED = 'certificate failures';
const FOLDER = 'src/scenarios/catalog/certificate-failures';
const LONG = [Date.UTC(2020, 0, 1), Date.UTC(2120, 0, 1)] as const;
const EXPIRED = [Date.UTC(2025, 0, 1), Date.UTC(2026, 10, 20)] as const;
const FUTURE = [Date.UTC(2026, 11, 1), Date.UTC(2027, 11, 1)] as const;

interface Holder {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
}
interface Wish {
  readonly validity?: readonly [number, number];
  readonly usage?: string;
  readonly dns?: string;
  readonly uri?: string;
  readonly ca?: boolean;
  readonly pathLength?: number;
}

function issue(name: string, issuer: Holder | undefined, wish: Wish): Holder {
  const { validity: [notBefore, notAfter] = LONG, dns, uri, ca = false, pathLength } = wish;
  const key = deriveKey(SEED, name, 'P-256');
  const template = {
    serial: deriveSerial(SEED, name),
    subject: encodeName([['CN', name]]),
    notBefore,
    notAfter,
    keyUsage: ca ? (['keyCertSign', 'cRLSign'] as const) : (['digitalSignature'] as const),
    ...(wish.usage === undefined ? {} : { extendedKeyUsage: [wish.usage] }),
    basicConstraints: { ca, ...(pathLength === undefined ? {} : { pathLength }) },
    ...(ca ? { subjectKeyId: 'computed' as const } : {}),
    ...(dns === undefined ? {} : { subjectAltNames: [{ kind: 'dns', value: dns } as const] }),
    ...(uri === undefined ? {} : { subjectAltNames: [{ kind: 'uri', value: uri } as const] }),
  };
  return { certificate: issuer ? signCertificate(template, key.publicKey, issuer) : signSelf(template, key), key };
}

const root = issue('Gallery root', undefined, { ca: true });
const intermediate = issue('Gallery intermediate', root, { ca: true });
const foreign = issue('Some other root', undefined, { ca: true });
const shortRoot = issue('Gallery CA, no CA below', root, { ca: true, pathLength: 0 });
const tooDeep = issue('Gallery CA that must not be', shortRoot, { ca: true });

const host = (slug: string): string => `${slug}.gallery.example`;
const server = (slug: string, issuer: Holder, wish: Wish = {}): Holder =>
  issue(host(slug), issuer, { dns: host(slug), usage: EKU.serverAuth, ...wish });
const client = (slug: string, issuer: Holder, wish: Wish = {}): Holder =>
  issue(`client ${slug}`, issuer, { uri: `spiffe://gallery.example/client/${slug}`, usage: EKU.clientAuth, ...wish });

const good = client('good', intermediate);
const revoked = client('revoked', intermediate);
const unknown = client('unknown', foreign);
const otherDomain = client('other-domain', intermediate, { uri: 'spiffe://partner.example/client/shop' });
const crl = signCrl(
  {
    number: 7,
    thisUpdate: Date.UTC(2026, 10, 1),
    nextUpdate: Date.UTC(2036, 0, 1),
    revoked: [{ serial: revoked.certificate.serial, revokedAt: Date.UTC(2026, 10, 2), reason: 1 }],
  },
  intermediate,
);

const pem = (...holders: readonly Holder[]): string =>
  holders.map(({ certificate }) => certificatePem(certificate)).join('');
interface Credential {
  readonly chain: string;
  readonly key: PrivateKey;
  readonly trusts?: string;
  readonly crl?: string;
}
const credential = (leaf: Holder, above: readonly Holder[], more: Partial<Credential> = {}): Credential => ({
  chain: pem(leaf, ...above),
  key: leaf.key,
  ...more,
});
const CLIENTS = pem(intermediate, root);
const plain = (slug: string, wish: Wish = {}): Credential =>
  credential(server(slug, intermediate, wish), [intermediate]);
const mutual = (slug: string, more: Partial<Credential> = {}): Credential => ({
  ...plain(slug),
  trusts: CLIENTS,
  ...more,
});

const credentials: Readonly<Record<string, Credential>> = {
  fine: mutual('fine'),
  expired: plain('expired', { validity: EXPIRED }),
  'not-yet-valid': plain('not-yet-valid', { validity: FUTURE }),
  'untrusted-root': credential(server('untrusted-root', foreign), []),
  'missing-intermediate': credential(server('missing-intermediate', intermediate), []),
  'wrong-name': plain('wrong-name', { dns: 'elsewhere.example' }),
  'wrong-usage': plain('wrong-usage', { usage: EKU.clientAuth }),
  'path-length': credential(server('path-length', tooDeep), [tooDeep, shortRoot]),
  'client-missing': mutual('client-missing'),
  'client-unknown': mutual('client-unknown'),
  'client-domain': mutual('client-domain'),
  revoked: mutual('revoked', { crl: writePem('X509 CRL', crl.der) }),
  'key-mismatch': { ...plain('key-mismatch'), key: deriveKey(SEED, 'another key', 'P-256') },
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function secret(slug: string, { chain, key, trusts, crl: list }: Credential): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${slug}
  namespace: istio-system
type: Opaque
data:
  key: ${base64(privateKeyPem(key))}
  cert: ${base64(chain)}
${trusts === undefined ? '' : `  cacert: ${base64(trusts)}\n`}${list === undefined ? '' : `  crl: ${base64(list)}\n`}`;
}

mkdirSync(`${FOLDER}/pems`, { recursive: true });
writeFileSync(
  `${FOLDER}/credentials.yaml`,
  `# What each server of the gateway presents. Made by a script from
# a fixed seed: the keys are public, in every copy of the studio.
${Object.entries(credentials)
  .map(([slug, one]) => secret(slug, one))
  .join('---\n')}`,
);
const pems: Readonly<Record<string, string>> = {
  'gallery-root': pem(root),
  good: pem(good, intermediate) + privateKeyPem(good.key),
  revoked: pem(revoked, intermediate) + privateKeyPem(revoked.key),
  unknown: pem(unknown) + privateKeyPem(unknown.key),
  'other-domain': pem(otherDomain, intermediate) + privateKeyPem(otherDomain.key),
};
for (const [name, text] of Object.entries(pems)) writeFileSync(`${FOLDER}/pems/${name}.pem`, text);
