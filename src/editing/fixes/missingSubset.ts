/**
 * A route to a subset that no DestinationRule names: it is added to the host's rule, or to a new one.
 * Its labels are those by which pods of the host are of that version, else the customary `version`.
 */
import { resourceId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import { append } from '../intentions/append.ts';
import type { Drawing } from '../intentions/intention.ts';
import { locateObject } from '../located.ts';
import { setField } from '../setField.ts';
import { destinationAt, fullHost } from './destination.ts';
import type { Fix } from './fix.ts';

export function addSubset(drawing: Drawing, { resource, path }: Origin, name: string): Fix[] {
  const { mesh, files } = drawing;
  const destination = destinationAt(mesh, { resource, path: path.slice(0, -1) });
  if (destination === undefined) return [];
  const { namespace, host, full } = destination;
  const subset = { name, labels: labelsOf(mesh, full, name) };
  const rules = resourcesOf(mesh, 'networking.istio.io/DestinationRule').filter(
    ({ body, namespace: own }) => fullHost(mesh, body.spec?.host ?? '', own) === full,
  );
  const rule = rules.find((one) => one.namespace === namespace) ?? rules[0];
  if (rule !== undefined) {
    const object = locateObject(files, rule.id);
    const count = rule.body.spec?.subsets?.length ?? 0;
    if (object === undefined) return [];
    const value = count === 0 ? [subset] : subset;
    const edit = setField(object, ['spec', 'subsets', ...(count === 0 ? [] : [count])], value);
    return [{ code: 'add-subset', params: { name, rule: `${rule.namespace}/${rule.name}` }, edits: [edit] }];
  }
  const [ruleName = host] = host.split('.');
  const manifest = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: ruleName, namespace },
    spec: { host, subsets: [subset] },
  };
  const id = resourceId('networking.istio.io', 'DestinationRule', namespace, ruleName);
  // A rule of that name for another host is not to be replaced.
  if (resourcesOf(mesh, 'networking.istio.io/DestinationRule').some((one) => one.id === id)) return [];
  const outcome = append(drawing, namespace, [manifest], id);
  const params = { name, rule: `${namespace}/${ruleName}` };
  return outcome.ok ? [{ code: 'add-subset', params, edits: outcome.value.edits }] : [];
}

function labelsOf(mesh: Mesh, hostname: string, name: string): Readonly<Record<string, string>> {
  const services = mesh.services.filter((service) => service.hostname === hostname);
  const labels = services.flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => Object.entries(endpoint.labels)));
  const found = labels.filter(([, value]) => value === name).map(([key]) => key);
  const key = found.includes('version') ? 'version' : (found[0] ?? 'version');
  return { [key]: name };
}
