/**
 * The error catalogue: what a gateway's Secret can lack, what is wrong with the certificates in it,
 * and with the files that the caller gives curl. A PKI made for the test takes FooCorp's place, so that each fault can be issued.
 */
import { describe, expect, it } from 'vitest';
import { faultyPki, type Issued } from '../../testing/faultyPki.ts';
import {
  add,
  type Base,
  call,
  type Edit,
  expected,
  FOOCORP,
  played,
  type Row,
  replace,
  titled,
  WORKING,
} from './play.ts';

const NOW = Date.parse(FOOCORP.now);
const DAY = 86_400_000;
const {
  issue,
  revoking,
  staleLists,
  issuing: ISSUING,
  root: ROOT,
  stranger: STRANGER,
} = faultyPki(NOW, 'frontend.foocorp.com');

const server = issue('server');
const client = issue('client', { subjectAltNames: [{ kind: 'dns', value: 'client.foocorp.com' }] });

/** The last byte of a certificate belongs to its signature. */
const withSpoiltSignature = (pem: string): string => {
  const der = Uint8Array.from(atob(pem.replace(/-----[^-]+-----|\s/g, '')), (char) => char.charCodeAt(0));
  der[der.length - 1] = (der[der.length - 1] ?? 0) ^ 1;
  return `-----BEGIN CERTIFICATE-----\n${btoa(String.fromCharCode(...der))}\n-----END CERTIFICATE-----\n`;
};

interface Values {
  readonly [key: string]: string;
}
const GOOD: Values = { cert: server.pem + ISSUING, key: server.key, cacert: ROOT };
const secret = (values: Values, name = 'frontend-credential', namespace = 'istio-system'): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: values });

/** FooCorp's Secret for the frontend gives way to one of the test's own. */
const withSecret = (yaml: string, document: string): string =>
  yaml.replace(/apiVersion: v1\nkind: Secret\nmetadata: \{name: frontend-credential[\s\S]*?(?=\n---)/, () => document);

const FILE = {
  ...FOOCORP,
  manifests: withSecret(FOOCORP.manifests, secret(GOOD)),
  pems: {
    ...FOOCORP.pems,
    root: { cert: ROOT },
    issuing: { cert: ISSUING },
    stranger: { cert: STRANGER },
    client: { cert: client.pem + ISSUING, key: client.key },
    spoilt: { cert: withSpoiltSignature(client.pem) + ISSUING, key: client.key },
    'no certificate': { cert: 'garbage', key: client.key },
    'no key': { cert: client.pem + ISSUING, key: 'garbage' },
    'another key': { cert: client.pem + ISSUING, key: server.key },
    'no file': { cert: '' },
    ...Object.fromEntries(
      [
        issue('early', { notBefore: NOW + DAY }),
        issue('expired', { notAfter: NOW - DAY }),
        issue('serving only', { usages: ['serverAuth'] }),
        issue('foreign', { by: 'stranger' }),
      ].map((made) => [made.certificate.subject.text.slice(3), { cert: made.pem + ISSUING, key: made.key }]),
    ),
  },
};
const BASE: Base = { file: FILE, call: { ...WORKING, cacert: 'root', cert: 'client' } };

const change = (values: Values): Edit => replace(secret(GOOD), secret({ ...GOOD, ...values }));
const withKeys = (values: Values): Edit => replace(secret(GOOD), secret(values));
const serving = (made: Issued): Edit => change({ cert: made.pem + ISSUING, key: made.key });

const tls = 'mode: MUTUAL, credentialName: frontend-credential}';
const reset = { exit: [35], error: /Connection reset by peer/ } as const;

const SECRETS: readonly Row[] = [
  {
    ...reset,
    title: 'it is in the namespace of the Gateway',
    edit: replace(secret(GOOD), secret(GOOD, 'frontend-credential', 'default')),
    remedy: 'supply-the-secret',
  },
  {
    ...reset,
    title: 'credentialName names another namespace',
    edit: replace('credentialName: frontend-credential}', 'credentialName: ux/frontend-credential}'),
    remedy: 'keep-the-secret-with-the-gateway',
  },
  {
    ...reset,
    title: 'its keys have other names',
    edit: withKeys({ 'server.crt': GOOD.cert ?? '', 'server.key': GOOD.key ?? '' }),
    remedy: 'use-the-secret-keys',
  },
  {
    ...reset,
    title: 'it has no CA, and the server is MUTUAL',
    edit: withKeys({ cert: GOOD.cert ?? '', key: GOOD.key ?? '' }),
    remedy: 'use-the-secret-keys',
  },
  {
    ...reset,
    title: 'a Secret for the CA exists, and has none',
    edit: add(secret({ other: 'x' }, 'frontend-credential-cacert')),
    remedy: 'use-the-secret-keys',
  },
  {
    ...reset,
    title: 'the key is of another certificate',
    edit: change({ key: client.key }),
    remedy: 'mend-the-secret',
  },
  { ...reset, title: 'the certificate is no PEM', edit: change({ cert: 'garbage' }), remedy: 'mend-the-secret' },
  { ...reset, title: 'the CA is no PEM', edit: change({ cacert: 'garbage' }), remedy: 'mend-the-secret' },
];

const SERVER_CERTIFICATES: readonly Row[] = [
  {
    title: 'it has expired',
    days: 400,
    call: call({ cert: 'client' }),
    exit: [60],
    error: /certificate has expired/,
    remedy: 'renew-the-server-certificate',
  },
  {
    title: 'it is not yet valid',
    edit: serving(issue('early server', { notBefore: NOW + DAY })),
    exit: [60],
    error: /certificate is not yet valid/,
    remedy: 'renew-the-server-certificate',
  },
  {
    title: 'it signs itself',
    edit: serving(issue('itself', { by: 'itself' })),
    exit: [60],
    error: /self-signed certificate/,
    remedy: 'trust-the-server-ca',
  },
  {
    title: 'it brings a root of its own along',
    edit: change({ cert: server.pem + ISSUING + ROOT }),
    call: call({ cacert: 'stranger' }),
    exit: [60],
    error: /self-signed certificate in certificate chain/,
    remedy: 'trust-the-server-ca',
  },
  {
    title: 'its intermediate is missing',
    edit: change({ cert: server.pem }),
    exit: [60],
    error: /unable to get local issuer certificate/,
    remedy: 'trust-the-server-ca',
  },
  {
    title: 'it may not serve',
    edit: serving(issue('client only', { usages: ['clientAuth'] })),
    exit: [60],
    error: /unsuitable certificate purpose/,
    remedy: 'fix-the-server-certificate',
  },
  {
    title: 'it has a SPIFFE ID and no name',
    edit: serving(
      issue('mesh', {
        nameless: true,
        subjectAltNames: [{ kind: 'uri', value: 'spiffe://cluster.local/ns/a/sa/b' }],
      }),
    ),
    exit: [60],
    error: /unable to obtain common name|no alternative certificate subject name/,
    remedy: 'use-a-name-of-the-certificate',
  },
  {
    title: 'it has no name but its common name, which curl takes and browsers refuse',
    edit: serving(issue('frontend.foocorp.com', { subjectAltNames: [] })),
    exit: [0],
    status: 200,
  },
];

const CLIENT_CERTIFICATES: readonly Row[] = [
  {
    title: 'it is not yet valid',
    call: call({ cert: 'early' }),
    exit: [55, 56],
    remedy: 'renew-the-client-certificate',
  },
  {
    title: 'it is not yet valid, TLS 1.2',
    call: call({ cert: 'early', tlsMax: '1.2' }),
    exit: [60],
    error: /SSL certificate verification failed/,
    remedy: 'renew-the-client-certificate',
  },
  {
    title: 'it may only serve',
    call: call({ cert: 'serving only' }),
    exit: [55, 56],
    remedy: 'fix-the-client-certificate',
  },
  {
    title: 'its CA is a stranger',
    call: call({ cert: 'foreign' }),
    exit: [55, 56],
    remedy: 'use-a-certificate-of-the-client-ca',
  },
  {
    title: 'it is not a pinned one',
    edit: replace(tls, `${tls.slice(0, -1)}, verifyCertificateHash: ["${'ab'.repeat(32)}"]}`),
    exit: [55, 56],
    remedy: 'use-a-pinned-certificate',
  },
  {
    title: 'it is revoked',
    edit: change({ crl: revoking(client.certificate) }),
    exit: [55, 56],
    error: /alert certificate revoked|getpeername/,
    remedy: 'replace-the-revoked-certificate',
  },
  {
    title: 'its CA has no revocation list, and another has',
    edit: change({
      crl: revoking(client.certificate).replace(/^-----BEGIN X509 CRL-----[\s\S]*?-----END X509 CRL-----\n/, ''),
    }),
    exit: [55, 56],
    error: /alert unknown ca|getpeername/,
    remedy: 'replace-the-revoked-certificate',
  },
  {
    title: 'the revocation lists have expired',
    edit: change({ crl: staleLists }),
    exit: [55, 56],
    details: /CRL_has_expired/,
    remedy: 'replace-the-revoked-certificate',
  },
  {
    title: 'the revocation lists have expired, TLS 1.2',
    edit: change({ crl: staleLists }),
    call: call({ cert: 'client', tlsMax: '1.2' }),
    exit: [60],
    error: /SSL certificate verification failed/,
    remedy: 'replace-the-revoked-certificate',
  },
  {
    title: 'its signature is spoilt',
    call: call({ cert: 'spoilt' }),
    exit: [55, 56],
    remedy: 'fix-the-client-certificate',
  },
  {
    title: 'it is a bad one where none is needed',
    edit: replace(tls, tls.replace('MUTUAL', 'OPTIONAL_MUTUAL')),
    call: call({ cert: 'foreign' }),
    exit: [55, 56],
    remedy: 'use-a-certificate-of-the-client-ca',
  },
];

const late12 = (title: string, cert: string, error: RegExp, remedy: NonNullable<Row['remedy']>): Row => ({
  title: `${title}, TLS 1.2`,
  call: call({ cert, tlsMax: '1.2' }),
  exit: [35],
  error,
  remedy,
});

const CLIENT_CERTIFICATES_TLS_1_2: readonly Row[] = [
  late12('it may only serve', 'serving only', /sslv3 alert unsupported certificate/, 'fix-the-client-certificate'),
  {
    ...late12('it is not a pinned one', 'client', /tlsv1 bad certificate hash value/, 'use-a-pinned-certificate'),
    edit: replace(tls, `${tls.slice(0, -1)}, verifyCertificateHash: ["${'ab'.repeat(32)}"]}`),
  },
  {
    ...late12('its name is not accepted', 'client', /sslv3 alert certificate unknown/, 'use-an-accepted-client-name'),
    edit: replace(tls, `${tls.slice(0, -1)}, subjectAltNames: [partner.example.com]}`),
  },
  {
    ...late12('it is revoked', 'client', /sslv3 alert certificate revoked/, 'replace-the-revoked-certificate'),
    edit: change({ crl: revoking(client.certificate) }),
  },
  {
    title: 'it has expired, TLS 1.2',
    call: call({ cert: 'expired', tlsMax: '1.2' }),
    exit: [60],
    error: /SSL certificate verification failed/,
    remedy: 'renew-the-client-certificate',
  },
];

const CALLER_FILES: readonly Row[] = [
  {
    title: 'the client certificate is no PEM',
    call: call({ cert: 'no certificate' }),
    exit: [58],
    error: /could not load PEM client certificate/,
    remedy: 'mend-the-client-certificate-file',
  },
  {
    title: 'the client certificate is no PEM, and nothing listens: the connection comes first',
    edit: replace('selector: {istio: ingressgateway}\n  servers', 'selector: {istio: nobody}\n  servers'),
    call: call({ cert: 'no certificate' }),
    exit: [7],
    error: /Failed to connect/,
    remedy: 'open-the-port',
  },
  {
    title: 'neither the client certificate nor the CA file can be read: the certificate comes first',
    call: call({ cert: 'no certificate', cacert: 'no file' }),
    exit: [58],
    error: /could not load PEM client certificate/,
    remedy: 'mend-the-client-certificate-file',
  },
  {
    title: 'the private key is no PEM',
    call: call({ cert: 'no key' }),
    exit: [58],
    error: /unable to set private key file/,
    remedy: 'mend-the-client-certificate-file',
  },
  {
    title: 'the private key is of another certificate',
    call: call({ cert: 'another key' }),
    exit: [58],
    error: /unable to set private key file/,
    remedy: 'mend-the-client-certificate-file',
  },
  {
    title: 'the CA file has no certificate',
    call: call({ cacert: 'no file' }),
    exit: [77],
    error: /error setting certificate file/,
    remedy: 'mend-the-ca-file',
  },
];

describe.each([
  ['the Secret of a gateway', SECRETS],
  ['the certificate of a server', SERVER_CERTIFICATES],
  ['the certificate of a client', CLIENT_CERTIFICATES],
  ['the certificate of a client, older TLS', CLIENT_CERTIFICATES_TLS_1_2],
  ['the files of the caller', CALLER_FILES],
] as const)('%s', (_name, rows) => {
  it.each(titled(rows))('%s', async (_title, row) => {
    expect(await played(BASE, row)).toEqual(expected(row));
  });
});
