/**
 * cert-manager at rest: every Issuer and Certificate in the state that the controllers reach, whatever
 * the order in which they were created. Certificates are issued into Secrets when somebody needs them;
 * a Secret that the world already holds is used as it is. Cycles (a CA that needs its own Secret) end
 * as objects that never become ready. cert-manager pkg/issuer/{ca,selfsigned}, pkg/controller/
 * {certificates,certificaterequests}, internal/controller/certificates/policies/checks.go.
 */
import { err, ok, type Result } from '../../../base/result.ts';
import { deriveSerial } from '../../../crypto/derive.ts';
import type { PrivateKey } from '../../../crypto/keys.ts';
import { parsePrivateKey, privateKeyPem } from '../../../crypto/privateKey.ts';
import { certificatePem, certificatesPem, keyMatches, parseCertificates } from '../../certificate.ts';
import { type Signer, signCertificate, signSelf } from '../../issue/sign.ts';
import { deriveKey } from '../../keyAlgorithm.ts';
import type { Certificate } from '../../types.ts';
import type { CertificateInput, IssuerInput, PkiWorld, SecretInput } from '../inputs.ts';
import {
  type CertificateRefusal,
  keyAlgorithmOf,
  latestIssuance,
  refuseCertificate,
  templateOf,
} from './certificateTemplate.ts';
import { type Condition, notReady, ready } from './conditions.ts';

/** A CA keypair of an Issuer: what signs, and the certificates that it hands out with a leaf. */
export interface IssuingCa {
  readonly signer: Signer;
  /** tls.crt of the Secret: the signing certificate and those above it. */
  readonly chain: readonly Certificate[];
}

export type IssuerState =
  | { readonly kind: 'self-signed'; readonly condition: Condition }
  | { readonly kind: 'ca'; readonly condition: Condition; readonly ca: IssuingCa; readonly secret: string }
  | { readonly kind: 'not-ready'; readonly condition: Condition; readonly secret?: string }
  | { readonly kind: 'refused'; readonly text: string }
  /** acme, vault, venafi: what they answer is not in the mesh. */
  | { readonly kind: 'external'; readonly type: 'acme' | 'vault' | 'venafi' };

export type CertificateState =
  /** Issued, or given as a Secret. */
  | {
      readonly kind: 'ready';
      readonly condition: Condition;
      readonly secret: SecretInput;
      readonly given: boolean;
      readonly stale?: Condition;
    }
  /** Waits for its issuer; the condition is that of its CertificateRequest. */
  | { readonly kind: 'pending'; readonly condition: Condition; readonly request: Condition }
  | { readonly kind: 'refused'; readonly refusal: CertificateRefusal }
  /** Depends on something outside the model (an external issuer, a field). */
  | { readonly kind: 'unknown'; readonly because: string };

export interface CertManager {
  issuer(kind: 'Issuer' | 'ClusterIssuer', namespace: string, name: string): IssuerState | undefined;
  certificate(namespace: string, name: string): CertificateState | undefined;
  /** The Secret of that name: given, or produced by a Certificate. */
  secret(namespace: string, name: string): SecretInput | undefined;
}

/** The controllers of a world. */
export function certManager(world: PkiWorld): CertManager {
  const issuers = new Map<string, IssuerState | 'busy'>();
  const certificates = new Map<string, CertificateState | 'busy'>();

  const memo = <T>(states: Map<string, T | 'busy'>, key: string, compute: () => T, cyclic: T): T => {
    const known = states.get(key);
    if (known === 'busy') return cyclic;
    if (known !== undefined) return known;
    states.set(key, 'busy');
    const state = compute();
    states.set(key, state);
    return state;
  };

  const manager: CertManager = {
    issuer(kind, namespace, name) {
      const scope = kind === 'ClusterIssuer' ? '' : namespace;
      const found = world.issuers.find((one) => one.kind === kind && one.namespace === scope && one.name === name);
      return (
        found &&
        memo(issuers, `${kind}/${scope}/${name}`, () => issuerState(world, manager, found), secretMissing(found))
      );
    },
    certificate(namespace, name) {
      const found = world.certificates.find((one) => one.namespace === namespace && one.name === name);
      const cyclic: CertificateState = pending('Pending', 'Referenced issuer does not have a Ready status condition');
      return found && memo(certificates, `${namespace}/${name}`, () => certificateState(world, manager, found), cyclic);
    },
    secret(namespace, name) {
      const given = world.secrets.find((secret) => secret.namespace === namespace && secret.name === name);
      if (given !== undefined) return given;
      const owner = world.certificates.find((one) => one.namespace === namespace && one.spec.secretName === name);
      const state = owner && manager.certificate(owner.namespace, owner.name);
      return state?.kind === 'ready' ? state.secret : undefined;
    },
  };
  return manager;
}

const GET_KEY_PAIR = 'Error getting keypair for CA issuer: ';

const secretMissing = (issuer: IssuerInput): IssuerState => ({
  kind: 'not-ready',
  condition: notReady('ErrGetKeyPair', `${GET_KEY_PAIR}secret "${issuer.spec.ca?.secretName ?? ''}" not found`),
});

const ISSUER_TYPES = ['acme', 'ca', 'selfSigned', 'vault', 'venafi'] as const;

function issuerState(world: PkiWorld, manager: CertManager, issuer: IssuerInput): IssuerState {
  const types = ISSUER_TYPES.filter((type) => issuer.spec[type] !== undefined);
  const [type] = types;
  if (type === undefined)
    return { kind: 'refused', text: 'spec: Required value: at least one issuer must be configured' };
  if (types.length > 1)
    return { kind: 'refused', text: `spec.${types[1]}: Forbidden: may not specify more than one issuer type` };
  if (type === 'selfSigned') return { kind: 'self-signed', condition: ready('IsReady', '') };
  if (type !== 'ca') return { kind: 'external', type };
  const namespace = resourceNamespace(world, issuer);
  const name = issuer.spec.ca?.secretName ?? '';
  const secret = manager.secret(namespace, name);
  if (secret === undefined) return secretMissing(issuer);
  const where = `${namespace}/${name}`;
  const pair = keyPairOf(secret);
  if (!pair.ok)
    return { kind: 'not-ready', secret: where, condition: notReady('ErrGetKeyPair', GET_KEY_PAIR + pair.error) };
  const { chain, key } = pair.value;
  const [certificate] = chain;
  if (certificate?.basicConstraints?.ca !== true)
    return {
      kind: 'not-ready',
      secret: where,
      condition: notReady('ErrInvalidKeyPair', `${GET_KEY_PAIR}certificate is not a CA`),
    };
  return {
    kind: 'ca',
    condition: ready('KeyPairVerified', 'Signing CA verified'),
    ca: { signer: { certificate, key }, chain },
    secret: where,
  };
}

/** Secrets of a ClusterIssuer lie in cert-manager's cluster resource namespace. */
export const resourceNamespace = (world: PkiWorld, issuer: IssuerInput): string =>
  issuer.kind === 'ClusterIssuer' ? (world.clusterResourceNamespace ?? 'cert-manager') : issuer.namespace;

/** Certificates and key of a kubernetes.io/tls Secret; the error is cert-manager's. */
function keyPairOf(
  secret: SecretInput,
): Result<{ readonly chain: readonly Certificate[]; readonly key: PrivateKey }, string> {
  const where = `'${secret.namespace}/${secret.name}'`;
  const crt = secret.data['tls.crt'];
  if (crt === undefined) return err(`no data for "tls.crt" in secret ${where}`);
  const chain = parseCertificates(crt);
  if (!chain.ok) return err('error decoding certificate PEM block');
  const keyText = secret.data['tls.key'];
  if (keyText === undefined) return err(`no data for "tls.key" in secret ${where}`);
  const key = parsePrivateKey(keyText);
  if (!key.ok) return err('error decoding private key PEM block');
  return ok({ chain: chain.value, key: key.value });
}

const pending = (reason: string, message: string): CertificateState => ({
  kind: 'pending',
  condition: notReady('DoesNotExist', 'Issuing certificate as Secret does not exist'),
  request: notReady(reason, message),
});

function certificateState(world: PkiWorld, manager: CertManager, certificate: CertificateInput): CertificateState {
  const { namespace, name, spec } = certificate;
  const refusal = refuseCertificate(spec);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  const given = world.secrets.find((secret) => secret.namespace === namespace && secret.name === spec.secretName);
  if (given !== undefined) return givenState(world, given);

  const kind = spec.issuerRef?.kind === 'ClusterIssuer' ? 'ClusterIssuer' : 'Issuer';
  const group = spec.issuerRef?.group ?? '';
  if (group !== '' && group !== 'cert-manager.io') return { kind: 'unknown', because: `issuer group ${group}` };
  const issuerName = spec.issuerRef?.name ?? '';
  const issuer = manager.issuer(kind, namespace, issuerName);
  if (issuer === undefined)
    return pending(
      'Pending',
      `Referenced "${kind}" not found: ${kind.toLowerCase()}.cert-manager.io "${issuerName}" not found`,
    );
  if (issuer.kind === 'external') return { kind: 'unknown', because: `${issuer.type} issuer` };
  if (issuer.kind === 'refused' || issuer.kind === 'not-ready')
    return pending('Pending', 'Referenced issuer does not have a Ready status condition');

  const algorithm = keyAlgorithmOf(spec);
  if (algorithm === undefined) return { kind: 'unknown', because: 'private key algorithm' };
  const issuedAt = latestIssuance(spec, world.now);
  const template = templateOf(spec, issuedAt);
  if (!template.ok) return { kind: 'unknown', because: template.error };
  const label = `certificate ${namespace}/${name}`;
  // rotationPolicy Never keeps the key through renewals.
  const keyLabel = spec.privateKey?.rotationPolicy === 'Never' ? label : `${label} ${issuedAt}`;
  const key = deriveKey(world.seed, keyLabel, algorithm);
  const withSerial = { ...template.value, serial: deriveSerial(world.seed, `${label} ${issuedAt}`) };
  const chain =
    issuer.kind === 'self-signed'
      ? [signSelf(withSerial, key)]
      : [signCertificate(withSerial, key.publicKey, issuer.ca.signer), ...intermediatesOf(issuer.ca)];
  const secret = tlsSecret(certificate, chain, key, issuer.kind === 'self-signed' ? chain : issuer.ca.chain);
  return { kind: 'ready', condition: UP_TO_DATE, secret, given: false };
}

const UP_TO_DATE = ready('Ready', 'Certificate is up to date and has not expired');

/** A Secret that already exists stays; what cert-manager would complain of is told beside it. */
function givenState(world: PkiWorld, secret: SecretInput): CertificateState {
  const pair = keyPairOf(secret);
  const [leaf] = pair.ok ? pair.value.chain : [];
  const stale = !pair.ok
    ? notReady('MissingData', pair.error)
    : leaf !== undefined && !keyMatches(leaf, pair.value.key)
      ? notReady(
          'InvalidKeyPair',
          'Issuing certificate as Secret contains an invalid key-pair: tls: private key does not match public key',
        )
      : leaf !== undefined && leaf.notAfter <= world.now
        ? notReady('Expired', `Certificate expired on ${httpDate(leaf.notAfter)}`)
        : undefined;
  return { kind: 'ready', condition: stale ?? UP_TO_DATE, secret, given: true, ...(stale && { stale }) };
}

const httpDate = (ms: number): string => new Date(ms).toUTCString().replace('GMT', 'UTC');

/** What the issuer hands out with a leaf; a self-signed root is left out. */
export const intermediatesOf = (ca: IssuingCa): readonly Certificate[] =>
  ca.chain.filter(({ selfIssued }) => !selfIssued);

/** The Secret that cert-manager writes: tls.crt, tls.key, and the top of the chain as ca.crt. */
function tlsSecret(
  certificate: CertificateInput,
  chain: readonly Certificate[],
  key: PrivateKey,
  issuerChain: readonly Certificate[],
): SecretInput {
  const root = issuerChain.find(({ selfIssued }) => selfIssued);
  const top = root ?? (chain.length > 1 ? chain[chain.length - 1] : undefined);
  return {
    namespace: certificate.namespace,
    name: certificate.spec.secretName ?? '',
    type: 'kubernetes.io/tls',
    data: {
      'tls.crt': certificatesPem(chain),
      'tls.key': privateKeyPem(key),
      ...(top && { 'ca.crt': certificatePem(top) }),
    },
  };
}
