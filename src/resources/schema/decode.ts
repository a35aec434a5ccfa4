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
import { base64Problem } from '../go/base64.ts';
import { jsonSyntaxError } from '../go/json.ts';
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
    case 'struct':
      if (isObject(value)) return value;
      return refuse(context, path, 'object', value, `bad StructValue: ${cannotUnmarshal(goKind(value), RAW_OBJECT)}`);
    case 'bytes':
      return decodeBytes(context, value, path);
    case 'string':
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
      return value.flatMap((item, index) => {
        const decoded = decodeValue(context, schema.item, item, [...path, index]);
        return decoded === undefined ? [] : [decoded];
      });
    case 'map':
      return decodeMap(context, schema, value, path);
    case 'object':
      return decodeObject(context, schema, value, path);
  }
}

/** Base64, kept as it is written. */
function decodeBytes(context: Context, value: unknown, path: FieldPath): unknown {
  if (value === null) return '';
  if (typeof value !== 'string') return wrong(context, path, 'base64', value, '[]uint8');
  const problem = base64Problem(value);
  return problem === undefined ? value : refuse(context, path, 'base64', value, problem);
}

const RANGES = {
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
} as const;

function decodeInteger(context: Context, width: keyof typeof RANGES, value: unknown, path: FieldPath): unknown {
  if (value === null) return 0;
  if (typeof value === 'string' && context.decoder === 'protobuf') {
    const problem = unquotedProblem(jsonText(value), width);
    return unquoted(context, value, 'integer', problem, path);
  }
  if (typeof value !== 'number') return wrong(context, path, 'integer', value, width);
  return fits(value, width) ? value : wrong(context, path, 'integer', value, width, `number ${value}`);
}

const fits = (value: number, width: keyof typeof RANGES) =>
  Number.isInteger(value) && value >= RANGES[width][0] && value <= RANGES[width][1];

function decodeNumber(context: Context, value: unknown, path: FieldPath): unknown {
  if (value === null) return 0;
  if (typeof value === 'string' && context.decoder === 'protobuf') {
    return unquoted(context, value, 'number', unquotedProblem(jsonText(value), undefined), path);
  }
  return typeof value === 'number' ? value : wrong(context, path, 'number', value, 'float64');
}

/** jsonpb strips the quotes of a number and reads what is between them; the API server does not. */
function unquoted(
  context: Context,
  text: string,
  expected: string,
  refusal: string | undefined,
  path: FieldPath,
): number | undefined {
  const accepted = refusal === undefined;
  context.issues.push({ kind: 'wrong-type', path, expected, actual: 'string', ...(accepted ? {} : { refusal }) });
  if (!accepted) return undefined;
  return text === 'null' ? 0 : Number(text);
}

/** What is wrong with JSON text that should be a number: an integer of a width, or any. */
function unquotedProblem(text: string, width: keyof typeof RANGES | undefined): string | undefined {
  const syntax = jsonSyntaxError(text);
  if (syntax !== undefined) return syntax;
  const value: unknown = JSON.parse(text);
  const type = width ?? 'float64';
  if (typeof value !== 'number') return value === null ? undefined : cannotUnmarshal(goKind(value), type);
  return width === undefined || (fits(value, width) && /^-?[0-9]+$/.test(text.trim()))
    ? undefined
    : cannotUnmarshal(`number ${text.trim()}`, type);
}

/** A string as Go writes it in JSON, without its quotes. */
const jsonText = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);

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
        ? `Unsupported value: ${JSON.stringify(value)}: supported values: ${quoted(schema)}`
        : `unknown value ${JSON.stringify(JSON.stringify(value))} for enum ${schema.protoName}`;
    return refuse(context, path, expected, value, refusal);
  }
  if (context.decoder === 'protobuf' && typeof value === 'number' && fits(value, 'int32')) {
    // The decoder takes any number; the CRD schema takes none, so what has no name is refused.
    if (schema.values[value] === undefined) {
      return refuse(context, path, expected, value, `Unsupported value: ${value}: supported values: ${quoted(schema)}`);
    }
    context.issues.push({ kind: 'wrong-type', path, expected, actual: 'number' });
    return schema.values[value];
  }
  if (value === null) return schema.values[0];
  const literal = typeof value === 'number' ? `number ${value}` : goKind(value);
  return wrong(context, path, expected, value, 'protoreflect.EnumNumber', literal);
}

const quoted = ({ values }: { readonly values: readonly string[] }) => values.map((value) => `"${value}"`).join(', ');

function decodeMap(
  context: Context,
  schema: Extract<Schema<unknown>, { readonly type: 'map' }>,
  value: unknown,
  path: FieldPath,
): unknown {
  if (value === null) return {};
  if (!isObject(value)) return wrong(context, path, 'object', value, RAW_OBJECT);
  const map: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const keyProblem = schema.key === 'uint32' ? unquotedProblem(key, 'uint32') : undefined;
    if (keyProblem !== undefined) {
      refuse(context, [...path, key], 'port number', key, keyProblem);
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
  if (!isObject(value)) return wrong(context, path, 'object', value, RAW_OBJECT);
  const object: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const written = writtenName(context, name, value);
    if (written === undefined) continue;
    const item = value[written];
    // fields[name] exists: name comes from its keys.
    const schema = fields[name] as Schema<unknown>;
    if (item === null) continue;
    const fieldPath = [...path, written];
    if (schema.mark !== undefined) noteMark(context, schema.mark, item, fieldPath);
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

function noteMark(context: Context, mark: Mark, value: unknown, path: FieldPath): void {
  const applies = mark.kind === 'unmodelled' && (mark.when === undefined || mark.when.test(value));
  if (applies) context.issues.push({ kind: 'unmodelled-field', path, reason: mark.reason });
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

const RAW_OBJECT = 'map[string]json.RawMessage';
const cannotUnmarshal = (what: string, goType: string) =>
  `json: cannot unmarshal ${what} into Go value of type ${goType}`;

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

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Assignment that treats a key named `__proto__` like any other. */
function setField(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
