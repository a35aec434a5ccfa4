/**
 * A file and an offset -> what the field or value there is, and what it means in this mesh: the
 * workloads that a selector selects, the Service behind a host, the certificate in a Secret.
 */

import { resourceId } from '../../base/ids.ts';
import { effectivePeerAuthentication } from '../../control-plane/authn/peerAuthentication.ts';
import type { Mesh } from '../../mesh/types.ts';
import { placeOf } from '../complete/completeAt.ts';
import { type Cursor, cursorAt, valueAt } from '../cursor.ts';
import { aboutField, type Field, fieldAt } from '../fields/field.ts';
import { VALUES } from '../fields/vocabulary.ts';
import type { ReferenceKind } from '../references/reference.ts';
import { hasSelector, selectedWorkloads } from '../references/selected.ts';
import { protocolText, serviceOfHost } from '../references/serviceTargets.ts';
import { LABEL_SELECTORS, REFERENCES } from '../references/table.ts';
import { resolveTargets } from '../references/targets.ts';
import { type Description, type Meaning, some } from './description.ts';
import { keySetMeaning, secretMeaning } from './secrets.ts';

export function describeAt(mesh: Mesh, fileText: string, offset: number): Description | undefined {
  const cursor = cursorAt(fileText, offset, 'token');
  if (cursor === undefined) return undefined;
  const { place, start } = cursor;
  const about = aboutOf(cursor);
  const meanings = meaningsOf(mesh, cursor);
  const valueKey = valueKeyOf(cursor);
  if (about === undefined && meanings.length === 0) return undefined;
  return {
    start: start + place.start,
    end: start + place.end,
    ...(about === undefined ? {} : { about }),
    ...(valueKey === undefined ? {} : { valueKey }),
    meanings,
  };
}

function aboutOf({ field, path, root }: Cursor) {
  if (field === undefined) return undefined;
  const names = path.filter((step) => typeof step === 'string');
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const at = path.lastIndexOf(name);
  const own = fieldAt(root, path.slice(0, at + 1));
  return own === undefined ? undefined : aboutField(fieldAt(root, path.slice(0, at)), name, own);
}

/** Of a value from a list. */
function valueKeyOf({ place, field, object }: Cursor): string | undefined {
  if (place.role !== 'value' || field === undefined) return undefined;
  if (field.key === 'Resource.kind' && object.definition !== undefined) return kindKey(object);
  const isListed = field.schema.type === 'enum' || VALUES[field.key]?.includes(place.text) === true;
  return isListed ? `${field.key}=${place.text}` : undefined;
}

const kindKey = ({ group, kind }: Cursor['object']): string =>
  kind === 'Gateway' && group === 'gateway.networking.k8s.io' ? 'KubernetesGateway' : kind;

function meaningsOf(mesh: Mesh, cursor: Cursor): Meaning[] {
  const { place, field, path } = cursor;
  const found: (Meaning | undefined)[] = [];
  if (field !== undefined && place.role === 'value') found.push(...reference(mesh, cursor, field));
  if (isAboutSelection(cursor)) found.push(selection(mesh, cursor));
  if (/^PeerAuthentication\.spec\.(?:mtls|portLevelMtls)/.test(field?.key ?? '')) found.push(mtls(mesh, cursor));
  const value = valueAt(cursor, path);
  if (typeof value === 'string' && value !== '') {
    if (/^(?:Secret|ConfigMap)\.(?:data|stringData)\.\*$/.test(field?.key ?? '')) {
      found.push(secretMeaning(value, mesh.now));
    }
    if (field?.key === 'RequestAuthentication.spec.jwtRules.jwks') found.push(keySetMeaning(value));
  }
  return found.filter((meaning) => meaning !== undefined);
}

function reference(mesh: Mesh, cursor: Cursor, { key }: Field): Meaning[] {
  const kind = REFERENCES[key];
  const { text } = cursor.place;
  if (kind === undefined || text === '') return [];
  const where = placeOf(mesh, cursor);
  if (kind === 'host' || kind === 'route-host' || kind === 'backend') {
    const service = serviceOfHost(mesh, text, where.namespace);
    if (service !== undefined) return [host(service)];
  }
  const targets = resolveTargets(kind, where, text);
  if (targets.length > 0) return [{ kind: 'names', what: some([...new Set(targets.map(({ what }) => what))]) }];
  return MUST_EXIST.has(kind) ? [{ kind: 'names-nothing', reference: kind, namespace: where.namespace }] : [];
}

/** A value that names nothing is worth a word; of other kinds the world outside may know it. */
const MUST_EXIST: ReadonlySet<ReferenceKind> = new Set([
  'host',
  'gateway',
  'virtual-service',
  'secret',
  'gateway-secret',
  'config-map',
  'extension-provider',
  'issuer',
  'subset',
  'backend',
  'parent',
  'listener',
]);

function host(service: NonNullable<ReturnType<typeof serviceOfHost>>): Meaning {
  const endpoints = service.endpoints.map(
    ({ workload, address, port }) => `${workload === undefined ? '' : `${workload} `}${address}:${port}`,
  );
  return {
    kind: 'host',
    hostname: service.hostname,
    ports: service.ports.map(({ number, name, protocol }) =>
      [String(number), name, protocolText(protocol)].filter((part) => part !== '').join(' '),
    ),
    endpoints: some(endpoints),
  };
}

/** On the selector, on the labels in it, and on the name of what selects. */
function isAboutSelection({ field, path, object, place }: Cursor): boolean {
  if (!hasSelector(object.kind) || field === undefined) return false;
  const key = field.key.replace(/\.\*$/, '');
  if (path.length === 2 && path[0] === 'metadata' && path[1] === 'name') return true;
  if (LABEL_SELECTORS.has(key) && key !== 'DestinationRule.spec.subsets.labels') return true;
  return place.role === 'key' && path.length === 2 && (path[1] === 'selector' || path[1] === 'workloadSelector');
}

function selection(mesh: Mesh, cursor: Cursor): Meaning | undefined {
  const workloads = selectedWorkloads(placeOf(mesh, cursor));
  if (workloads === undefined) return undefined;
  // A Service needs no proxy; a policy does nothing without one.
  const isService = cursor.object.kind === 'Service' || cursor.object.kind === 'ServiceEntry';
  const ids = (wanted: boolean) =>
    workloads.filter(({ proxy }) => isService || (proxy !== 'none') === wanted).map(({ id }) => id);
  return { kind: 'selects', workloads: some(ids(true)), withoutProxy: some(isService ? [] : ids(false)) };
}

function mtls(mesh: Mesh, { object }: Cursor): Meaning {
  const id = resourceId(object.group, object.kind, object.namespace, object.name);
  const decided = [...mesh.workloads.values()].filter((workload) => {
    if (workload.proxy === 'none') return false;
    const { base, ports } = effectivePeerAuthentication(mesh, workload.namespace, workload.labels);
    return [base, ...ports.values()].some(({ origins }) => origins.some(({ resource }) => resource === id));
  });
  return { kind: 'decides-mtls', workloads: some(decided.map((workload) => workload.id)) };
}
