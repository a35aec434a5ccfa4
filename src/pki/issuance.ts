/**
 * Where each proxy's certificate comes from: istiod's own CA, or a Kubernetes signer behind istiod, and
 * what the proxy then presents and trusts; or why it never gets one. Works on plain data (`PkiWorld`),
 * lazily and memoised for each proxy. istio security/pkg/server/ca/server.go CreateCertificate,
 * security/pkg/nodeagent/cache/secretcache.go generateNewSecret and mergeTrustAnchorBytes,
 * pilot/pkg/trustbundle, pilot/pkg/bootstrap/certcontroller.go.
 */
import type { Result } from '../base/result.ts';
import { type BoundedCache, boundedCache } from './boundedCache.ts';
import { type CertManager, certManager } from './ca/certManager/certManager.ts';
import { type CsrFailure, type CsrStep, isRetried, sdsError, signingError } from './ca/csrSteps.ts';
import { type IstiodEnvironment, istiodEnvironment } from './ca/environment.ts';
import { formatGoDuration, parseGoDuration } from './ca/goDuration.ts';
import type { PkiWorld, ProxyInput } from './ca/inputs.ts';
import { type IstiodCa, type IstiodCaError, istiodCa } from './ca/istiodCa.ts';
import { answerCsr } from './ca/kubernetesCsr.ts';
import { type RaOutcome, signByRa } from './ca/registrationAuthority.ts';
import { DAY, DEFAULT_WORKLOAD_TTL, type IssuedCertificate, latestRenewal, MAX_WORKLOAD_TTL } from './ca.ts';
import { certificatePem, parseCertificates } from './certificate.ts';
import {
  isConstrained,
  lazyCredential,
  REPRESENTATIVE,
  type WorkloadCredential,
  workloadCredential,
} from './credential.ts';
import { goVerify } from './goVerify.ts';
import { deriveKey } from './keyAlgorithm.ts';
import type { Certificate, Crl } from './types.ts';

export type { CertificateState, CertManager, IssuerState } from './ca/certManager/certManager.ts';
export type { CsrFailure, CsrStep } from './ca/csrSteps.ts';
export type { IstiodEnvironment } from './ca/environment.ts';
export { parseGoDuration } from './ca/goDuration.ts';
export type * from './ca/inputs.ts';
export type { IstiodCa, IstiodCaError } from './ca/istiodCa.ts';
export { parseSignerName } from './ca/kubernetesCsr.ts';

export type ProxyIssuance =
  | {
      readonly kind: 'issued';
      readonly credential: WorkloadCredential;
      /** Revocation lists that the proxy loads with its trust bundle; absent: it checks no revocation. */
      readonly crls?: readonly Crl[];
      readonly authority: { readonly kind: IstiodCa['kind'] | 'kubernetes-signer'; readonly name: string };
      readonly steps: readonly CsrStep[];
    }
  /** The proxy never gets a certificate: it does not become ready. */
  | {
      readonly kind: 'failed';
      readonly failure: CsrFailure;
      readonly sdsText: string;
      readonly steps: readonly CsrStep[];
    }
  /** It depends on something that is not modelled. */
  | { readonly kind: 'unknown'; readonly because: string; readonly steps: readonly CsrStep[] };

export interface Issuance {
  readonly environment: IstiodEnvironment;
  /** istiod's own CA; undefined when PILOT_CERT_PROVIDER leaves it out. */
  readonly istiodCa: Result<IstiodCa, IstiodCaError> | undefined;
  readonly certManager: CertManager;
  /** Content of ConfigMap istio-ca-root-cert: what agents check istiod with. */
  readonly rootConfigMap: readonly Certificate[];
  proxy(proxy: ProxyInput): ProxyIssuance;
}

/** The issuance of a world. `proxies` are all that there are: they decide what is assumed of istiod. */
export function issuance(world: PkiWorld, proxies: readonly ProxyInput[]): Issuance {
  const environment = istiodEnvironment(world, proxies);
  const manager = certManager(world);
  const usesKubernetesProvider = environment.certProvider.startsWith('k8s.io/');
  const own = usesKubernetesProvider && environment.externalCa === 'kubernetes' ? undefined : istiodCa(world);
  const setting: Setting = {
    world,
    environment,
    manager,
    own,
    rootConfigMap: rootConfigMap(world, environment, own),
    raAnswers: new Map(),
    issued: boundedCache(5000),
  };
  const known = new Map<string, ProxyIssuance>();
  return {
    environment,
    istiodCa: own,
    certManager: manager,
    rootConfigMap: setting.rootConfigMap,
    proxy(proxy) {
      const key = JSON.stringify(proxy);
      const made = known.get(key) ?? issueFor(setting, proxy);
      known.set(key, made);
      return made;
    },
  };
}

interface Setting {
  readonly world: PkiWorld;
  readonly environment: IstiodEnvironment;
  readonly manager: CertManager;
  readonly own: Result<IstiodCa, IstiodCaError> | undefined;
  readonly rootConfigMap: readonly Certificate[];
  readonly raAnswers: Map<string, RaAnswer>;
  readonly issued: BoundedCache<IssuedCertificate>;
}

interface RaAnswer {
  readonly outcome: RaOutcome;
  readonly steps: readonly CsrStep[];
}

function rootConfigMap(
  world: PkiWorld,
  { certProvider }: IstiodEnvironment,
  own: Result<IstiodCa, IstiodCaError> | undefined,
): readonly Certificate[] {
  if (!certProvider.startsWith('k8s.io/')) return own?.ok === true ? own.value.ca.roots : [];
  const signer = certProvider.slice('k8s.io/'.length);
  return certificatesOf(world.caCertificates.find(({ certSigners }) => certSigners.includes(signer))?.pem ?? '');
}

function issueFor(setting: Setting, proxy: ProxyInput): ProxyIssuance {
  const { world, environment, own } = setting;
  const steps: CsrStep[] = [];
  const fail = (failure: CsrFailure): ProxyIssuance => ({
    kind: 'failed',
    failure,
    sdsText: sdsError(failure.text),
    steps,
  });
  if (environment.externalCa === 'invalid' || own?.ok === false) {
    const text = own?.ok === false ? own.error.text : 'invalid CA Name';
    return fail({ code: 'istiod-does-not-run', grpc: 'Unavailable', text, retried: true });
  }
  const ttl = lifetimeOf(proxy, environment);
  const issuedAt = latestRenewal(world.now, ttl, proxy.graceRatio);
  steps.push({
    kind: 'key-and-request-made',
    from: 'agent',
    to: 'agent',
    ok: true,
    params: { spiffeId: proxy.spiffeId },
  });
  const untrusted = istiodUntrusted(setting);
  if (untrusted !== undefined) {
    steps.push({ kind: 'request-sent', from: 'agent', to: 'istiod', ok: false, params: {}, text: untrusted });
    return fail({ code: 'istiod-untrusted', grpc: 'Unavailable', text: untrusted, retried: true });
  }
  const params = { certSigner: proxy.certSigner ?? '', ttl: String(ttl) };
  steps.push({ kind: 'request-sent', from: 'agent', to: 'istiod', ok: true, params });
  const account = `system:serviceaccount:${proxy.namespace}:${proxy.serviceAccount}`;
  steps.push({
    kind: 'caller-authenticated',
    from: 'istiod',
    to: 'api-server',
    ok: true,
    params: { account, spiffeId: proxy.spiffeId },
  });

  const maximum = parseGoDuration(environment.maxWorkloadTtl ?? '') ?? MAX_WORKLOAD_TTL;
  if (ttl > maximum) {
    const reason = `requested TTL ${formatGoDuration(ttl)} is greater than the max allowed TTL ${formatGoDuration(maximum)}`;
    steps.push({ kind: 'request-checked', from: 'istiod', to: 'istiod', ok: false, params: {}, text: reason });
    return fail({
      code: 'ttl-too-long',
      grpc: 'InvalidArgument',
      text: signingError('InvalidArgument', reason),
      retried: isRetried('InvalidArgument'),
    });
  }
  steps.push({ kind: 'request-checked', from: 'istiod', to: 'istiod', ok: true, params: {} });
  if (environment.externalCa === 'kubernetes') return issueByRa(setting, proxy, issuedAt, ttl, steps);
  return own === undefined
    ? { kind: 'unknown', because: 'no CA', steps }
    : issueByIstiod(setting, own.value, proxy, { issuedAt, ttl, maxTtl: maximum }, steps);
}

/** What the agent asks for; istiod fills in a lifetime that is none. */
export function lifetimeOf({ ttl }: ProxyInput, { defaultWorkloadTtl }: IstiodEnvironment): number {
  if (ttl !== undefined && ttl > 0) return ttl;
  const filledIn = ttl === undefined ? undefined : parseGoDuration(defaultWorkloadTtl ?? '');
  return filledIn ?? DEFAULT_WORKLOAD_TTL;
}

/** Go's refusal when the agents' root does not fit istiod's own certificate. */
function istiodUntrusted({ world, environment, manager, rootConfigMap: roots }: Setting): string | undefined {
  if (!environment.certProvider.startsWith('k8s.io/')) return undefined;
  const answer = answerCsr(world, manager, {
    signerName: environment.certProvider.slice('k8s.io/'.length),
    issuedAt: latestRenewal(world.now),
    ttl: 365 * DAY,
  });
  if (answer.kind !== 'signed') return undefined;
  const leaf = answer.sign('istiod', deriveKey(world.seed, 'istiod dns certificate', 'P-256').publicKey);
  const problem = goVerify(leaf, answer.intermediates, roots, world.now);
  return problem === undefined
    ? undefined
    : `connection error: desc = "transport: authentication handshake failed: tls: failed to verify certificate: ${problem.text}"`;
}

function issueByIstiod(
  { world, environment }: Setting,
  { ca, kind, crls }: IstiodCa,
  proxy: ProxyInput,
  { issuedAt, ttl, maxTtl }: { readonly issuedAt: number; readonly ttl: number; readonly maxTtl: number },
  steps: CsrStep[],
): ProxyIssuance {
  const { spiffeId, keyAlgorithm } = proxy;
  const anchors = proxyAnchors(world, environment, proxy, ca.roots, ca.roots);
  const request = { spiffeId, issuedAt, ttl, maxTtl, ...(keyAlgorithm && { keyAlgorithm }) };
  const made = workloadCredential(ca, request, world.presentRoot !== false, anchors);
  if (!made.ok) {
    const reason = `signing certificate has expired at ${new Date(ca.certificate.notAfter).toISOString()}`;
    steps.push({ kind: 'certificate-signed', from: 'istiod', to: 'istiod', ok: false, params: {}, text: reason });
    const failure: CsrFailure = {
      code: 'signing-certificate-expired',
      grpc: 'Internal',
      text: signingError('Internal', reason),
      retried: true,
    };
    return { kind: 'failed', failure, sdsText: sdsError(failure.text), steps };
  }
  const issuer = ca.certificate.subject.text;
  steps.push({ kind: 'certificate-signed', from: 'istiod', to: 'istiod', ok: true, params: { issuer } });
  return delivered(made.value, crls, { kind, name: issuer }, steps);
}

function issueByRa(
  setting: Setting,
  proxy: ProxyInput,
  issuedAt: number,
  ttl: number,
  steps: CsrStep[],
): ProxyIssuance {
  const { world, environment, own } = setting;
  const { certSigner = '', keyAlgorithm = 'P-256' } = proxy;
  const common = answerForSigner(setting, certSigner, REPRESENTATIVE, issuedAt, ttl);
  const constrained =
    common.outcome.kind === 'signed' && isConstrained([...common.outcome.reply.above, ...common.outcome.reply.root]);
  const { outcome, steps: raSteps } = constrained
    ? answerForSigner(setting, certSigner, proxy.spiffeId, issuedAt, ttl)
    : common;
  steps.push(...raSteps);
  if (outcome.kind === 'unknown') return { ...outcome, steps };
  if (outcome.kind === 'failed') return { ...outcome, sdsText: sdsError(outcome.failure.text), steps };
  const { above, root, ambiguousRoot, sign, issuer, notBefore, notAfter } = outcome.reply;
  if (ambiguousRoot) return { kind: 'unknown', because: 'several caCertificates for one signer', steps };
  if (root.length === 0) {
    const text = 'invalid empty CertChain';
    steps.push({ kind: 'reply-received', from: 'istiod', to: 'agent', ok: false, params: {}, text });
    return {
      kind: 'failed',
      failure: { code: 'reply-too-short', text, retried: false },
      sdsText: sdsError(text),
      steps,
    };
  }
  const istiodRoots = own?.ok === true ? own.value.ca.roots : [];
  const issue = (spiffeId: string): IssuedCertificate =>
    setting.issued.get([certSigner, keyAlgorithm, issuedAt, ttl, spiffeId].join(' '), () => {
      const key = deriveKey(world.seed, `csr workload ${spiffeId} ${issuedAt}`, keyAlgorithm);
      return { key, certificate: sign(spiffeId, key.publicKey) };
    });
  const credential = lazyCredential({
    spiffeId: proxy.spiffeId,
    notBefore,
    notAfter,
    anchors: proxyAnchors(world, environment, proxy, root, istiodRoots),
    above: [...above, ...(world.presentRoot === false ? [] : root)],
    issue,
  });
  return delivered(credential, undefined, { kind: 'kubernetes-signer', name: issuer }, steps);
}

/** The RA's answer is the same for all workloads of a signer: it is worked out once. */
function answerForSigner(
  setting: Setting,
  certSigner: string,
  spiffeId: string,
  issuedAt: number,
  ttl: number,
): RaAnswer {
  const key = [certSigner, spiffeId, issuedAt, ttl].join(' ');
  const known = setting.raAnswers.get(key);
  if (known !== undefined) return known;
  const steps: CsrStep[] = [];
  const { world, environment, manager } = setting;
  const outcome = signByRa(world, environment, manager, { certSigner, spiffeId, issuedAt, ttl }, steps);
  const answer = { outcome, steps };
  setting.raAnswers.set(key, answer);
  return answer;
}

function delivered(
  credential: WorkloadCredential,
  crls: readonly Crl[] | undefined,
  authority: Extract<ProxyIssuance, { kind: 'issued' }>['authority'],
  steps: CsrStep[],
): ProxyIssuance {
  const anchors = credential.anchors.map(({ subject }) => subject.text).join('; ');
  steps.push({ kind: 'reply-received', from: 'istiod', to: 'agent', ok: true, params: { anchors } });
  steps.push({
    kind: 'secret-delivered',
    from: 'agent',
    to: 'envoy',
    ok: true,
    params: { resources: 'default, ROOTCA' },
  });
  return { kind: 'issued', credential, ...(crls && { crls }), authority, steps };
}

/**
 * ROOTCA: the last element of the reply; with the multi-root mesh on both sides also every CA of mesh
 * configuration and istiod's own, sorted by their text.
 */
function proxyAnchors(
  world: PkiWorld,
  environment: IstiodEnvironment,
  proxy: ProxyInput,
  root: readonly Certificate[],
  istiodRoots: readonly Certificate[],
): readonly Certificate[] {
  if (!environment.multiRoot || proxy.takesTrustBundle !== true) return root;
  const configured = world.caCertificates.flatMap(({ pem = '' }) => certificatesOf(pem));
  // One certificate that is no CA makes istiod reject the whole source.
  const usable = configured.every(({ basicConstraints }) => basicConstraints?.ca === true) ? configured : [];
  const byText = new Map(
    [...root, ...usable, ...istiodRoots].map((certificate) => [certificatePem(certificate), certificate]),
  );
  return [...byText.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, certificate]) => certificate);
}

function certificatesOf(pem: string): readonly Certificate[] {
  const parsed = parseCertificates(pem);
  return parsed.ok ? parsed.value : [];
}
