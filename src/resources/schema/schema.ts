/**
 * A declarative description of a kind's JSON shape. One description gives the TypeScript type
 * (`Infer`), the type check (check.ts), and the list of what is modelled (listFields.ts).
 *
 * Fields of an Istio message stand in the order of its .proto file: of several wrong values the
 * decoder reports the first in that order.
 */
import type { IgnoredReason, UnmodelledReason } from '../../base/diagnostics/fieldReasons.ts';
import type { Mark } from './marks.ts';

/** Widths that the protobuf and Kubernetes decoders tell apart. */
export type IntegerWidth = 'int32' | 'uint32' | 'int64' | 'uint64';

export type Shape =
  | { readonly type: 'string' }
  | { readonly type: 'bytes' }
  | { readonly type: 'duration' }
  | { readonly type: 'boolean' }
  | { readonly type: 'integer'; readonly width: IntegerWidth }
  | { readonly type: 'number' }
  | { readonly type: 'int-or-string' }
  | { readonly type: 'enum'; readonly values: readonly string[]; readonly protoName: string }
  | { readonly type: 'list'; readonly item: Schema<unknown> }
  | { readonly type: 'map'; readonly value: Schema<unknown>; readonly key: 'string' | 'uint32' }
  | {
      readonly type: 'object';
      readonly fields: Readonly<Record<string, Schema<unknown>>>;
      /** Groups of fields of which one may be set (a protobuf oneof); the decoder keeps the last. */
      readonly oneofs: readonly (readonly string[])[];
    }
  | { readonly type: 'struct' }
  | { readonly type: 'any' };

/** `phantom` never exists at run time; it carries the TypeScript type. */
export type Schema<T> = Shape & { readonly mark?: Mark; readonly phantom?: T };

export type Infer<S> = S extends { readonly phantom?: infer T } ? Exclude<T, undefined> : never;

type Fields = Readonly<Record<string, Schema<unknown>>>;
type InferFields<F extends Fields> = { readonly [K in keyof F]?: Infer<F[K]> };

export const string: Schema<string> = { type: 'string' };
/** Base64 in JSON. */
export const bytes: Schema<string> = { type: 'bytes' };
/** A protobuf duration in JSON, e.g. `1.5s`. */
export const duration: Schema<string> = { type: 'duration' };
export const boolean: Schema<boolean> = { type: 'boolean' };
export const int32: Schema<number> = { type: 'integer', width: 'int32' };
export const uint32: Schema<number> = { type: 'integer', width: 'uint32' };
export const int64: Schema<number> = { type: 'integer', width: 'int64' };
export const uint64: Schema<number> = { type: 'integer', width: 'uint64' };
export const number: Schema<number> = { type: 'number' };
export const intOrString: Schema<number | string> = { type: 'int-or-string' };
/** google.protobuf.Struct: an object whose fields the API does not know. */
export const struct: Schema<Readonly<Record<string, unknown>>> = { type: 'struct' };
/** Anything: what the API keeps as an opaque structure. */
export const any: Schema<unknown> = { type: 'any' };

/** `protoName` is the full name in decoder errors; '' for the enums of Kubernetes, which are plain strings. */
export const enumOf = <const V extends readonly string[]>(protoName: string, values: V): Schema<V[number]> => ({
  type: 'enum',
  values,
  protoName,
});

export const list = <T>(item: Schema<T>): Schema<readonly T[]> => ({ type: 'list', item });

export const map = <T>(value: Schema<T>): Schema<Readonly<Record<string, T>>> => ({
  type: 'map',
  value,
  key: 'string',
});

/** A map whose keys are port numbers (JSON writes them as strings). */
export const portMap = <T>(value: Schema<T>): Schema<Readonly<Record<string, T>>> => ({
  type: 'map',
  value,
  key: 'uint32',
});

export const object = <F extends Fields>(
  fields: F,
  ...oneofs: readonly (readonly (keyof F & string)[])[]
): Schema<InferFields<F>> => ({ type: 'object', fields, oneofs });

/** Leaves the field out of the simulation because it changes no verdict. */
export const ignored = <T>(reason: IgnoredReason, schema: Schema<T>): Schema<T> => ({
  ...schema,
  mark: { kind: 'ignored', reason },
});

/** A field that would change verdicts and is not simulated. */
export const unmodelled = <T>(reason: UnmodelledReason, schema: Schema<T>): Schema<T> => ({
  ...schema,
  mark: { kind: 'unmodelled', reason },
});

/** A field of which only some values would change verdicts; `text` says which. */
export const unmodelledIf = <T>(
  reason: UnmodelledReason,
  text: string,
  test: (value: unknown) => boolean,
  schema: Schema<T>,
): Schema<T> => ({ ...schema, mark: { kind: 'unmodelled', reason, when: { text, test } } });
