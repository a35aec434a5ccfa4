/**
 * What becomes of a Kubernetes CertificateSigningRequest that istiod created and approved: cert-manager
 * signs it, fails it, or nothing ever answers. istiod sees either the certificate or, after 60 s, a
 * time-out; the reason is an event on the request. cert-manager pkg/controller/certificatesigningrequests.
 */
import { deriveSerial } from '../../crypto/derive.ts';
import type { PublicKey } from '../../crypto/keys.ts';
import { EKU, HOUR } from '../ca.ts';
import { signCertificate } from '../issue/sign.ts';
import type { Certificate } from '../types.ts';
import { encodeName } from '../x509/name.ts';
import { type CertManager, type IssuingCa, intermediatesOf } from './certManager/certManager.ts';
import type { PkiWorld } from './inputs.ts';

export interface CsrRequest {
  readonly signerName: string;
  readonly issuedAt: number;
  readonly ttl: number;
}

export type CsrOutcome =
  | {
      readonly kind: 'signed';
      readonly ca: IssuingCa;
      /** Certificates that come with the leaf. */
      readonly intermediates: readonly Certificate[];
      readonly notAfter: number;
      /** The leaf for a requested name and key. */
      readonly sign: (spiffeId: string, publicKey: PublicKey) => Certificate;
    }
  /** An event on the request tells why; istiod only sees the time pass. */
  | { readonly kind: 'unanswered'; readonly reason: CsrReason; readonly message: string }
  /** The signer lies outside of what is modelled. */
  | { readonly kind: 'unknown'; readonly because: string };

export type CsrReason =
  | 'ControllersDisabled'
  | 'SignerMalformed'
  | 'IssuerNotFound'
  | 'MissingAnnotation'
  | 'IssuerNotReady'
  | 'DeniedReference'
  | 'InvalidDuration';

const unanswered = (reason: CsrReason, message: string): CsrOutcome => ({ kind: 'unanswered', reason, message });

interface SignerRef {
  readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly namespace: string;
  readonly name: string;
}

/** `issuers.cert-manager.io/<namespace>.<name>` or `clusterissuers.cert-manager.io/<name>`. */
export function parseSignerName(signerName: string): SignerRef | undefined {
  const match = /^(issuers|clusterissuers)\.cert-manager\.io\/(.+)$/.exec(signerName);
  const [, type, path = ''] = match ?? [];
  if (type === undefined) return undefined;
  if (type === 'clusterissuers') return { kind: 'ClusterIssuer', namespace: '', name: path };
  const dot = path.indexOf('.');
  return dot <= 0 ? undefined : { kind: 'Issuer', namespace: path.slice(0, dot), name: path.slice(dot + 1) };
}

/** The answer to an approved request. */
export function answerCsr(world: PkiWorld, manager: CertManager, request: CsrRequest): CsrOutcome {
  const { signerName } = request;
  const ref = parseSignerName(signerName);
  if (ref === undefined)
    return signerName.includes('cert-manager.io/')
      ? unanswered('SignerMalformed', signerName)
      : { kind: 'unknown', because: `signer ${signerName}` };
  if (world.csrControllers === false) return unanswered('ControllersDisabled', signerName);
  const label = `${ref.kind} ${ref.namespace}/${ref.name}`;
  const issuer = manager.issuer(ref.kind, ref.namespace, ref.name);
  if (issuer === undefined) return unanswered('IssuerNotFound', `Referenced ${label} not found`);
  if (issuer.kind === 'external') return { kind: 'unknown', because: `${issuer.type} issuer` };
  if (issuer.kind === 'refused') return unanswered('IssuerNotFound', `Referenced ${label} not found`);
  if (issuer.kind === 'not-ready')
    return unanswered('IssuerNotReady', `Referenced ${label} does not have a Ready status condition`);
  if (ref.kind === 'Issuer' && !mayReference(world, ref))
    return unanswered('DeniedReference', `Requester may not reference Namespaced Issuer ${ref.namespace}/${ref.name}`);
  if (request.ttl < HOUR / 6)
    return unanswered('InvalidDuration', 'CertificateSigningRequest minimum allowed duration is 10m0s');
  // A selfSigned issuer needs the requester's private key, which a workload never hands out.
  if (issuer.kind === 'self-signed')
    return unanswered(
      'MissingAnnotation',
      'Missing private key reference annotation: "experimental.cert-manager.io/private-key-secret-name"',
    );
  const { ca } = issuer;
  return {
    kind: 'signed',
    ca,
    intermediates: intermediatesOf(ca),
    notAfter: request.issuedAt + request.ttl,
    sign: (spiffeId, publicKey) => signWorkload(world, ca, request, spiffeId, publicKey),
  };
}

function mayReference(world: PkiWorld, { namespace, name }: SignerRef): boolean {
  const { mayReference: allowed } = world.istiod;
  return allowed === undefined || allowed.includes(`${namespace}/${name}`) || allowed.includes(`${namespace}/*`);
}

/** The leaf as cert-manager's CA issuer makes it: not before now, not clamped to the CA's end. */
function signWorkload(
  world: PkiWorld,
  ca: IssuingCa,
  request: CsrRequest,
  spiffeId: string,
  publicKey: PublicKey,
): Certificate {
  return signCertificate(
    {
      serial: deriveSerial(world.seed, `csr ${request.signerName} ${spiffeId} ${request.issuedAt}`),
      subject: encodeName([]),
      notBefore: request.issuedAt,
      notAfter: request.issuedAt + request.ttl,
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      extendedKeyUsage: [EKU.serverAuth, EKU.clientAuth],
      basicConstraints: { ca: false },
      subjectAltNames: [{ kind: 'uri', value: spiffeId }],
      subjectAltNamesCritical: true,
    },
    publicKey,
    ca.signer,
  );
}
