/**
 * The mTLS mode of a namespace or of one workload: the PeerAuthentication that already decides it
 * there gets the mode, else a new one is written. Of several for one namespace the oldest counts.
 */
import { resourceId } from '../../base/ids.ts';
import { isEmptySelector, type Labels, sameLabels } from '../../mesh/labels.ts';
import type { Resource } from '../../resources/types.ts';
import { locateObject } from '../located.ts';
import { setField } from '../setField.ts';
import { append, freeName, takenIn } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { selectorOf } from './selectorOf.ts';

const KIND = 'PeerAuthentication';
const GROUP = 'security.istio.io';

export function setPeerAuthentication(
  drawing: Drawing,
  { namespace, workload: id, mode }: IntentionOf<'set-peer-authentication'>,
): Drawn | undefined {
  const { mesh, files } = drawing;
  const workload = id === undefined ? undefined : mesh.workloads.get(id);
  if (id !== undefined && (workload === undefined || workload.namespace !== namespace)) return undefined;
  const labels = workload === undefined ? undefined : selectorOf(drawing, workload);
  // Without labels a selector would select the whole namespace.
  if (labels !== undefined && isEmptySelector(labels)) return undefined;

  const existing = (mesh.resources.get(`${GROUP}/${KIND}`) ?? []).find(
    (found) => found.namespace === namespace && sameLabels(matchLabelsOf(found), labels),
  );
  if (existing !== undefined) {
    const object = locateObject(files, existing.id);
    if (object === undefined) return undefined;
    return { edits: [setField(object, ['spec', 'mtls', 'mode'], mode)], select: existing.id };
  }
  const name = freeName(workload?.name ?? 'default', takenIn(drawing, namespace, [KIND]));
  return append(
    drawing,
    namespace,
    [
      {
        apiVersion: `${GROUP}/v1`,
        kind: KIND,
        metadata: { name, namespace },
        spec: { ...(labels === undefined ? {} : { selector: { matchLabels: labels } }), mtls: { mode } },
      },
    ],
    resourceId(GROUP, KIND, namespace, name),
  );
}

function matchLabelsOf({ body }: Resource): Labels | undefined {
  const { spec } = body as { readonly spec?: { readonly selector?: { readonly matchLabels?: Labels } } };
  return spec?.selector?.matchLabels;
}
