/**
 * A path in a resource -> its field: schema, key and what the simulator does with it. The key names
 * a field wherever it occurs (`ClientTLSSettings.mode`, `AuthorizationPolicy.spec.rules.from`): list
 * indexes are left out, and the values of a map are `*`.
 */
import type { FieldPath } from '../../base/origin.ts';
import { meshConfig } from '../../resources/kinds/meshConfig.ts';
import { type AnyKindDefinition, KINDS } from '../../resources/kinds/registry.ts';
import { objectMeta } from '../../resources/kinds/shared/objectMeta.ts';
import type { Mark } from '../../resources/schema/marks.ts';
import { object, type Schema, string } from '../../resources/schema/schema.ts';
import { REQUIRED } from './required.ts';
import { sharedName } from './typeNames.ts';
import { VALUES } from './vocabulary.ts';

export interface Field {
  readonly key: string;
  readonly schema: Schema<unknown>;
  /** Its own, or that of the branch it is in. */
  readonly mark?: Mark;
}

/** What is told of a field: plain data, spelled by i18n under the key. */
export interface FieldAbout {
  readonly key: string;
  /** As API references write it: `string`, `[]string`, `map[string]string`. */
  readonly type: string;
  readonly required?: boolean;
  readonly status: 'simulated' | 'ignored' | 'unmodelled';
  /** Code of base/diagnostics/fieldReasons.ts. */
  readonly reason?: string;
  /** Only these values are not simulated. */
  readonly condition?: string;
  /** Fields of which one may be set. */
  readonly oneOf?: readonly string[];
}

/** A document whose kind is not written yet. */
const UNKNOWN_KIND = object({ apiVersion: string, kind: string, metadata: objectMeta });

export const MESH_CONFIG_FIELD: Field = { key: 'MeshConfig', schema: meshConfig };

/** The Gateway of the Gateway API shares its name with Istio's. */
export const kindName = ({ group, kind }: { readonly group: string; readonly kind: string }): string =>
  kind === 'Gateway' && group === 'gateway.networking.k8s.io' ? 'KubernetesGateway' : kind;

export function rootField(definition: AnyKindDefinition | undefined): Field {
  if (definition === undefined) return { key: 'Resource', schema: UNKNOWN_KIND };
  const { body } = definition;
  const fields = body.type === 'object' ? body.fields : {};
  const schema = object({ apiVersion: string, kind: string, metadata: objectMeta, ...fields });
  const mark: Mark | undefined =
    definition.unmodelled === undefined ? undefined : { kind: 'unmodelled', reason: definition.unmodelled };
  return { key: kindName(definition), schema, ...(mark === undefined ? {} : { mark }) };
}

/** The field that a path leads to; undefined where the schema has none. */
export function fieldAt(root: Field, path: FieldPath): Field | undefined {
  let field: Field | undefined = root;
  for (const step of path) {
    if (field === undefined) return undefined;
    field = typeof step === 'number' ? itemOf(field) : childOf(field, step);
  }
  return field;
}

/** One item of a list. */
export function itemOf({ key, schema, mark }: Field): Field | undefined {
  return schema.type === 'list' ? named(key, schema.item, mark) : undefined;
}

export function childOf({ key, schema, mark }: Field, name: string): Field | undefined {
  if (schema.type === 'map') return named(`${key}.*`, schema.value, mark);
  if (schema.type !== 'object' || !Object.hasOwn(schema.fields, name)) return undefined;
  const child = schema.fields[name];
  return child === undefined ? undefined : named(memberKey({ key, schema }, name), child, mark);
}

/** What every resource has is known under one name. */
const memberKey = ({ key, schema }: Field, name: string): string =>
  isRoot(schema) && (name === 'apiVersion' || name === 'kind') ? `Resource.${name}` : `${key}.${name}`;

const isRoot = (schema: Schema<unknown>): boolean =>
  schema.type === 'object' && 'apiVersion' in schema.fields && 'metadata' in schema.fields;

export function fieldsOf(field: Field): readonly { readonly name: string; readonly field: Field }[] {
  const { schema } = field;
  if (schema.type !== 'object') return [];
  return Object.keys(schema.fields).flatMap((name) => {
    const child = childOf(field, name);
    return child === undefined ? [] : [{ name, field: child }];
  });
}

function named(key: string, schema: Schema<unknown>, inherited: Mark | undefined): Field {
  const mark = schema.mark ?? inherited;
  return { key: sharedName(schema) ?? key, schema, ...(mark === undefined ? {} : { mark }) };
}

/** `name` is that of the field, whose own key may be the name of its type. */
export function aboutField(parent: Field | undefined, name: string, { key, schema, mark }: Field): FieldAbout {
  const own = parent?.schema.type === 'object' ? memberKey(parent, name) : key;
  const { schema: around } = parent ?? {};
  const oneOf = around?.type === 'object' ? around.oneofs.find((names) => names.includes(name)) : undefined;
  return {
    key: own,
    type: typeText(schema),
    ...(REQUIRED.has(own) ? { required: true } : {}),
    status: mark === undefined ? 'simulated' : mark.kind,
    ...(mark === undefined ? {} : { reason: mark.reason }),
    ...(mark?.kind === 'unmodelled' && mark.when !== undefined ? { condition: mark.when.text } : {}),
    ...(oneOf === undefined ? {} : { oneOf }),
  };
}

export function typeText(schema: Schema<unknown>): string {
  switch (schema.type) {
    case 'list':
      return `[]${typeText(schema.item)}`;
    case 'map':
      return `map[${schema.key}]${typeText(schema.value)}`;
    case 'object':
      return sharedName(schema) ?? 'object';
    case 'integer':
      return schema.width;
    case 'bytes':
      return 'base64';
    case 'int-or-string':
      return 'integer | string';
    case 'enum':
      return 'enum';
    default:
      return schema.type;
  }
}

/** Every key that a field of any kind has, and `key=VALUE` for the values of enums. */
export function allFieldKeys(): ReadonlySet<string> {
  const keys = new Set<string>();
  const visited = new Set<string>();
  const visit = (field: Field): void => {
    const { schema } = field;
    if (schema.type === 'list') return void visitAll([itemOf(field)]);
    if (schema.type === 'map') {
      keys.add(`${field.key}.*`);
      return void visitAll([childOf(field, '*')]);
    }
    if (schema.type !== 'object' || visited.has(field.key)) return;
    visited.add(field.key);
    for (const { name, field: child } of fieldsOf(field)) {
      const { key } = aboutField(field, name, child);
      keys.add(key);
      const leaf = child.schema.type === 'list' ? child.schema.item : child.schema;
      if (leaf.type === 'enum') for (const value of leaf.values) keys.add(`${key}=${value}`);
      visit(child);
    }
  };
  const visitAll = (fields: readonly (Field | undefined)[]): void => {
    for (const field of fields) if (field !== undefined) visit(field);
  };
  for (const definition of Object.values<AnyKindDefinition>(KINDS)) {
    keys.add(kindName(definition));
    visit(rootField(definition));
  }
  visit(MESH_CONFIG_FIELD);
  for (const [key, values] of Object.entries(VALUES)) for (const value of values) keys.add(`${key}=${value}`);
  return keys;
}
