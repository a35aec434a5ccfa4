/**
 * How clients speak to a workload's Services, a namespace's or the mesh's: the DestinationRule that
 * already names the host gets the TLS mode, else a new one is written for it.
 */
import { resourceId } from '../../base/ids.ts';
import { isEmptySelector, selects } from '../../mesh/labels.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import { locateObject } from '../located.ts';
import { setField } from '../setField.ts';
import { append, freeName, takenIn } from './append.ts';
import type { Drawing, Drawn } from './intention.ts';
import { drawn, refused } from './outcome.ts';
import type { PolicyPlace } from './policyPlace.ts';

const GROUP = 'networking.istio.io';
const KIND = 'DestinationRule';

export function setClientTls(drawing: Drawing, { namespace, selected }: PolicyPlace, mode: string): Drawn {
  const { mesh, files } = drawing;
  const suffix = `svc.${mesh.config.domainSuffix}`;
  const isMesh = selected === undefined && namespace === mesh.config.rootNamespace;
  const service =
    selected &&
    mesh.services.find(
      (found) =>
        found.registry === 'kubernetes' &&
        found.namespace === namespace &&
        !isEmptySelector(found.selector) &&
        selects(found.selector, selected.workload.labels),
    );
  if (selected !== undefined && service === undefined) return refused('not-for-this-scope', { kind: KIND });
  const host = service?.hostname ?? (isMesh ? '*.local' : `*.${namespace}.${suffix}`);
  const existing = resourcesOf(mesh, `${GROUP}/${KIND}`).find((found) => {
    const written = found.body.spec?.host ?? '';
    const full = /[.*]/.test(written) ? written : `${written}.${found.namespace}.${suffix}`;
    return (
      found.namespace === namespace && full === host && isEmptySelector(found.body.spec?.workloadSelector?.matchLabels)
    );
  });
  if (existing !== undefined) {
    const object = locateObject(files, existing.id);
    if (object === undefined) return refused('not-there', { what: existing.id });
    return drawn([setField(object, ['spec', 'trafficPolicy', 'tls', 'mode'], mode)], existing.id);
  }
  const name = freeName(service?.name ?? 'default', takenIn(drawing, namespace, [KIND]));
  return append(
    drawing,
    namespace,
    [
      {
        apiVersion: `${GROUP}/v1`,
        kind: KIND,
        metadata: { name, namespace },
        spec: { host, trafficPolicy: { tls: { mode } } },
      },
    ],
    resourceId(GROUP, KIND, namespace, name),
  );
}
