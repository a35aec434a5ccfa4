/** The issuance of a mesh: who signs its proxies' certificates, worked out once, when first asked for. */
import type { ResourceId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import { rememberLast, stableList } from '../../base/remembered.ts';
import { sameData } from '../../base/sameData.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import {
  type CsrFailure,
  type Issuance,
  issuance,
  type PkiWorld,
  type ProxyInput,
  type ProxyIssuance,
  parseSignerName,
} from '../../pki/issuance.ts';
import { pkiWorld, proxyInput } from './pkiWorld.ts';

const known = new WeakMap<Mesh, Issuance>();

export function meshIssuance(mesh: Mesh): Issuance {
  const made = known.get(mesh) ?? issued(worldOf(mesh.config, mesh), askingOf(mesh.config, mesh));
  known.set(mesh, made);
  return made;
}

/** Most edits change nothing of this: then the CAs and what they issued stay. */
const worldOf = rememberLast((_config: Mesh['config'], mesh: Mesh): PkiWorld => pkiWorld(mesh), sameData);
const askingOf = rememberLast(
  (_config: Mesh['config'], mesh: Mesh): readonly ProxyInput[] => stableList(proxies(mesh).map(inputOf)),
  sameData,
);
const inputOf = rememberLast(proxyInput);
const issued = rememberLast((world: PkiWorld, asking: readonly ProxyInput[]): Issuance => issuance(world, asking));

const knownAt = new WeakMap<Mesh, Map<number, Issuance>>();

/** The same at an earlier moment: what was handed out last before a CA went away. */
export function meshIssuanceAt(mesh: Mesh, at: number): Issuance {
  if (at >= mesh.now) return meshIssuance(mesh);
  const known = knownAt.get(mesh) ?? new Map<number, Issuance>();
  knownAt.set(mesh, known);
  const made = known.get(at) ?? issuance({ ...pkiWorld(mesh), now: at }, proxies(mesh).map(proxyInput));
  known.set(at, made);
  return made;
}

export const proxies = (mesh: Mesh): readonly Workload[] =>
  [...mesh.workloads.values()].filter(({ proxy }) => proxy !== 'none');

/** How this proxy got its certificate, or why it did not. */
export const issuanceOf = (mesh: Mesh, workload: Workload): ProxyIssuance =>
  meshIssuance(mesh).proxy(proxyInput(workload));

/** The Issuer or ClusterIssuer behind a proxy's signer, if the mesh has it. */
export function signerResource(mesh: Mesh, workload: Workload): ResourceId | undefined {
  const { certSigner } = proxyInput(workload);
  if (certSigner === undefined) return undefined;
  const signer = parseSignerName(`${meshIssuance(mesh).environment.signerDomain}/${certSigner}`);
  if (signer === undefined) return undefined;
  return resourcesOf(mesh, `cert-manager.io/${signer.kind}`).find(
    ({ namespace, name }) =>
      name === signer.name && (signer.kind === 'ClusterIssuer' || namespace === signer.namespace),
  )?.id;
}

/** What a person would look at first when this fails. */
export function originsOfFailure(mesh: Mesh, workload: Workload, { code }: CsrFailure): readonly Origin[] {
  const { config } = mesh;
  const whole = (resource: ResourceId | undefined): readonly Origin[] =>
    resource === undefined ? [] : [{ resource, path: [] }];
  switch (code) {
    case 'istiod-does-not-run':
    case 'signing-certificate-expired': {
      const cacerts = resourcesOf(mesh, 'core/Secret').find(
        ({ namespace, name }) => namespace === config.rootNamespace && name === 'cacerts',
      );
      return [...whole(cacerts?.id), workload.origin];
    }
    case 'root-missing':
    case 'root-does-not-verify':
    case 'istiod-untrusted':
      return [...(config.origin ? [config.origin] : []), ...whole(signerResource(mesh, workload)), workload.origin];
    default:
      return [...whole(signerResource(mesh, workload)), workload.origin];
  }
}
