/**
 * The transport of an outbound cluster: plain text, TLS, or TLS to labelled endpoints; with which
 * certificate, trust, names and SNI (cluster_tls.go applyUpstreamTLSSettings,
 * buildUpstreamClusterTLSContext, constructUpstreamTLS).
 *
 * A DestinationRule's tls block decides for every endpoint; without one, auto mTLS does.
 */
import type { Origin } from '../../base/origin.ts';
import type { MeshConfig } from '../../mesh/types.ts';
import type { ClientTlsSettings } from '../../resources/kinds/shared/trafficPolicy.ts';
import type { ClusterTransport, UpstreamTlsContext } from '../envoy/cluster.ts';
import type { SanMatcher, ValidationContext } from '../envoy/listener.ts';
import { type Sourced, tlsMode } from '../scope/trafficPolicy.ts';
import {
  CA_SUFFIX,
  fileCertificateName,
  fileRootName,
  secretName,
  WORKLOAD_CERTIFICATE,
  WORKLOAD_ROOT,
} from '../secrets/names.ts';
import type { AutoMtls } from './autoMtls.ts';
import { reason } from './reasons.ts';

const SYSTEM_ROOTS = 'system';
const CONFIG_MAP = 'configmap://';
const MESH_ALPN = ['istio-peer-exchange', 'istio'];

export interface UpstreamTlsInput {
  readonly config: MeshConfig;
  readonly proxyType: 'sidecar' | 'gateway';
  /** The tls block in force. */
  readonly tls: Sourced<ClientTlsSettings> | undefined;
  /** The rule it is in selects workloads. */
  readonly ruleHasSelector: boolean;
  readonly auto: AutoMtls;
  readonly originalDestination: boolean;
  /** The cluster speaks HTTP/2 to its endpoints, whatever came in. */
  readonly http2: boolean;
  /** SNI of mesh mTLS: names service, port and subset. */
  readonly meshSni: string;
  readonly identities: readonly string[];
  readonly fromServiceEntry: boolean;
}

export function upstreamTransport(input: UpstreamTlsInput): ClusterTransport {
  if (input.tls === undefined) return automatic(input);
  const tls = input.tls.value;
  const origins = [input.tls.origin];
  const mode = tlsMode(tls);
  const why = reason('destination-rule-tls', { mode });
  if (mode === 'DISABLE') return { kind: 'raw', why, origins };
  if (mode === 'ISTIO_MUTUAL') {
    const names = tls.subjectAltNames?.length ? tls.subjectAltNames : input.identities;
    return { kind: 'tls', tls: meshTls(input, tls.sni || input.meshSni, names), why, origins };
  }
  return originated(input, tls, mode, origins);
}

function automatic(input: UpstreamTlsInput): ClusterTransport {
  const { auto } = input;
  if (!auto.enabled) return { kind: 'raw', why: auto.why, origins: auto.origins };
  const tls = meshTls(input, input.meshSni, input.identities);
  return input.originalDestination
    ? { kind: 'tls', tls, why: reason('auto-mtls-original-destination', auto.why.params), origins: auto.origins }
    : { kind: 'by-endpoint-label', tls, why: auto.why, origins: auto.origins };
}

/** Envoy's own version range for clients; mesh-wide TLS settings do not apply here. */
const CLIENT_VERSIONS = { minVersion: '1.2', maxVersion: '1.3' } as const;

function meshTls(input: UpstreamTlsInput, sni: string, names: readonly string[]): UpstreamTlsContext {
  return {
    mode: 'ISTIO_MUTUAL',
    certificate: WORKLOAD_CERTIFICATE,
    validation: validationContext(WORKLOAD_ROOT, names),
    sni,
    autoSni: false,
    autoSanValidation: false,
    alpn: input.http2 ? [...MESH_ALPN, 'h2'] : MESH_ALPN,
    alpnOverride: true,
    ...CLIENT_VERSIONS,
    cipherSuites: [],
    ecdhCurves: [],
  };
}

/** SIMPLE and MUTUAL: TLS of the user's own. */
function originated(
  input: UpstreamTlsInput,
  tls: ClientTlsSettings,
  mode: 'SIMPLE' | 'MUTUAL',
  origins: readonly Origin[],
): ClusterTransport {
  const credential = tls.credentialName ?? '';
  const privileged = credential !== '' && !credential.startsWith(CONFIG_MAP);
  if (privileged && input.proxyType === 'sidecar' && !input.ruleHasSelector) {
    return { kind: 'raw', why: reason('credential-without-workload-selector', { credential }), origins };
  }
  const certificate =
    mode === 'SIMPLE'
      ? undefined
      : credential === ''
        ? fileCertificateName(tls.clientCertificate, tls.privateKey)
        : secretName(credential);
  if (mode === 'MUTUAL' && certificate === undefined) {
    return { kind: 'raw', why: reason('client-certificate-missing'), origins };
  }
  const unverified = tls.insecureSkipVerify === true;
  const own = tls.subjectAltNames ?? [];
  const names = own.length === 0 && input.fromServiceEntry ? input.identities : own;
  const roots =
    credential === '' ? fileRootName(tls.caCertificates || SYSTEM_ROOTS) : secretName(`${credential}${CA_SUFFIX}`);
  const sni = tls.sni ?? '';
  const { cipherSuites, ecdhCurves } = input.config.tlsDefaults;
  const context: UpstreamTlsContext = {
    mode,
    ...(certificate === undefined ? {} : { certificate }),
    ...(unverified || roots === undefined ? {} : { validation: validationContext(roots, names) }),
    ...(sni === '' ? {} : { sni }),
    autoSni: sni === '',
    // The Host is checked only where nothing else is said of names.
    autoSanValidation: sni === '' && own.length === 0 && !unverified,
    alpn: input.http2 ? ['h2'] : [],
    alpnOverride: false,
    ...CLIENT_VERSIONS,
    cipherSuites,
    ecdhCurves,
  };
  return { kind: 'tls', tls: context, why: reason('destination-rule-tls', { mode }), origins };
}

function validationContext(trustBundle: string, names: readonly string[]): ValidationContext {
  return {
    trustBundle,
    matchSans: names.map((value): SanMatcher => ({ kind: 'exact', value })),
    verifyCertificateHash: [],
    verifyCertificateSpki: [],
    acceptUntrusted: false,
  };
}
