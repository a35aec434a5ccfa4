/**
 * A file and an offset -> what can be written there: fields of the kind's schema, values of enums,
 * names of this mesh, whole documents. Works on any text, however broken.
 */
import type { Mesh } from '../../mesh/types.ts';
import { type AnyKindDefinition, KINDS } from '../../resources/kinds/registry.ts';
import type { Schema } from '../../resources/schema/schema.ts';
import { type Cursor, cursorAt, valueAt } from '../cursor.ts';
import { aboutField, type Field, fieldAt, fieldsOf } from '../fields/field.ts';
import { MAP_KEYS, VALUES } from '../fields/vocabulary.ts';
import type { ReferencePlace } from '../references/reference.ts';
import { labelChoices } from '../references/selected.ts';
import { LABEL_SELECTORS, PORT_MAPS, REFERENCES } from '../references/table.ts';
import { targetsOf } from '../references/targets.ts';
import type { Completion, Completions } from './completion.ts';
import { TEMPLATES, templateText } from './templates.ts';
import { fieldInsert, isQuoted, scalarText, valueInsert } from './write.ts';

/** Beyond this many a list helps nobody; typing narrows it. */
const LIMIT = 500;

export function completeAt(mesh: Mesh, fileText: string, offset: number): Completions | undefined {
  const cursor = cursorAt(fileText, offset, 'typing');
  if (cursor === undefined) return undefined;
  const { place, start } = cursor;
  const json = /^\s*[{[]/.test(fileText);
  const items = place.role === 'key' ? keysAt(mesh, cursor, json) : valuesAt(mesh, cursor, json);
  const inner = isQuoted(place) ? 1 : 0;
  // A quote that is not closed yet has only one side.
  const closing = inner === 1 && place.end - place.start >= 2 ? 1 : 0;
  const replaceKey = place.role === 'key' && json;
  return {
    start: start + place.start + (replaceKey ? 0 : inner),
    end: start + place.end - (replaceKey ? 0 : closing),
    items: items.slice(0, LIMIT),
  };
}

export const placeOf = (mesh: Mesh, cursor: Cursor): ReferencePlace => ({
  mesh,
  kind: cursor.object.kind,
  namespace: cursor.object.namespace,
  path: cursor.path,
  valueAt: (path) => valueAt(cursor, path),
});

/** Keys: fields of the object around, or the keys that a map knows. */
function keysAt(mesh: Mesh, cursor: Cursor, json: boolean): Completion[] {
  const { path, root, place, object } = cursor;
  const parent = fieldAt(root, path.slice(0, -1));
  if (parent === undefined) return [];
  if (parent.schema.type === 'map') return mapKeys(mesh, cursor, parent, json);
  const isStart = path.length === 1 && object.kind === '' && !json && place.siblings.every((key) => key === '');
  return [...fieldItems(cursor, parent, place.column, json), ...(isStart ? documents(mesh) : [])];
}

function fieldItems({ place, object }: Cursor, parent: Field, column: number, json: boolean): Completion[] {
  const taken = new Set(place.siblings);
  const items = fieldsOf(parent)
    .filter(({ name }) => !taken.has(name))
    .filter(({ name }) => name !== 'status' || parent.key !== object.kind)
    .map(({ name, field }): Completion => {
      const insert = place.hasColon
        ? json
          ? `"${name}"`
          : name
        : fieldInsert(name, field.schema, place, column, json);
      return { kind: 'field', label: name, insert, about: aboutField(parent, name, field), again: !place.hasColon };
    });
  const rank = ({ about }: Completion): number =>
    about?.required === true ? 0 : about?.status === 'simulated' ? 1 : about?.status === 'unmodelled' ? 2 : 3;
  return items.sort((a, b) => rank(a) - rank(b));
}

function mapKeys(mesh: Mesh, cursor: Cursor, parent: Field, json: boolean): Completion[] {
  const { place } = cursor;
  const where = placeOf(mesh, cursor);
  const taken = new Set(place.siblings);
  const keys: Completion[] = [];
  const add = (key: string, what?: string): void => {
    if (taken.has(key)) return;
    const written = json ? JSON.stringify(key) : scalarText(key, place.flow);
    const value = parent.schema.type === 'map' ? parent.schema.value : undefined;
    const opening = value?.type === 'object' && !place.flow ? `\n${' '.repeat(place.column + 2)}$0` : ' $0';
    const insert = isQuoted(place) && !json ? key : `${written}${place.hasColon ? '' : `:${opening}`}`;
    keys.push({ kind: 'reference', label: key, insert, again: true, ...(what === undefined ? {} : { what }) });
  };
  if (LABEL_SELECTORS.has(parent.key)) {
    for (const [key, values] of labelChoices(where)) add(key, [...values].slice(0, 4).join(', '));
  } else if (PORT_MAPS.has(parent.key)) {
    for (const { value, what } of targetsOf('workload-port', where)) add(value, what);
  } else {
    for (const key of Object.keys(MAP_KEYS[parent.key] ?? {})) add(key);
  }
  return keys;
}

function valuesAt(mesh: Mesh, cursor: Cursor, json: boolean): Completion[] {
  const { field, path, place } = cursor;
  if (path.length === 0 && cursor.object.kind === '') {
    const column = columnOf(cursor);
    return [...documents(mesh), ...fieldItems({ ...cursor, place: { ...place, column } }, cursor.root, column, json)];
  }
  if (field === undefined) return [];
  const { schema, key } = field;
  if (schema.type === 'object') {
    const column = columnOf(cursor);
    return place.flow ? [] : fieldItems({ ...cursor, place: { ...place, siblings: [] } }, field, column, json);
  }
  if (schema.type === 'map') {
    const column = columnOf(cursor);
    const inner = { ...cursor, path: [...path, ''], place: { ...place, siblings: [], column } };
    return place.flow ? [] : mapKeys(mesh, inner, field, json);
  }
  if (key === 'Resource.kind') return kindNames(cursor, json);
  if (key === 'Resource.apiVersion') return apiVersions(cursor, json);
  return dedupe([...known(field, cursor, json), ...references(mesh, cursor, field, json)]);
}

/** The column that a value on its own line stands at. */
function columnOf({ place, text }: Cursor): number {
  return place.start - (text.lastIndexOf('\n', place.start - 1) + 1);
}

/** Values that the schema or the vocabulary lists. */
function known({ schema, key }: Field, { place, path }: Cursor, json: boolean): Completion[] {
  const parentKey = key.endsWith('.*') ? key.slice(0, -2) : undefined;
  const ofMap = parentKey === undefined ? undefined : MAP_KEYS[parentKey]?.[String(path.at(-1))];
  const values =
    schema.type === 'enum'
      ? schema.values
      : schema.type === 'boolean'
        ? ['true', 'false']
        : (ofMap ?? VALUES[key] ?? []);
  return values.map((value) => ({
    kind: 'value',
    label: value,
    insert: valueInsert(value, place, schema, json),
    valueKey: `${key}=${value}`,
  }));
}

function references(mesh: Mesh, cursor: Cursor, { key, schema }: Field, json: boolean): Completion[] {
  const where = placeOf(mesh, cursor);
  const item = (label: string, what: string): Completion => ({
    kind: 'reference',
    label,
    insert: valueInsert(label, cursor.place, schema, json),
    what,
  });
  const kind = REFERENCES[key];
  if (kind !== undefined) return targetsOf(kind, where).map(({ value, what }) => item(value, what));
  const map = key.endsWith('.*') ? key.slice(0, -2) : '';
  if (!LABEL_SELECTORS.has(map)) return [];
  const name = String(cursor.path.at(-1));
  return [...(labelChoices(where).get(name) ?? [])].map((value) => item(value, name));
}

function dedupe(items: readonly Completion[]): Completion[] {
  const seen = new Set<string>();
  return items.filter(({ label }) => !seen.has(label) && seen.add(label) !== undefined);
}

const definitions = Object.values<AnyKindDefinition>(KINDS);
const TEXT: Schema<unknown> = { type: 'string' };

/** Kinds of the group that is written, or all. */
function kindNames({ object, place }: Cursor, json: boolean): Completion[] {
  return definitions
    .filter(({ group }) => object.group === '' || group === object.group)
    .map(({ kind, group }) => ({
      kind: 'value',
      label: kind,
      insert: valueInsert(kind, place, TEXT, json),
      what: group === '' ? 'v1' : group,
      valueKey: kindKeyOf(group, kind),
    }));
}

const kindKeyOf = (group: string, kind: string): string =>
  group === 'gateway.networking.k8s.io' && kind === 'Gateway' ? 'KubernetesGateway' : kind;

function apiVersions({ object, place }: Cursor, json: boolean): Completion[] {
  const wanted = definitions.filter(({ kind }) => object.kind === '' || kind === object.kind);
  const versions = new Map<string, string[]>();
  for (const { group, versions: served, kind } of wanted) {
    const version = group === '' ? (served[0] ?? '') : `${group}/${served[0] ?? ''}`;
    versions.set(version, [...(versions.get(version) ?? []), kind]);
  }
  return [...versions].map(([version, kinds]) => ({
    kind: 'value',
    label: version,
    insert: valueInsert(version, place, TEXT, json),
    what: kinds.length > 3 ? `${kinds.slice(0, 3).join(', ')} …` : kinds.join(', '),
  }));
}

function documents(mesh: Mesh): Completion[] {
  const namespaces = [...mesh.namespaces.keys()].filter((name) => !/^(?:kube-|istio-system$)/.test(name));
  return TEMPLATES.map((template) => ({
    kind: 'document',
    label: template.kind,
    insert: templateText(template, namespaces),
    template: template.id,
  }));
}
