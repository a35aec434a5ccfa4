/**
 * What Envoy refuses when it loads key material from a Secret (the SDS update is NACKed and the old
 * state stays): certificate chain, private key, CA bundle, revocation lists. The texts are Envoy's.
 * source/common/tls/context_impl.cc, cert_validator/default_validator.cc.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { PrivateKey, PublicKey } from '../crypto/keys.ts';
import { publicKeysEqual } from '../crypto/keys.ts';
import { readPem } from '../crypto/pem.ts';
import { parsePrivateKey } from '../crypto/privateKey.ts';
import { boundedCache } from './boundedCache.ts';
import { parseCertificates } from './certificate.ts';
import { maySignHandshake } from './envoyPeer.ts';
import type { Certificate, Crl } from './types.ts';
import { readCrl } from './x509/readCrl.ts';

export interface TlsCertificate {
  /** Leaf first, as it will be presented. */
  readonly chain: readonly [Certificate, ...Certificate[]];
  readonly key: PrivateKey;
}

export interface TrustBundle {
  readonly anchors: readonly Certificate[];
  readonly crls: readonly Crl[];
}

export interface LoadError {
  readonly code: 'chain' | 'rsa-too-small' | 'key' | 'key-mismatch' | 'trusted-ca' | 'crl';
  /** Envoy's message in the NACK. */
  readonly text: string;
  /** The part behind `Cause:` is BoringSSL's for this very fault; false where we only know that it fails. */
  readonly exact: boolean;
}

const CHAIN = 'Failed to load certificate chain from <inline>';
const KEY = 'Failed to load private key from <inline>';

const loaded = boundedCache<Result<TlsCertificate, LoadError>>(1000);

/** A certificate chain and its private key, as a listener or cluster would load them. */
export function loadTlsCertificate(chainPem: string, keyPem: string): Result<TlsCertificate, LoadError> {
  return loaded.get(`${chainPem}\0${keyPem}`, () => load(chainPem, keyPem));
}

function load(chainPem: string, keyPem: string): Result<TlsCertificate, LoadError> {
  const parsed = parseCertificates(chainPem);
  const [leaf, ...rest] = parsed.ok ? parsed.value : [];
  if (leaf === undefined) return err({ code: 'chain', text: CHAIN, exact: true });
  if (leaf.publicKey.kind === 'unsupported' || (leaf.publicKey.kind === 'ec' && !maySignHandshake(leaf)))
    return err({ code: 'chain', text: CHAIN, exact: true });
  if (leaf.publicKey.kind === 'rsa' && leaf.publicKey.bits < 2048)
    return err({
      code: 'rsa-too-small',
      text: `${CHAIN}, only RSA certificates with 2048-bit or larger keys are supported`,
      exact: true,
    });
  const key = parsePrivateKey(keyPem);
  if (!key.ok) {
    const exact = key.error.code === 'key-absent';
    const cause = exact ? 'error:0900006e:PEM routines:OPENSSL_internal:NO_START_LINE' : 'unknown';
    return err({ code: 'key', text: `${KEY}, Cause: ${cause}`, exact });
  }
  if (!publicKeysEqual(leaf.publicKey, key.value.publicKey)) {
    const cause = mismatchCause(leaf.publicKey, key.value.publicKey);
    return err({ code: 'key-mismatch', text: `${KEY}, Cause: ${cause}`, exact: true });
  }
  return ok({ chain: [leaf, ...rest], key: key.value });
}

const mismatchCause = (certificateKey: PublicKey, key: PublicKey): string =>
  certificateKey.kind === key.kind
    ? 'error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH'
    : 'error:0b000073:X.509 certificate routines:OPENSSL_internal:KEY_TYPE_MISMATCH';

const bundles = boundedCache<Result<TrustBundle, LoadError>>(1000);

/** A trusted_ca bundle: its certificates, and the revocation lists that may lie among them. */
export function loadTrustBundle(pem: string): Result<TrustBundle, LoadError> {
  return bundles.get(pem, () => {
    const anchors = parseCertificates(pem);
    const crls = loadCrls(pem);
    if (!anchors.ok || !crls.ok)
      return err({ code: 'trusted-ca', text: 'Failed to load trusted CA certificates from <inline>', exact: true });
    return ok({ anchors: anchors.value, crls: crls.value });
  });
}

/** The revocation lists of a PEM text; none is not an error. */
export function loadCrls(pem: string): Result<readonly Crl[], LoadError> {
  const crls: Crl[] = [];
  for (const block of readPem(pem)) {
    if (block.label !== 'X509 CRL') continue;
    const crl = block.bytes === undefined ? undefined : readCrl(block.bytes);
    if (crl === undefined || !crl.ok)
      return err({ code: 'crl', text: 'Failed to load CRL from <inline>', exact: true });
    crls.push(crl.value);
  }
  return ok(crls);
}
