/**
 * Case file -> engine input: the variant's text as workspace files, the mesh options that the case
 * states (clock, addresses, CAs, trust domains), and each corpus call as a Call.
 * Invariant: nothing of what was observed is read here.
 */
import type { WorkloadId } from '../base/ids.ts';
import {
  altNames,
  type Call,
  type CompiledMesh,
  type GivenWorkloadCa,
  issueForCaller,
  type MeshOptions,
  parseCertificates,
  type WorkspaceFile,
} from '../engine.ts';
import type { CaseCall, CaseFile, CasePem, CaseVariant } from './caseFile.ts';

/** Documents of istio.io APIs without a creationTimestamp: this moment plus their index in minutes. */
const AGE_BASE = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

export interface VariantInput {
  readonly files: readonly WorkspaceFile[];
  readonly options: MeshOptions;
}

export function variantInput(file: CaseFile, variant: CaseVariant): VariantInput {
  const files: WorkspaceFile[] = [{ name: 'case.yaml', text: file.manifests }];
  if (variant.manifests !== undefined && variant.manifests.trim() !== '') {
    files.push({ name: 'variant.yaml', text: variant.manifests });
  }
  const pems = file.pems ?? {};
  const options: MeshOptions = {
    now: Date.parse(file.now),
    seed: file.name,
    addresses: { ...file.addresses, ...variant.addresses },
    defaultAges: { base: AGE_BASE, step: MINUTE },
    pems: Object.fromEntries(Object.entries(pems).map(([name, pem]) => [name, joinPem(pem)])),
    ...(file.workloadCAs === undefined ? {} : { workloadCAs: givenCas(file.workloadCAs, pems) }),
    ...(file.trustDomains === undefined ? {} : { trustDomains: file.trustDomains }),
    // The harness sends the end-entity certificate alone unless a case says so.
    presentRoot: file.presentRoot === true,
  };
  return { files, options };
}

/** `signer,other`: the signer may be an intermediate; proxies trust its root and the roots of the others. */
function givenCas(
  cas: Readonly<Record<string, string>>,
  pems: Readonly<Record<string, CasePem>>,
): Record<string, GivenWorkloadCa> {
  const given: Record<string, GivenWorkloadCa> = {};
  for (const [namespace, spec] of Object.entries(cas)) {
    const names = spec.split(',').map((name) => name.trim());
    const [signer] = names;
    const signerPem = signer === undefined ? undefined : pems[signer];
    // A CA whose key the case does not carry is one that the manifests themselves bring about.
    if (signerPem?.key === undefined) continue;
    given[namespace] = {
      name: spec,
      signer: joinPem(signerPem),
      trusted: names.map((name) => pems[name]?.cert ?? ''),
    };
  }
  return given;
}

const joinPem = (pem: CasePem): string => (pem.key === undefined ? pem.cert : `${pem.cert}\n${pem.key}`);

export function callFrom(compiled: CompiledMesh, file: CaseFile, call: Omit<CaseCall, 'observed'>): Call {
  const pems = file.pems ?? {};
  const base = {
    name: call.name,
    from: call.from === 'outside' ? ('outside' as const) : (call.from as WorkloadId),
    container: call.container === 'istio-proxy' ? ('istio-proxy' as const) : ('app' as const),
    ...(call.connectTo === undefined ? {} : { connectTo: call.connectTo }),
    ...(call.alongside === undefined ? {} : { alongside: call.alongside }),
  };
  if (call.tcp !== undefined) {
    const colon = call.tcp.lastIndexOf(':');
    return {
      ...base,
      request: { kind: 'tcp', host: call.tcp.slice(0, colon), port: Number(call.tcp.slice(colon + 1)) },
    };
  }
  const headers = Object.entries(call.headers ?? {}).map(([name, value]) => headerOf(name, String(value)));
  const token = call.token === undefined ? undefined : file.tokens?.[call.token];
  const certificate = call.cert === undefined ? undefined : callerCertificate(compiled, file, pems[call.cert]);
  return {
    ...base,
    request: {
      kind: 'http',
      url: call.url ?? '',
      method: call.method ?? 'GET',
      headers: token === undefined ? headers : [...headers, ['Authorization', `Bearer ${token}`] as const],
      httpVersion: call.http10 === true ? '1.0' : call.http2 === true ? '2' : '1.1',
      pathAsIs: call.pathAsIs === true,
      tls: {
        insecure: call.insecure === true,
        ...(call.cacert === undefined
          ? {}
          : {
              caCertificates: call.cacert
                .split(',')
                .map((name) => pems[name.trim()]?.cert ?? '')
                .join('\n'),
            }),
        ...(certificate?.key === undefined ? {} : { certificate: { chain: certificate.cert, key: certificate.key } }),
        ...(call.tlsMax === undefined ? {} : { maxVersion: tlsVersion(call.tlsMax) }),
      },
    },
  };
}

/**
 * A case without workloadCAs does not carry its mesh's CA, only certificates that it signed. They
 * are made again by the simulator's mesh CA, for the same identity.
 */
function callerCertificate(compiled: CompiledMesh, file: CaseFile, pem: CasePem | undefined): CasePem | undefined {
  if (pem === undefined || file.workloadCAs !== undefined) return pem;
  const parsed = parseCertificates(pem.cert);
  const [leaf] = parsed.ok ? parsed.value : [];
  const [uri] = leaf === undefined ? [] : altNames(leaf, 'uri');
  if (leaf?.issuer.text !== UNNAMED_MESH_CA || uri === undefined) return pem;
  const issued = issueForCaller(compiled, uri);
  return issued === undefined ? pem : { cert: issued.chain, key: issued.key };
}

/** The corpus' name for the one CA of a mesh that is not told otherwise. */
const UNNAMED_MESH_CA = 'CN=istio-ca,O=cluster.local';

function tlsVersion(text: string): '1.0' | '1.1' | '1.2' | '1.3' {
  return text === '1.0' || text === '1.1' || text === '1.2' ? text : '1.3';
}

/** `Name;` is sent empty and `Name:` taken away, as curl spells it; so is any other but Host without a value. */
function headerOf(name: string, value: string): readonly [string, string] {
  if (name.endsWith(';')) return [name.slice(0, -1), ''];
  return value === '' && !name.endsWith(':') && name.toLowerCase() !== 'host' ? [`${name}:`, ''] : [name, value];
}
