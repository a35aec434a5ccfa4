/**
 * istiod as a registration authority: the workload's request goes to a Kubernetes signer, and the
 * root that the proxy will trust is chosen and checked. istio security/pkg/pki/ra/k8s_ra.go
 * kubernetesSign, SignWithCertChain; security/pkg/server/ca/server.go CreateCertificate;
 * security/pkg/k8s/chiron/utils.go SignCSRK8s.
 */
import type { PublicKey } from '../../crypto/keys.ts';
import { parseCertificates } from '../certificate.ts';
import { goVerify } from '../goVerify.ts';
import { deriveKey } from '../keyAlgorithm.ts';
import type { Certificate } from '../types.ts';
import type { CertManager } from './certManager/certManager.ts';
import { type CsrFailure, type CsrStep, type GrpcCode, isRetried, signingError } from './csrSteps.ts';
import type { IstiodEnvironment } from './environment.ts';
import type { PkiWorld } from './inputs.ts';
import { answerCsr } from './kubernetesCsr.ts';

/** istiod's reply: elements of the chain, the last of which is the root bundle. */
export interface RaReply {
  readonly notBefore: number;
  readonly notAfter: number;
  /** Name of the CA that signs. */
  readonly issuer: string;
  /** The leaf for a name and key. */
  readonly sign: (spiffeId: string, publicKey: PublicKey) => Certificate;
  /** Elements after the leaf, before the last. */
  readonly above: readonly Certificate[];
  /** Certificates of the last element; empty when the reply has one element only. */
  readonly root: readonly Certificate[];
  /** Several entries of caCertificates claim this signer: istiod's choice is random. */
  readonly ambiguousRoot: boolean;
}

export type RaOutcome =
  | { readonly kind: 'signed'; readonly reply: RaReply }
  | { readonly kind: 'failed'; readonly failure: CsrFailure }
  | { readonly kind: 'unknown'; readonly because: string };

interface RaRequest {
  readonly certSigner: string;
  /** Matters under name constraints only: the leaf that istiod verifies carries it. */
  readonly spiffeId: string;
  readonly issuedAt: number;
  readonly ttl: number;
}

/** Runs a request through the RA, appending its steps. */
export function signByRa(
  world: PkiWorld,
  environment: IstiodEnvironment,
  manager: CertManager,
  { certSigner, spiffeId, issuedAt, ttl }: RaRequest,
  steps: CsrStep[],
): RaOutcome {
  const { signerDomain, kubernetesSigner } = environment;
  const fail = (
    code: CsrFailure['code'],
    grpc: GrpcCode,
    reason: string,
    more: Partial<CsrFailure> = {},
  ): RaOutcome => ({
    kind: 'failed',
    failure: { code, grpc, text: signingError(grpc, reason), retried: isRetried(grpc), ...more },
  });
  if (signerDomain === '' && certSigner !== '') {
    const text = `certSignerDomain is required for signer ${certSigner}`;
    steps.push({ kind: 'signer-chosen', from: 'istiod', to: 'istiod', ok: false, params: { certSigner }, text });
    return fail('signer-domain-missing', 'Internal', text);
  }
  const signerName = certSigner === '' ? kubernetesSigner : `${signerDomain}/${certSigner}`;
  steps.push({
    kind: 'signer-chosen',
    from: 'istiod',
    to: 'istiod',
    ok: true,
    params: { certSigner, signerDomain, signerName },
  });
  if (signerName === '') {
    const text =
      'failed to create CSR: CertificateSigningRequest.certificates.k8s.io "" is invalid: spec.signerName: Required value';
    steps.push({ kind: 'csr-created', from: 'istiod', to: 'api-server', ok: false, params: { signerName }, text });
    return fail('signer-name-missing', 'Internal', text);
  }
  steps.push({
    kind: 'csr-created',
    from: 'istiod',
    to: 'api-server',
    ok: true,
    params: { signerName, ttl: String(ttl) },
  });
  if (!mayApprove(world, signerName)) {
    const text = `failed to approve CSR request: certificatesigningrequests.certificates.k8s.io "csr-workload-xxxxx" is forbidden: user not permitted to approve requests with signerName "${signerName}"`;
    steps.push({ kind: 'csr-approved', from: 'istiod', to: 'api-server', ok: false, params: { signerName }, text });
    return fail('approval-forbidden', 'Internal', text);
  }
  steps.push({ kind: 'csr-approved', from: 'istiod', to: 'api-server', ok: true, params: { signerName } });

  const answer = answerCsr(world, manager, { signerName, issuedAt, ttl });
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'unanswered') {
    const { reason, message } = answer;
    steps.push({
      kind: 'csr-answered',
      from: 'cert-manager',
      to: 'api-server',
      ok: false,
      params: { signerName, reason },
      text: message,
    });
    return fail('csr-timeout', 'Internal', 'timeout when watching CSR csr-workload-xxxxx', {
      event: { reason, message },
    });
  }
  const { intermediates, notAfter, sign } = answer;
  const issuer = answer.ca.signer.certificate.subject.text;
  const leaf = sign(spiffeId, deriveKey(world.seed, `csr workload ${spiffeId}`, 'P-256').publicKey);
  steps.push({
    kind: 'csr-answered',
    from: 'cert-manager',
    to: 'api-server',
    ok: true,
    params: { signerName, issuer },
  });
  return withRoot(
    world,
    environment,
    { leaf, intermediates, signerName, certSigner, reply: { notBefore: issuedAt, notAfter, issuer, sign } },
    steps,
    fail,
  );
}

function mayApprove(world: PkiWorld, signerName: string): boolean {
  const { mayApprove: allowed } = world.istiod;
  const domain = signerName.slice(0, signerName.lastIndexOf('/'));
  return allowed === undefined || allowed.includes(signerName) || allowed.includes(`${domain}/*`);
}

interface SignedChain {
  readonly leaf: Certificate;
  readonly intermediates: readonly Certificate[];
  readonly signerName: string;
  readonly certSigner: string;
  readonly reply: Pick<RaReply, 'notBefore' | 'notAfter' | 'issuer' | 'sign'>;
}

/** Adds the root to the reply: the RA's own, or that of mesh configuration or of the signed chain. */
function withRoot(
  world: PkiWorld,
  environment: IstiodEnvironment,
  { leaf, intermediates, signerName, certSigner, reply }: SignedChain,
  steps: CsrStep[],
  fail: (code: CsrFailure['code'], grpc: GrpcCode, reason: string) => RaOutcome,
): RaOutcome {
  const own = raRoot(world, environment);
  const step = (kind: CsrStep['kind'], ok: boolean, params: Record<string, string>, text?: string): void =>
    void steps.push({ kind, from: 'istiod', to: 'istiod', ok, params, ...(text !== undefined && { text }) });
  const signed = (above: readonly Certificate[], root: readonly Certificate[], ambiguousRoot = false): RaOutcome => ({
    kind: 'signed',
    reply: { ...reply, above, root, ambiguousRoot },
  });
  // Without a signer name of its own, a proxy's reply gets no root from mesh configuration.
  if (own.length > 0 || certSigner === '') {
    step('root-chosen', own.length > 0, { from: own.length > 0 ? 'external-ca' : 'none', signerName });
    return own.length > 0 ? signed(intermediates, own) : lastIsRoot(intermediates, signed);
  }
  const entries = world.caCertificates.filter(
    ({ pem, certSigners }) => pem !== undefined && certSigners.includes(signerName),
  );
  const pems = [...new Set(entries.map(({ pem = '' }) => pem))];
  const [fromMesh] = pems.map(certificatesOf);
  const top = intermediates[intermediates.length - 1] ?? leaf;
  const fromChain = top.basicConstraints?.ca === true ? [top] : undefined;
  const root = fromMesh ?? fromChain;
  if (root === undefined) {
    const text = 'failed to find root cert from either signed cert-chain or mesh config';
    step('root-chosen', false, { from: 'none', signerName }, text);
    return fail('root-missing', 'InvalidArgument', text);
  }
  step('root-chosen', true, { from: fromMesh === undefined ? 'chain' : 'mesh-config', signerName });
  const problem = goVerify(leaf, intermediates, root, world.now);
  if (problem !== undefined) {
    const text = `root cert from signed cert-chain is invalid (failed to verify certificate: ${problem.text})`;
    step('chain-verified', false, { signerName }, text);
    return fail('root-does-not-verify', 'InvalidArgument', text);
  }
  step('chain-verified', true, { signerName });
  const same = root.length === 1 && root[0]?.fingerprint === top.fingerprint;
  if (same) return lastIsRoot(intermediates, signed);
  // The reply is split into single certificates, so only the last one of a bundle becomes the root.
  return signed([...intermediates, ...root.slice(0, -1)], root.slice(-1), pems.length > 1);
}

const lastIsRoot = (
  intermediates: readonly Certificate[],
  signed: (above: readonly Certificate[], root: readonly Certificate[]) => RaOutcome,
): RaOutcome => signed(intermediates.slice(0, -1), intermediates.slice(-1));

/** The RA's own root: the mounted file, or without a signer domain the API server's CA. */
function raRoot(world: PkiWorld, { signerDomain }: IstiodEnvironment): readonly Certificate[] {
  const { externalCaRoot, apiServerCa } = world.istiod;
  if (externalCaRoot !== undefined) return certificatesOf(externalCaRoot);
  return signerDomain === '' && apiServerCa !== undefined ? certificatesOf(apiServerCa) : [];
}

function certificatesOf(pem: string): readonly Certificate[] {
  const parsed = parseCertificates(pem);
  return parsed.ok ? parsed.value : [];
}
