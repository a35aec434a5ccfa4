/**
 * `tls` of a Gateway server -> Envoy's server side of TLS. Certificates are named, not read: what
 * SDS answers for each name is secrets/'s business.
 *
 * Upstream authority: istio pilot/pkg/networking/core/listener.go BuildListenerTLSContext;
 * pilot/pkg/security/model/authentication.go ApplyToCommonTLSContext,
 * ApplyCredentialSDSToServerCommonTLSContext; pkg/config/security/security.go FilterCipherSuites.
 */
import { GATEWAY_CIPHER_SUITES } from '../../base/gatewayCipherSuites.ts';
import type { Origin } from '../../base/origin.ts';
import type { MeshConfig } from '../../mesh/types.ts';
import type { ServerTlsMode, ServerTlsSettings } from '../../resources/kinds/shared/serverTls.ts';
import type { TlsVersion } from '../../trace/call.ts';
import type { DownstreamTlsContext, SanMatcher, ValidationContext } from '../envoy/listener.ts';
import {
  CA_SUFFIX,
  fileCertificateName,
  fileRootName,
  secretName,
  WORKLOAD_CERTIFICATE,
  WORKLOAD_ROOT,
} from '../secrets/names.ts';

const HTTP_ALPN = ['h2', 'http/1.1'];
const MESH_TCP_ALPN = ['istio-peer-exchange', 'h2', 'http/1.1'];

export interface TlsContextInput {
  readonly tls: ServerTlsSettings;
  readonly mode: ServerTlsMode;
  /** The server terminates TLS in front of a TCP proxy. */
  readonly tcp: boolean;
  readonly config: Pick<MeshConfig, 'tlsDefaults'>;
  readonly origins: readonly Origin[];
}

export function downstreamTlsContext(input: TlsContextInput): DownstreamTlsContext {
  const { tls, mode } = input;
  const requireClientCertificate = mode === 'MUTUAL' || mode === 'ISTIO_MUTUAL';
  const asksForCertificate = requireClientCertificate || mode === 'OPTIONAL_MUTUAL';
  const names = secretNames(tls, mode);
  const validation = validationContext(tls, mode, asksForCertificate, names);
  return {
    certificates: names.certificates,
    requireClientCertificate,
    ...(validation ? { validation } : {}),
    alpn: mode === 'ISTIO_MUTUAL' && input.tcp ? MESH_TCP_ALPN : HTTP_ALPN,
    ...tlsParameters(input),
    origins: input.origins,
  };
}

const hasCredential = (tls: ServerTlsSettings): boolean => Boolean(tls.credentialNames?.length || tls.credentialName);

interface SecretNames {
  readonly certificates: readonly string[];
  readonly root: string;
}

function secretNames(tls: ServerTlsSettings, mode: ServerTlsMode): SecretNames {
  if (mode === 'ISTIO_MUTUAL') return { certificates: [WORKLOAD_CERTIFICATE], root: WORKLOAD_ROOT };
  if (hasCredential(tls)) {
    const credentials = tls.credentialNames?.length ? tls.credentialNames : [tls.credentialName ?? ''];
    const ca = tls.caCertCredentialName || `${credentials[0] ?? ''}${CA_SUFFIX}`;
    return { certificates: credentials.map(secretName), root: secretName(ca) };
  }
  const files = tls.tlsCertificates?.length ? tls.tlsCertificates : [tls];
  return {
    certificates: files.map(
      (file) => fileCertificateName(file.serverCertificate, file.privateKey) ?? WORKLOAD_CERTIFICATE,
    ),
    root: fileRootName(tls.caCertificates) ?? WORKLOAD_ROOT,
  };
}

function validationContext(
  tls: ServerTlsSettings,
  mode: ServerTlsMode,
  asksForCertificate: boolean,
  names: SecretNames,
): ValidationContext | undefined {
  const byCredential = mode !== 'ISTIO_MUTUAL' && hasCredential(tls);
  const matchSans = (tls.subjectAltNames ?? []).map((value): SanMatcher => ({ kind: 'exact', value }));
  if (asksForCertificate) {
    return {
      trustBundle: names.root,
      matchSans,
      verifyCertificateHash: byCredential ? (tls.verifyCertificateHash ?? []) : [],
      verifyCertificateSpki: byCredential ? (tls.verifyCertificateSpki ?? []) : [],
      acceptUntrusted: tls.insecureSkipVerify === true,
    };
  }
  // SIMPLE with a credential keeps the names without a CA, which Envoy refuses; with files it drops them.
  return byCredential && matchSans.length > 0
    ? { matchSans, verifyCertificateHash: [], verifyCertificateSpki: [], acceptUntrusted: false }
    : undefined;
}

const VERSIONS: Readonly<Record<string, TlsVersion>> = {
  TLSV1_0: '1.0',
  TLSV1_1: '1.1',
  TLSV1_2: '1.2',
  TLSV1_3: '1.3',
};

type TlsParameters = Pick<DownstreamTlsContext, 'minVersion' | 'maxVersion' | 'cipherSuites' | 'ecdhCurves'>;

/** Server settings over the mesh's defaults over Envoy's; none of it for mesh mTLS. */
function tlsParameters({ tls, mode, config: { tlsDefaults } }: TlsContextInput): TlsParameters {
  if (mode === 'ISTIO_MUTUAL') return { minVersion: '1.2', maxVersion: '1.3', cipherSuites: [], ecdhCurves: [] };
  const cipherSuites = (tls.cipherSuites ?? []).filter(
    (suite, index, all) => GATEWAY_CIPHER_SUITES.has(suite) && all.indexOf(suite) === index,
  );
  return {
    minVersion: VERSIONS[tls.minProtocolVersion ?? ''] ?? tlsDefaults.minProtocolVersion ?? '1.2',
    maxVersion: VERSIONS[tls.maxProtocolVersion ?? ''] ?? '1.3',
    cipherSuites: cipherSuites.length > 0 ? cipherSuites : tlsDefaults.cipherSuites,
    ecdhCurves: tls.ecdhCurves?.length ? tls.ecdhCurves : tlsDefaults.ecdhCurves,
  };
}
