/**
 * The mTLS mode of the mesh, a namespace or one workload: the PeerAuthentication that already decides
 * it there gets the mode, else a new one is written. Of several for one scope the oldest counts.
 */
import { resourceId } from '../../base/ids.ts';
import { type Labels, sameLabels } from '../../mesh/labels.ts';
import type { Resource } from '../../resources/types.ts';
import { locateObject } from '../located.ts';
import { setField } from '../setField.ts';
import { append, freeName, takenIn } from './append.ts';
import type { Drawing, Drawn, IntentionOf, MtlsModeName, PolicyScope } from './intention.ts';
import { drawn, refused } from './outcome.ts';
import { placeOf } from './policyPlace.ts';

const KIND = 'PeerAuthentication';
const GROUP = 'security.istio.io';

export function setPeerAuthentication(
  drawing: Drawing,
  { namespace, workload, mode }: IntentionOf<'set-peer-authentication'>,
): Drawn {
  const scope: PolicyScope =
    workload === undefined ? { kind: 'namespace', name: namespace } : { kind: 'workload', id: workload };
  if (workload !== undefined && drawing.mesh.workloads.get(workload)?.namespace !== namespace)
    return refused('not-there', { what: workload });
  return setMtlsMode(drawing, scope, mode);
}

export function setMtlsMode(drawing: Drawing, scope: PolicyScope, mode: MtlsModeName): Drawn {
  const { mesh, files } = drawing;
  const place = placeOf(drawing, scope);
  if (!place.ok) return place;
  const { namespace, selected } = place.value;
  const existing = (mesh.resources.get(`${GROUP}/${KIND}`) ?? []).find(
    (found) => found.namespace === namespace && sameLabels(matchLabelsOf(found), selected?.labels),
  );
  if (existing !== undefined) {
    const object = locateObject(files, existing.id);
    if (object === undefined) return refused('not-there', { what: existing.id });
    return drawn([setField(object, ['spec', 'mtls', 'mode'], mode)], existing.id);
  }
  const name = freeName(selected?.workload.name ?? 'default', takenIn(drawing, namespace, [KIND]));
  return append(
    drawing,
    namespace,
    [
      {
        apiVersion: `${GROUP}/v1`,
        kind: KIND,
        metadata: { name, namespace },
        spec: { ...(selected === undefined ? {} : { selector: { matchLabels: selected.labels } }), mtls: { mode } },
      },
    ],
    resourceId(GROUP, KIND, namespace, name),
  );
}

function matchLabelsOf({ body }: Resource): Labels | undefined {
  const { spec } = body as { readonly spec?: { readonly selector?: { readonly matchLabels?: Labels } } };
  return spec?.selector?.matchLabels;
}
