/**
 * Files inside a proxy's container, as far as the mesh says what is in them: Secrets and ConfigMaps
 * that the pod mounts into `istio-proxy`, by its own spec or by the annotations userVolume and
 * userVolumeMount. A path below no mount does not exist, except where the image or injection puts
 * files that are not in the mesh.
 */
import type { Origin } from '../../base/origin.ts';
import { podTemplates } from '../../mesh/podTemplates.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import type { Volume } from '../../resources/kinds/shared/podSpec.ts';
import type { Resource } from '../../resources/types.ts';
import { type CredentialData, configMapData, secretData } from './credentialData.ts';

export type ProxyFile =
  | { readonly kind: 'content'; readonly text: string; readonly origins: readonly Origin[] }
  | { readonly kind: 'absent'; readonly origins: readonly Origin[] }
  /** There may be a file, but the mesh does not say what it holds. */
  | { readonly kind: 'unknown'; readonly origins: readonly Origin[] };

/** Where the image or the injection template has files of its own. */
const FILLED_BY_OTHERS = ['/etc/ssl/', '/etc/pki/', '/usr/', '/var/run/secrets/', '/var/lib/istio/', '/etc/istio/'];

interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
}

export function proxyFile(mesh: Mesh, workload: Workload, path: string): ProxyFile {
  const { volumes, mounts } = proxyMounts(mesh, workload);
  const mount = mounts
    .filter(({ mountPath }) => path === mountPath || path.startsWith(`${mountPath.replace(/\/$/, '')}/`))
    .sort((a, b) => b.mountPath.length - a.mountPath.length)[0];
  const origins = [workload.origin];
  if (!mount) {
    return { kind: FILLED_BY_OTHERS.some((prefix) => path.startsWith(prefix)) ? 'unknown' : 'absent', origins };
  }
  const rest = path.slice(mount.mountPath.replace(/\/$/, '').length).replace(/^\//, '');
  const inVolume = [mount.subPath, rest].filter(Boolean).join('/');
  return fileInVolume(
    mesh,
    workload,
    volumes.find(({ name }) => name === mount.name),
    inVolume,
  );
}

function proxyMounts(
  mesh: Mesh,
  workload: Workload,
): { readonly volumes: readonly Volume[]; readonly mounts: readonly Mount[] } {
  const owner = ownerOf(mesh, workload);
  const template = owner && podTemplates([owner])[0];
  const containers = [...(template?.spec.containers ?? []), ...(template?.spec.initContainers ?? [])];
  const proxy = containers.find(({ name }) => name === 'istio-proxy');
  const annotated = <T>(annotation: string) => namedEntries<T>(workload.annotations[annotation]);
  const mounts = (proxy?.volumeMounts ?? []).flatMap(({ name, mountPath, subPath }) =>
    name && mountPath ? [{ name, mountPath, ...(subPath ? { subPath } : {}) }] : [],
  );
  return {
    volumes: [...(template?.spec.volumes ?? []), ...annotated<Volume>('sidecar.istio.io/userVolume')],
    mounts: [
      ...mounts,
      ...annotated<Partial<Mount>>('sidecar.istio.io/userVolumeMount').flatMap(({ name, mountPath, subPath }) =>
        name && mountPath ? [{ name, mountPath, ...(subPath ? { subPath } : {}) }] : [],
      ),
    ],
  };
}

const OWNERS = [
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'batch/Job',
  'batch/CronJob',
  'core/Pod',
] as const;

function ownerOf(mesh: Mesh, workload: Workload): Resource | undefined {
  for (const key of OWNERS) {
    const found = resourcesOf(mesh, key).find(({ id }) => id === workload.origin.resource);
    if (found) return found;
  }
  return undefined;
}

/** Both annotations hold a JSON object of volumes (or mounts) by name, or a list of them. */
function namedEntries<T>(json: string | undefined): (T & { readonly name?: string })[] {
  if (json === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(json);
    if (Array.isArray(parsed)) return parsed as (T & { readonly name?: string })[];
    if (typeof parsed !== 'object' || parsed === null) return [];
    return Object.entries(parsed).map(([name, entry]) => ({ ...(entry as T), name }));
  } catch {
    return [];
  }
}

type Items = readonly { readonly key?: string; readonly path?: string }[] | undefined;

function fileInVolume(mesh: Mesh, workload: Workload, volume: Volume | undefined, path: string): ProxyFile {
  const origins = [workload.origin];
  const { namespace } = workload;
  if (!volume) return { kind: 'absent', origins };
  const sources: readonly (readonly [CredentialData | undefined, Items])[] | undefined = volume.secret
    ? [[secretData(mesh, namespace, volume.secret.secretName ?? ''), volume.secret.items]]
    : volume.configMap
      ? [[configMapData(mesh, namespace, volume.configMap.name ?? ''), volume.configMap.items]]
      : volume.projected?.sources?.map(({ secret, configMap }) =>
          secret
            ? ([secretData(mesh, namespace, secret.name ?? ''), secret.items] as const)
            : ([configMapData(mesh, namespace, configMap?.name ?? ''), configMap?.items] as const),
        );
  if (!sources) return { kind: volume.emptyDir === undefined ? 'unknown' : 'absent', origins };
  for (const [data, items] of sources) {
    const key = items?.length ? items.find((item) => item.path === path)?.key : path;
    const text = key === undefined ? undefined : data?.values.get(key);
    if (data && key !== undefined && text !== undefined) {
      return {
        kind: 'content',
        text,
        origins: [{ resource: data.origin.resource, path: [data.fieldOf(key), key] }, ...origins],
      };
    }
  }
  return { kind: 'absent', origins };
}
