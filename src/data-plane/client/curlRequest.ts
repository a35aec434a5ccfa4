/** What curl puts on the wire for a call: the HTTP request, and the TLS client around it. */
import { parsePrivateKey } from '../../crypto/privateKey.ts';
import { isIpv4 } from '../../network/cidr.ts';
import { keyMatches, parseCertificates } from '../../pki/certificate.ts';
import type { ClientTlsOptions, HttpCall } from '../../trace/call.ts';
import { ANY_CIPHER_SUITES } from '../tls/versions.ts';
import type { ClientTrust, HttpRequest, TlsClient } from '../wire.ts';
import type { CurlUrl } from './curlUrl.ts';

/** The version whose behaviour is modelled. */
const USER_AGENT = 'curl/7.88.1';

/** `-H 'Name:'`, or nothing but white space after it: takes curl's own header away. Host is sent empty for the latter. */
const isRemoval = ([name, value]: HttpCall['headers'][number]): boolean =>
  name.trim().endsWith(':') || (value !== '' && value.trim() === '' && name.trim().toLowerCase() !== 'host');

const nameOf = (name: string): string => name.toLowerCase().trim().replace(/:$/, '');

/** Headers given with -H replace curl's own of that name; `Name;`, an entry without a value, is sent empty. */
export function curlRequest(call: HttpCall, url: CurlUrl): HttpRequest {
  const named = new Set(call.headers.map(([name]) => nameOf(name)));
  const given = call.headers
    .filter((header) => !isRemoval(header))
    .map(([name, value]) => [nameOf(name), value.trim()] as const);
  const own: [string, string][] = [
    ['user-agent', USER_AGENT],
    ['accept', '*/*'],
  ];
  if (url.credentials !== undefined) own.push(['authorization', `Basic ${btoa(url.credentials)}`]);
  const host = given.findLast(([name]) => name === 'host')?.[1];
  return {
    version: call.httpVersion,
    method: call.method,
    scheme: url.scheme,
    ...(host === undefined && named.has('host')
      ? { authority: '', noHost: true as const }
      : { authority: host ?? url.hostHeader }),
    path: url.path,
    headers: [...own.filter(([name]) => !named.has(name)), ...given.filter(([name]) => name !== 'host')],
  };
}

export type CurlTls =
  | { readonly kind: 'client'; readonly client: TlsClient }
  /** curl fails before it speaks: the files it was given are no good. */
  | { readonly kind: 'local-error'; readonly exit: number; readonly error: string };

/** Security level 2 of OpenSSL, the default of Debian and Ubuntu. */
const OPENSSL_RSA_MINIMUM = 2048;
const HINT = '(no key found, wrong pass phrase, or wrong file format?)';
const KEY_TOO_SMALL = `OpenSSL error error:0A00018F:SSL routines::ee key too small, ${HINT}`;
const NO_START_LINE = `OpenSSL error error:0480006C:PEM routines::no start line, ${HINT}`;

const ALPN = { '1.0': ['http/1.0'], '1.1': ['http/1.1'], '2': ['h2', 'http/1.1'] } as const;

export function curlTlsClient(call: HttpCall, url: CurlUrl): CurlTls {
  const options = call.tls;
  const own = options.certificate === undefined ? undefined : clientCertificate(options.certificate);
  if (own?.kind === 'local-error') return own;
  const trust = curlTrust(options, url);
  if (trust === undefined) return { kind: 'local-error', exit: 77, error: 'error setting certificate file' };
  const host = url.host.replace(/\.$/, '');
  return {
    kind: 'client',
    client: {
      implementation: 'curl-openssl',
      ...(isIpv4(host) ? {} : { sni: host }),
      alpn: ALPN[call.httpVersion],
      minVersion: options.minVersion ?? '1.0',
      maxVersion: options.maxVersion ?? '1.3',
      cipherSuites: ANY_CIPHER_SUITES,
      ...(own === undefined ? {} : { certificate: own.certificate }),
      trust,
    },
  };
}

type OwnCertificate =
  | { readonly kind: 'certificate'; readonly certificate: NonNullable<TlsClient['certificate']> }
  | Extract<CurlTls, { kind: 'local-error' }>;

/** The certificate is loaded before the key, and both before the authorities. */
function clientCertificate(given: NonNullable<ClientTlsOptions['certificate']>): OwnCertificate {
  const unusable = (error: string): OwnCertificate => ({ kind: 'local-error', exit: 58, error });
  const chain = parseCertificates(given.chain);
  if (!chain.ok) return unusable(`could not load PEM client certificate, ${NO_START_LINE}`);
  const [leaf] = chain.value;
  if (leaf?.publicKey.kind === 'rsa' && leaf.publicKey.bits < OPENSSL_RSA_MINIMUM)
    return unusable(`could not load PEM client certificate, ${KEY_TOO_SMALL}`);
  const key = parsePrivateKey(given.key);
  if (!key.ok || (leaf !== undefined && !keyMatches(leaf, key.value)))
    return unusable('unable to set private key file');
  return { kind: 'certificate', certificate: { chain: chain.value, key: key.value } };
}

function curlTrust(options: ClientTlsOptions, url: CurlUrl): ClientTrust | undefined {
  const rest = { hashPins: [], spkiPins: [] };
  if (options.insecure) return { anchors: 'none', names: [], ...rest };
  const names = [{ kind: 'host-name' as const, host: url.host.replace(/\.$/, '') }];
  if (options.caCertificates === undefined) return { anchors: 'system', names, ...rest };
  const anchors = parseCertificates(options.caCertificates);
  return anchors.ok ? { anchors: anchors.value, names, ...rest } : undefined;
}
