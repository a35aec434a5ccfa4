/** How a value or a new field is written: quotes where YAML would read something else, indentation. */

import type { Schema } from '../../resources/schema/schema.ts';
import { resolvePlainScalar } from '../../resources/yaml/resolveScalar.ts';
import { typeText } from '../fields/field.ts';
import type { Place } from '../text/place.ts';

/** Signs of a snippet that are no text. */
const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** A string, written so that it stays one. */
export function scalarText(value: string, flow: boolean): string {
  const isPlain =
    /^[\w./*~+-]/.test(value) &&
    !/^[*]\w|^- |: |:$| #|[\n\t"\\]/.test(value) &&
    !/^\*/.test(value) &&
    !(flow && /[,[\]{}]/.test(value)) &&
    typeof resolvePlainScalar(value) === 'string';
  return isPlain ? value : JSON.stringify(value);
}

/** A value for a place: inside the quotes that are there, or with those that it needs. */
export function valueInsert(value: string, place: Place, schema: Schema<unknown> | undefined, json: boolean): string {
  if (isQuoted(place)) return escapeSnippet(value.replaceAll('"', '\\"'));
  const isNumber = schema?.type === 'integer' || schema?.type === 'number' || schema?.type === 'boolean';
  if (isNumber || (schema?.type === 'int-or-string' && /^\d+$/.test(value))) return value;
  return escapeSnippet(json ? JSON.stringify(value) : scalarText(value, place.flow));
}

export const isQuoted = ({ style }: Place): boolean => style === 'single' || style === 'double';

/** A field with an opening for its value. `column`: of the key, in block style. */
export function fieldInsert(
  name: string,
  schema: Schema<unknown>,
  place: Place,
  column: number,
  json: boolean,
): string {
  if (json) return `"${name}": ${flowOpening(schema, true)}`;
  if (place.flow) return `${name}: ${flowOpening(schema, false)}`;
  const inner = ' '.repeat(column + 2);
  switch (schema.type) {
    case 'list':
      return `${name}:\n${inner}- $0`;
    case 'object':
    case 'map':
      return `${name}:\n${inner}$0`;
    default:
      return `${name}: $0`;
  }
}

function flowOpening(schema: Schema<unknown>, json: boolean): string {
  if (schema.type === 'list') return '[$0]';
  if (schema.type === 'object' || schema.type === 'map' || schema.type === 'struct') return '{$0}';
  const isText =
    json && !['integer', 'number', 'boolean', 'any'].includes(typeText(schema)) && !/int/.test(typeText(schema));
  return isText ? '"$0"' : '$0';
}
