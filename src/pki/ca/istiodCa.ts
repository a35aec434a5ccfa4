/**
 * Which CA istiod signs with: the plugged-in bundle of the Secret `cacerts`, else a self-signed root
 * kept in `istio-ca-secret`; and why istiod would not start. istio pilot/pkg/bootstrap/istio_ca.go
 * createIstioCA, detectSigningCABundleAndCRL, checkCABundleCompleteness; security/pkg/pki/ca/ca.go
 * NewPluggedCertIstioCAOptions; security/pkg/pki/util/keycertbundle.go Verify.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { parsePrivateKey } from '../../crypto/privateKey.ts';
import { adoptCa, type CertificateAuthority, createCa, DAY, DEFAULT_WORKLOAD_TTL } from '../ca.ts';
import { keyMatches, parseCertificates } from '../certificate.ts';
import { loadCrls } from '../envoyLoad.ts';
import { goVerify } from '../goVerify.ts';
import type { KeyAlgorithm } from '../keyAlgorithm.ts';
import type { Certificate, Crl } from '../types.ts';
import type { PkiWorld, SecretInput } from './inputs.ts';

export interface IstiodCa {
  readonly kind: 'self-signed' | 'plugged-in';
  readonly ca: CertificateAuthority;
  /** Default lifetime of workload certificates: no longer than the plugged-in chain. */
  readonly defaultTtl: number;
  /** ca-crl.pem, copied to every proxy (PILOT_ENABLE_CA_CRL). */
  readonly crls?: readonly Crl[];
  /** Where it comes from: the Secret, or undefined when istiod generates it. */
  readonly secret?: { readonly namespace: string; readonly name: string };
}

/** istiod exits with this text. */
export interface IstiodCaError {
  readonly code: 'ca-bundle-incomplete' | 'ca-bundle-invalid' | 'ca-secret-invalid';
  readonly text: string;
}

/** CITADEL_SELF_SIGNED_CA_CERT_TTL. */
const ROOT_LIFETIME = 3650 * DAY;

const failed = (code: IstiodCaError['code'], text: string): Result<never, IstiodCaError> =>
  err({ code, text: `failed to create an istiod CA: ${text}` });

/** The CA of istiod in this world. */
export function istiodCa(world: PkiWorld): Result<IstiodCa, IstiodCaError> {
  const namespace = world.istiodNamespace ?? 'istio-system';
  const find = (name: string): SecretInput | undefined =>
    world.secrets.find((secret) => secret.namespace === namespace && secret.name === name);
  const cacerts = find('cacerts');
  const bundle = cacerts && bundleOf(cacerts.data);
  if (cacerts !== undefined && bundle !== undefined) {
    const { signing, key, root, chain } = bundle;
    const parts = [signing, key, root, chain];
    if (parts.some((part) => part !== undefined)) {
      if (signing === undefined || key === undefined || root === undefined || chain === undefined)
        return failed('ca-bundle-incomplete', 'incomplete signing CA bundle detected');
      return pluggedIn(world, { signing, key, root, chain, crl: bundle.crl }, cacerts);
    }
  }
  const kept = find('istio-ca-secret');
  return kept === undefined ? ok(selfSigned(world)) : keptSelfSigned(world, kept);
}

interface Bundle {
  readonly signing: string | undefined;
  readonly key: string | undefined;
  readonly root: string | undefined;
  /** Every chain file, one after another. */
  readonly chain: string | undefined;
  readonly crl: string | undefined;
}

/** The files of the mounted Secret: the layout of a TLS Secret when tls.crt is there, else Istio's. */
function bundleOf(data: Readonly<Record<string, string>>): Bundle {
  if (data['tls.crt'] !== undefined) {
    const root = data['ca.crt'];
    return {
      signing: data['tls.crt'],
      key: data['tls.key'],
      root,
      chain: root === undefined ? undefined : `${data['tls.crt']}\n${root}`,
      crl: undefined,
    };
  }
  return {
    signing: data['ca-cert.pem'],
    key: data['ca-key.pem'],
    root: data['root-cert.pem'],
    chain: data['cert-chain.pem'],
    crl: data['ca-crl.pem'],
  };
}

function pluggedIn(
  world: PkiWorld,
  bundle: {
    readonly signing: string;
    readonly key: string;
    readonly root: string;
    readonly chain: string;
    readonly crl: string | undefined;
  },
  secret: SecretInput,
): Result<IstiodCa, IstiodCaError> {
  const invalid = (reason: string): Result<never, IstiodCaError> =>
    failed('ca-bundle-invalid', `failed to create CA KeyCertBundle (${reason})`);
  const certificates = (pem: string): readonly Certificate[] => {
    const parsed = parseCertificates(pem);
    return parsed.ok ? parsed.value : [];
  };
  const [signing] = certificates(bundle.signing);
  const chain = certificates(bundle.chain);
  const roots = certificates(bundle.root);
  if (signing === undefined) return invalid('failed to parse cert PEM: invalid PEM encoded certificate');
  const problem = goVerify(signing, chain, roots, world.now);
  if (problem !== undefined)
    return invalid(`cannot verify the cert with the provided root chain and cert pool with error: ${problem.text}`);
  const key = parsePrivateKey(bundle.key);
  if (!key.ok) return invalid('failed to parse private key PEM: invalid PEM-encoded key');
  if (!keyMatches(signing, key.value))
    return invalid('the cert does not match the key: tls: private key does not match public key');
  if (signing.basicConstraints?.ca !== true)
    return failed('ca-bundle-invalid', 'certificate is not authorized to sign other certificates');
  const end = Math.min(...chain.map(({ notAfter }) => notAfter), signing.notAfter);
  if (chain.some(({ notAfter }) => notAfter < world.now)) return failed('ca-bundle-invalid', 'cert chain has expired');
  const crls = bundle.crl === undefined ? undefined : loadCrls(bundle.crl);
  return ok({
    kind: 'plugged-in',
    ca: { ...adoptCa(world.seed, { certificate: signing, key: key.value }, [], roots), presents: chain },
    defaultTtl: Math.min(DEFAULT_WORKLOAD_TTL, end - world.now),
    ...(crls?.ok === true && { crls: crls.value }),
    secret: { namespace: secret.namespace, name: secret.name },
  });
}

function keptSelfSigned(world: PkiWorld, secret: SecretInput): Result<IstiodCa, IstiodCaError> {
  const certificate = parseCertificates(secret.data['ca-cert.pem'] ?? '');
  const key = parsePrivateKey(secret.data['ca-key.pem'] ?? '');
  const [root] = certificate.ok ? certificate.value : [];
  if (root === undefined || !key.ok || !keyMatches(root, key.value))
    return failed('ca-secret-invalid', 'failed to create CA KeyCertBundle (istio-ca-secret)');
  return ok({
    kind: 'self-signed',
    ca: adoptCa(world.seed, { certificate: root, key: key.value }, [], [root]),
    defaultTtl: DEFAULT_WORKLOAD_TTL,
    secret: { namespace: secret.namespace, name: secret.name },
  });
}

/**
 * A fresh root of istiod: made at the turn of the year before the mesh clock, so that moving the clock
 * by days does not change it. ECDSA unless an RSA size is asked for (CITADEL_SELF_SIGNED_CA_RSA_KEY_SIZE):
 * verdicts do not depend on it, and RSA keys cost tenths of a second.
 */
function selfSigned(world: PkiWorld): IstiodCa {
  const year = new Date(world.now).getUTCFullYear();
  const notBefore = Date.UTC(year, 0, 1);
  const size = world.istiod.env?.CITADEL_SELF_SIGNED_CA_RSA_KEY_SIZE;
  const keyAlgorithm: KeyAlgorithm = size === undefined ? 'P-256' : size === '4096' ? 'RSA-4096' : 'RSA-2048';
  const ca = createCa({
    seed: world.seed,
    label: 'istiod self-signed',
    subject: [['O', world.trustDomain]],
    keyAlgorithm,
    notBefore,
    notAfter: notBefore + ROOT_LIFETIME,
  });
  return { kind: 'self-signed', ca, defaultTtl: DEFAULT_WORKLOAD_TTL };
}
