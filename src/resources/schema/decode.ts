/**
 * Plain JSON values -> the typed body of a kind, the way the control plane decodes it.
 *
 * Protobuf (istio.io kinds, MeshConfig): golang/protobuf jsonpb with unknown fields allowed. Fields
 * are read in the order of the .proto file and the first wrong value refuses the document, with
 * jsonpb's own words; null is absent, null items are zero values, quoted numbers are numbers.
 * Kubernetes: the API server's JSON decoder and CRD schemas; there the first wrong value refuses too.
 * Whatever the decoder lets pass silently (unknown fields) is reported, and is not in the value.
 */
import { parseGoDuration } from '../../base/goDuration.ts';
import type { FieldPath } from '../../base/origin.ts';
import type { Mark } from './marks.ts';
import type { Schema } from './schema.ts';

export type Decoder = 'protobuf' | 'kubernetes';

export type DecodeIssue =
  /** `refusal`: the decoder's message; absent where it lets the value pass after all. */
  | {
      readonly kind: 'wrong-type';
      readonly path: FieldPath;
      readonly expected: string;
      readonly actual: string;
      readonly refusal?: string;
    }
  | { readonly kind: 'unknown-field'; readonly path: FieldPath }
  | { readonly kind: 'exclusive-fields'; readonly path: FieldPath; readonly fields: readonly string[] }
  | { readonly kind: 'unmodelled-field'; readonly path: FieldPath; readonly reason: string };

export interface Decoded<T> {
  readonly value: T;
  readonly issues: readonly DecodeIssue[];
}

interface Context {
  readonly decoder: Decoder;
  /** Protobuf JSON also knows fields by their .proto names (`trust_domain`); CRDs know two of those. */
  readonly acceptSnakeCase: boolean;
  readonly issues: DecodeIssue[];
}

export function decode<T>(
  schema: Schema<T>,
  value: unknown,
  decoder: Decoder,
  options: { readonly path?: FieldPath; readonly acceptSnakeCase?: boolean } = {},
): Decoded<T> {
  const context: Context = { decoder, acceptSnakeCase: options.acceptSnakeCase ?? false, issues: [] };
  const decoded = decodeValue(context, schema as Schema<unknown>, value, options.path ?? []);
  return { value: decoded as T, issues: context.issues };
}

function decodeValue(context: Context, schema: Schema<unknown>, value: unknown, path: FieldPath): unknown {
  switch (schema.type) {
    case 'any':
      return value;
    case 'string':
    case 'bytes':
    case 'timestamp':
      if (typeof value === 'string') return value;
      return value === null ? '' : wrong(context, path, 'string', value, 'string');
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return value === null ? false : wrong(context, path, 'boolean', value, 'bool');
    case 'int-or-string':
      if (typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value))) return value;
      return wrong(context, path, 'integer or string', value, 'intstr.IntOrString');
    case 'integer':
      return decodeInteger(context, schema.width, value, path);
    case 'number':
      return decodeNumber(context, value, path);
    case 'duration':
      return decodeDuration(context, value, path);
    case 'enum':
      return decodeEnum(context, schema, value, path);
    case 'list':
      if (value === null) return [];
      if (!Array.isArray(value)) return wrong(context, path, 'list', value, '[]json.RawMessage');
      return value.map((item, index) => decodeValue(context, schema.item, item, [...path, index]));
    case 'map':
      return decodeMap(context, schema, value, path);
    case 'object':
      return decodeObject(context, schema, value, path);
  }
}

const RANGES = {
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
} as const;

function decodeInteger(context: Context, width: keyof typeof RANGES, value: unknown, path: FieldPath): unknown {
  if (value === null) return 0;
  let number = value;
  if (typeof value === 'string' && context.decoder === 'protobuf') {
    number = unquoted(context, value, 'integer', path);
    if (number === undefined) return undefined;
  }
  const [low, high] = RANGES[width];
  if (typeof number !== 'number') return wrong(context, path, 'integer', value, width);
  if (Number.isInteger(number) && number >= low && number <= high) return number;
  return wrong(context, path, 'integer', value, width, `number ${goNumber(number)}`);
}

function decodeNumber(context: Context, value: unknown, path: FieldPath): unknown {
  if (value === null) return 0;
  if (typeof value === 'string' && context.decoder === 'protobuf') return unquoted(context, value, 'number', path);
  return typeof value === 'number' ? value : wrong(context, path, 'number', value, 'float64');
}

/** jsonpb strips the quotes of a number and reads what is between them. */
function unquoted(context: Context, text: string, expected: string, path: FieldPath): number | undefined {
  const isNumber = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/.test(text);
  const refusal =
    text === ''
      ? 'unexpected end of JSON input'
      : `invalid character '${text.trimStart().charAt(0)}' looking for beginning of value`;
  context.issues.push({
    kind: 'wrong-type',
    path,
    expected,
    actual: 'string',
    ...(isNumber ? {} : { refusal }),
  });
  return isNumber ? Number(text) : undefined;
}

function decodeDuration(context: Context, value: unknown, path: FieldPath): unknown {
  if (typeof value !== 'string') return wrong(context, path, 'duration', value, 'string');
  const parsed = parseGoDuration(value);
  if (parsed.ok) return value;
  return refuse(context, path, 'duration', value, `bad Duration: ${parsed.error}`);
}

function decodeEnum(
  context: Context,
  schema: Extract<Schema<unknown>, { readonly type: 'enum' }>,
  value: unknown,
  path: FieldPath,
): unknown {
  const expected = schema.values.join(', ');
  if (typeof value === 'string') {
    if (schema.values.includes(value)) return value;
    const refusal =
      schema.protoName === ''
        ? `Unsupported value: ${JSON.stringify(value)}: supported values: ${schema.values.map((v) => `"${v}"`).join(', ')}`
        : `unknown value ${JSON.stringify(JSON.stringify(value))} for enum ${schema.protoName}`;
    return refuse(context, path, expected, value, refusal);
  }
  if (context.decoder === 'protobuf' && typeof value === 'number' && Number.isInteger(value)) {
    context.issues.push({ kind: 'wrong-type', path, expected, actual: 'number' });
    return schema.values[value];
  }
  if (value === null) return schema.values[0];
  return wrong(context, path, expected, value, 'protoreflect.EnumNumber');
}

function decodeMap(
  context: Context,
  schema: Extract<Schema<unknown>, { readonly type: 'map' }>,
  value: unknown,
  path: FieldPath,
): unknown {
  if (value === null) return {};
  if (!isObject(value)) return wrong(context, path, 'object', value, 'map[string]json.RawMessage');
  const map: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (schema.key === 'uint32' && !/^(?:0|[1-9][0-9]*)$/.test(key)) {
      const first = key.trimStart().charAt(0);
      const refusal =
        first === '' ? 'unexpected end of JSON input' : `invalid character '${first}' looking for beginning of value`;
      refuse(context, [...path, key], 'port number', key, refusal);
      continue;
    }
    const decoded = decodeValue(context, schema.value, item, [...path, key]);
    if (decoded !== undefined) setField(map, key, decoded);
  }
  return map;
}

function decodeObject(
  context: Context,
  { fields, oneofs }: Extract<Schema<unknown>, { readonly type: 'object' }>,
  value: unknown,
  path: FieldPath,
): unknown {
  if (value === null) return {};
  if (!isObject(value)) return wrong(context, path, 'object', value, 'map[string]json.RawMessage');
  const object: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const written = writtenName(context, name, value);
    if (written === undefined) continue;
    const item = value[written];
    // fields[name] exists: name comes from its keys.
    const schema = fields[name] as Schema<unknown>;
    if (item === null) continue;
    const fieldPath = [...path, written];
    if (schema.mark !== undefined) noteMark(context, schema.mark, fieldPath);
    const decoded = decodeValue(context, schema, item, fieldPath);
    // Protobuf cannot tell an empty list from none.
    const isNothing = context.decoder === 'protobuf' && Array.isArray(decoded) && decoded.length === 0;
    if (decoded !== undefined && !isNothing) object[name] = decoded;
  }
  for (const group of oneofs) keepLast(context, object, group, path);
  reportUnknown(context, fields, value, path);
  return object;
}

/** jsonpb sets the members of a oneof one after the other, so the last in .proto order stays. */
function keepLast(context: Context, object: Record<string, unknown>, group: readonly string[], path: FieldPath): void {
  const set = group.filter((field) => object[field] !== undefined);
  if (set.length <= 1) return;
  context.issues.push({ kind: 'exclusive-fields', path, fields: set });
  for (const field of set.slice(0, -1)) delete object[field];
}

function noteMark(context: Context, mark: Mark, path: FieldPath): void {
  if (mark.kind === 'unmodelled') context.issues.push({ kind: 'unmodelled-field', path, reason: mark.reason });
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** CRD schemas list these under both names. */
const CRD_SNAKE_CASE = ['jwksUri', 'mirrorPercent'];

function writtenName(context: Context, name: string, value: Record<string, unknown>): string | undefined {
  if (Object.hasOwn(value, name)) return name;
  if (!context.acceptSnakeCase && !CRD_SNAKE_CASE.includes(name)) return undefined;
  const snake = snakeCase(name);
  return Object.hasOwn(value, snake) ? snake : undefined;
}

function reportUnknown(
  context: Context,
  fields: Readonly<Record<string, unknown>>,
  value: Record<string, unknown>,
  path: FieldPath,
): void {
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(fields, name)) continue;
    const field = Object.keys(fields).find((known) => snakeCase(known) === name);
    if (field !== undefined && writtenName(context, field, value) !== undefined) continue;
    context.issues.push({ kind: 'unknown-field', path: [...path, name] });
  }
}

/** A value of a JSON type that Go's decoder cannot put into `goType`. */
function wrong(
  context: Context,
  path: FieldPath,
  expected: string,
  value: unknown,
  goType: string,
  goValue: string = goKind(value),
): undefined {
  const into = context.decoder === 'protobuf' ? 'Go value' : `Go struct field ${fieldName(path)}`;
  const type = context.decoder === 'protobuf' ? goType : goType.replace('json.RawMessage', 'interface {}');
  return refuse(context, path, expected, value, `json: cannot unmarshal ${goValue} into ${into} of type ${type}`);
}

function refuse(context: Context, path: FieldPath, expected: string, value: unknown, refusal: string): undefined {
  context.issues.push({ kind: 'wrong-type', path, expected, actual: goKind(value), refusal });
  return undefined;
}

const fieldName = (path: FieldPath) => path.filter((step) => typeof step === 'string').join('.');

/** The JSON type in Go's words. */
export function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const goNumber = (value: number) => (Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(0) : `${value}`);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Assignment that treats a key named `__proto__` like any other. */
function setField(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
