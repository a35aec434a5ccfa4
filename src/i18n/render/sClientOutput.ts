/**
 * A handshake as `openssl s_client` tells of it: the command that would ask the same, and what it
 * prints of chain, verification and end. Only what the trace decided is in it: byte counts, keys of
 * the session and places in OpenSSL's source are left out. Data of OpenSSL, so in its own words.
 *
 * Upstream authority: OpenSSL 3.0 apps/s_client.c print_stuff, apps/lib/s_cb.c verify_callback.
 */
import type { CertificateCheck, TlsHandshakeStep } from '../../trace/tlsStep.ts';

export interface ShownCertificate {
  readonly fingerprint: string;
  /** RFC 4514. */
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: string;
  readonly signatureAlgorithm: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly pem: string;
}

export interface SClientFiles {
  readonly address: string;
  readonly port: number;
  readonly caFile?: string;
  readonly certificate?: string;
}

export function sClientOutput(
  handshake: TlsHandshakeStep,
  find: (fingerprint: string) => ShownCertificate | undefined,
  files: SClientFiles,
): string {
  const { client, server, negotiated, result, checks } = handshake;
  const shown = (fingerprints: readonly string[]) => fingerprints.flatMap((fingerprint) => find(fingerprint) ?? []);
  const chain = negotiated === undefined || result.kind === 'broken' ? [] : shown(server.certificateChain);
  const anchors = typeof client.trust.anchors === 'string' ? [] : shown(client.trust.anchors);
  const refusal = checks.find(({ by, passed }) => by === 'client' && !passed);
  const verified = client.trust.anchors !== 'none';
  const asked = chain.length > 0 && server.clientCertificate !== 'not-requested';
  const clientCas =
    asked && server.trust && typeof server.trust.anchors !== 'string' ? shown(server.trust.anchors) : [];
  return [
    `$ ${command(handshake, files)}`,
    'CONNECTED(00000003)',
    ...(chain.length === 0 ? [] : verification(chain, anchors, refusal, verified)),
    ...(result.kind === 'refused' && result.by === 'server' && !result.late ? [errorLine(result.clientSees)] : []),
    ...(result.kind === 'broken' ? [errorLine(result.clientSees)] : []),
    '---',
    ...(chain.length === 0 ? [] : ['Certificate chain', ...chain.flatMap(chainEntry), '---']),
    ...certificatePart(chain[0], refusal),
    ...(clientCas.length === 0
      ? ['No client certificate CA names sent']
      : ['Acceptable client certificate CA names', ...clientCas.map(({ subject }) => nameText(subject))]),
    '---',
    verificationLine(refusal, verified),
    ...(refusal === undefined && verified && chain.length > 0 && client.sni
      ? [`Verified peername: ${client.sni}`]
      : []),
    '---',
    negotiated === undefined || chain.length === 0
      ? 'New, (NONE), Cipher is (NONE)'
      : `New, TLSv${negotiated.version}, Cipher is ${negotiated.cipherSuite ?? '(NONE)'}`,
    negotiated?.alpn === undefined ? 'No ALPN negotiated' : `ALPN protocol: ${negotiated.alpn}`,
    `Verify return code: ${returnCode(refusal, verified)}`,
    '---',
    // TLS 1.3: the client is done before the server has looked at its certificate.
    ...(result.kind === 'refused' && result.by === 'server' && result.late ? [errorLine(result.clientSees)] : []),
  ].join('\n');
}

function command({ client }: TlsHandshakeStep, { address, port, caFile, certificate }: SClientFiles): string {
  const verifies = client.trust.anchors !== 'none';
  return [
    `openssl s_client -connect ${address.includes(':') ? `[${address}]` : address}:${port}`,
    client.sni === undefined ? '-noservername' : `-servername ${client.sni}`,
    ...(client.alpn.length === 0 ? [] : [`-alpn ${client.alpn.join(',')}`]),
    ...(client.maxVersion === '1.3' ? [] : [`-max_protocol TLSv${client.maxVersion}`]),
    ...(caFile === undefined ? [] : [`-CAfile ${caFile}`]),
    ...(verifies ? ['-verify_return_error'] : []),
    ...(verifies && client.sni !== undefined ? [`-verify_hostname ${client.sni}`] : []),
    ...(certificate === undefined ? [] : [`-cert ${certificate}.pem -key ${certificate}.key`]),
  ].join(' ');
}

/** From the trust anchor down, as the callback is called. */
function verification(
  chain: readonly ShownCertificate[],
  anchors: readonly ShownCertificate[],
  refusal: CertificateCheck | undefined,
  verified: boolean,
): string[] {
  if (!verified) return [];
  const path = pathOf(chain, anchors);
  if (refusal !== undefined) {
    const depth = refusal.depth ?? (refusal.check === 'chain' ? path.length - 1 : 0);
    const at = path[depth] ?? path.at(-1);
    const [number, text] = verifyError(refusal);
    return [
      `depth=${depth} ${at === undefined ? '' : nameText(at.subject)}`,
      `verify error:num=${number}:${text}`,
      'error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:',
    ];
  }
  return path
    .map(({ subject }, depth) => [`depth=${depth} ${nameText(subject)}`, 'verify return:1'])
    .reverse()
    .flat();
}

/** The certificates above the leaf, as far as names lead, to the first that is trusted. */
function pathOf(chain: readonly ShownCertificate[], anchors: readonly ShownCertificate[]): ShownCertificate[] {
  const path = chain.slice(0, 1);
  for (let last = path[0]; last !== undefined; ) {
    const { issuer, subject } = last;
    if (issuer === subject) break;
    const next: ShownCertificate | undefined = [...anchors, ...chain].find((candidate) => candidate.subject === issuer);
    if (next === undefined || path.includes(next)) break;
    path.push(next);
    last = next;
  }
  return path;
}

const chainEntry = (certificate: ShownCertificate, depth: number): string[] => [
  ` ${depth} s:${nameText(certificate.subject)}`,
  `   i:${nameText(certificate.issuer)}`,
  `   a:PKEY: ${keyText(certificate.publicKey)}; sigalg: ${signatureText(certificate.signatureAlgorithm)}`,
  `   v:NotBefore: ${dateText(certificate.notBefore)}; NotAfter: ${dateText(certificate.notAfter)}`,
];

/** OpenSSL keeps the certificate only of a peer that it has verified. */
function certificatePart(leaf: ShownCertificate | undefined, refusal: CertificateCheck | undefined): string[] {
  if (leaf === undefined || refusal !== undefined) return ['no peer certificate available', '---'];
  return [
    'Server certificate',
    leaf.pem.trim(),
    `subject=${nameText(leaf.subject)}`,
    `issuer=${nameText(leaf.issuer)}`,
    '---',
  ];
}

/** By what X509_verify_cert_error_string says. */
const NUMBERS: Readonly<Record<string, number>> = {
  'certificate is not yet valid': 9,
  'certificate has expired': 10,
  'self-signed certificate': 18,
  'self-signed certificate in certificate chain': 19,
  'unable to get local issuer certificate': 20,
  'certificate revoked': 23,
  'unsuitable certificate purpose': 26,
  'hostname mismatch': 62,
};

function verifyError({ check, text = '' }: CertificateCheck): readonly [number, string] {
  const known =
    check === 'names' ? 'hostname mismatch' : (Object.keys(NUMBERS).find((words) => text.endsWith(words)) ?? text);
  return [NUMBERS[known] ?? 1, known === '' ? 'unspecified certificate verification error' : known];
}

const NO_ROOT = 'unable to get local issuer certificate';

function verificationLine(refusal: CertificateCheck | undefined, verified: boolean): string {
  if (refusal !== undefined) return `Verification error: ${verifyError(refusal)[1]}`;
  return verified ? 'Verification: OK' : `Verification error: ${NO_ROOT}`;
}

function returnCode(refusal: CertificateCheck | undefined, verified: boolean): string {
  if (refusal !== undefined) return `${verifyError(refusal)[0]} (${verifyError(refusal)[1]})`;
  return verified ? '0 (ok)' : `20 (${NO_ROOT})`;
}

/** curl's words for OpenSSL's error, with the name of the function that s_client prints as well. */
function errorLine(clientSees: string): string {
  const alert = /error:(0A000[0-9A-F]{3}):SSL routines::(.*?)(?:, errno \d+)?$/.exec(clientSees);
  if (alert === null) return 'write:errno=104';
  const [, code = '', text = ''] = alert;
  const reason = Number.parseInt(code.slice(-4), 16);
  const number = reason >= 1000 && reason < 1256 ? `SSL alert number ${reason - 1000}` : '';
  return `error:${code}:SSL routines:${number === '' ? 'ssl3_get_record' : 'ssl3_read_bytes'}:${text}:${number}`;
}

/** `CN=x,O=y` is `O = y, CN = x` to OpenSSL. */
const nameText = (rfc4514: string): string =>
  (rfc4514.match(/(?:\\.|[^,\\])+/g) ?? [])
    .reverse()
    .map((part) => part.replace('=', ' = ').replace(/\\(.)/g, '$1'))
    .join(', ');

function keyText(publicKey: string): string {
  const [kind = '', size = ''] = publicKey.split(' ');
  if (kind === 'RSA') return `rsaEncryption, ${size} (bit)`;
  return kind === 'EC' ? `id-ecPublicKey, ${size.replace('P-', '')} (bit)` : `${kind.toUpperCase()}, 256 (bit)`;
}

function signatureText(algorithm: string): string {
  const [kind = '', hash = ''] = algorithm.split(' ');
  const digest = hash.replace('-', '').toUpperCase();
  if (kind.startsWith('ecdsa')) return `ecdsa-with-${digest}`;
  return kind.includes('pss') ? 'RSASSA-PSS' : kind.startsWith('rsa') ? `RSA-${digest}` : kind.toUpperCase();
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function dateText(time: number): string {
  const date = new Date(time);
  const clock = date.toISOString().slice(11, 19);
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${clock} ${date.getUTCFullYear()} GMT`;
}
