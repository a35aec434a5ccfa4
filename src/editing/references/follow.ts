/**
 * What one object has to say differently after a relocation: its own name and namespace, the
 * references in it, the labels it selects by; and which references can no longer be said.
 */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import type { FieldPath } from '../../base/origin.ts';
import { isMeshConfigMap, MESH_CONFIG_PATH } from '../../resources/embeddedConfig.ts';
import { readText } from '../../resources/yaml/readText.ts';
import type { TextObject } from '../objects.ts';
import {
  COMMON,
  type LabelReach,
  MESH_CONFIG_REFERENCES,
  type ObjectReference,
  REFERENCES,
  type Reference,
} from './fields.ts';
import { placeAfter, type Relocation } from './relocation.ts';
import { account, DANGLING, host, type Notation, namespace, principal, type Referrer } from './values.ts';

/** One scalar of an object that gets another value; it may not be written yet. */
export interface Rewrite {
  readonly path: FieldPath;
  readonly value: string;
  /** As it is written now; '' where it is not. */
  readonly before: string;
}

export interface Left {
  readonly code: 'dangling-reference' | 'shared-selector';
  readonly path: FieldPath;
  readonly value: string;
}

export interface Followed {
  readonly rewrites: readonly Rewrite[];
  readonly left: readonly Left[];
}

interface Following {
  readonly from: Referrer;
  readonly relocation: Relocation;
  readonly isMoved: boolean;
  readonly rewrites: Rewrite[];
  readonly left: Left[];
}

export function follow({ value, resource }: TextObject, relocation: Relocation): Followed {
  const movedTo = relocation.moved.get(resource.id);
  const after = movedTo === undefined ? resource : resourceIdParts(movedTo);
  const following: Following = {
    from: { namespace: resource.namespace, namespaceAfter: after.namespace },
    relocation,
    isMoved: movedTo !== undefined,
    rewrites: [],
    left: [],
  };
  if (after.name !== resource.name)
    following.rewrites.push({ path: ['metadata', 'name'], value: after.name, before: resource.name });
  if (after.namespace !== resource.namespace)
    following.rewrites.push({ path: ['metadata', 'namespace'], value: after.namespace, before: resource.namespace });
  const key = `${resource.group === '' ? 'core' : resource.group}/${resource.kind}`;
  const references = Object.hasOwn(REFERENCES, key) ? (REFERENCES[key] ?? []) : [];
  followAll(following, value, [], [...COMMON, ...references]);
  if (key === 'security.istio.io/AuthorizationPolicy') followConditions(following, value);
  if (isMeshConfigMap(resource)) {
    const text = at(value, MESH_CONFIG_PATH);
    const embedded = typeof text === 'string' ? readText(text).objects[0]?.value : undefined;
    followAll(following, embedded, MESH_CONFIG_PATH, MESH_CONFIG_REFERENCES);
  }
  return following;
}

function followAll(following: Following, value: unknown, prefix: FieldPath, references: readonly Reference[]): void {
  for (const reference of references) {
    for (const place of placesOf(value, stepsOf(reference.path))) {
      const found = { path: [...prefix, ...place.path], value: place.value };
      if ('notation' in reference) followValue(following, found, reference.notation);
      else if ('object' in reference) followObject(following, found, reference.object);
      else followLabels(following, found, reference.labels);
    }
  }
}

interface Found {
  readonly path: FieldPath;
  readonly value: unknown;
}

function followValue(
  { from, relocation, rewrites, left }: Following,
  { path, value }: Found,
  notation: Notation,
): void {
  if (typeof value !== 'string' || value === '') return;
  const after = notation(value, from, relocation);
  if (after === DANGLING) left.push({ code: 'dangling-reference', path, value });
  else if (after !== undefined) rewrites.push({ path, value: after, before: value });
}

/** Kinds of such references are namespaced, but for ClusterIssuer. */
function followObject({ from, relocation, rewrites }: Following, { path, value }: Found, usual: ObjectReference): void {
  const { name, namespace: own, kind, group } = fieldsOf(value);
  if (typeof name !== 'string') return;
  const ofKind = typeof kind === 'string' ? kind : usual.kind;
  const ofGroup = typeof group === 'string' ? group : usual.group;
  const isCluster = ofKind === 'ClusterIssuer';
  const written = typeof own === 'string' && own !== '' ? own : undefined;
  const before = isCluster ? '' : (written ?? from.namespace);
  const to = placeAfter(relocation, ofGroup, ofKind, before, name);
  if (to !== undefined && to.name !== name) rewrites.push({ path: [...path, 'name'], value: to.name, before: name });
  if (isCluster) return;
  const namespaceAfter = to?.namespace ?? relocation.namespaces.get(before) ?? before;
  const says = written ?? from.namespaceAfter;
  if (says !== namespaceAfter)
    rewrites.push({ path: [...path, 'namespace'], value: namespaceAfter, before: written ?? '' });
}

function followLabels(following: Following, { path, value }: Found, reach: LabelReach): void {
  const { from, relocation, isMoved, rewrites, left } = following;
  if (reach === 'self' && !isMoved) return;
  const reachesAll = reach === 'any' || (reach === 'own' && from.namespace === relocation.rootNamespace);
  for (const { key, from: before, to, namespace: own, isShared } of relocation.labels) {
    if (fieldsOf(value)[key] !== before) continue;
    if (!reachesAll && own !== from.namespace) continue;
    if (reachesAll && isShared) left.push({ code: 'shared-selector', path: [...path, key], value: before });
    else rewrites.push({ path: [...path, key], value: to, before });
  }
}

const CONDITIONS: Readonly<Record<string, Notation>> = {
  'source.principal': principal,
  'source.namespace': namespace,
  'source.serviceAccount': account,
  'connection.sni': host,
};

function followConditions(following: Following, value: unknown): void {
  for (const { path, value: condition } of placesOf(value, ['spec', 'rules', '*', 'when', '*'])) {
    const { key } = fieldsOf(condition);
    const notation = typeof key === 'string' && Object.hasOwn(CONDITIONS, key) ? CONDITIONS[key] : undefined;
    if (notation === undefined) continue;
    for (const field of ['values', 'notValues']) {
      for (const found of placesOf(condition, [field, '*'])) {
        followValue(following, { path: [...path, ...found.path], value: found.value }, notation);
      }
    }
  }
}

const stepsOf = (path: string): string[] => path.split('.').map((step) => step.replaceAll('~1', '.'));

/** Everything that lies under the steps, with its path. */
function placesOf(value: unknown, steps: readonly string[], path: FieldPath = []): Found[] {
  const [step, ...rest] = steps;
  if (step === undefined) return value === undefined ? [] : [{ path, value }];
  if (step === '*') {
    if (Array.isArray(value)) return value.flatMap((item, index) => placesOf(item, rest, [...path, index]));
    return Object.entries(fieldsOf(value)).flatMap(([key, item]) => placesOf(item, rest, [...path, key]));
  }
  return Object.hasOwn(fieldsOf(value), step) ? placesOf(fieldsOf(value)[step], rest, [...path, step]) : [];
}

const at = (value: unknown, path: FieldPath): unknown =>
  path.reduce<unknown>((inner, step) => fieldsOf(inner)[String(step)], value);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** The id of an object after the relocation. */
export const idAfter = ({ moved }: Relocation, id: ResourceId): ResourceId => moved.get(id) ?? id;
