/** Values as YAML text in the style of their surroundings: block lines with an indent, or flow. */
import { stringify } from 'yaml';

/** Kubernetes reads YAML 1.1: a name like `on` or `1_000` is a name only in quotes. */
const STYLE = { version: '1.1', lineWidth: 0 } as const;

/** A whole document. */
export const documentText = (value: unknown): string => stringify(value, STYLE);

/** Lines without the first line's indent, e.g. `mode: STRICT`. */
export function blockLines(value: unknown): string[] {
  const text = stringify(value, { ...STYLE, indent: 2, indentSeq: false, nullStr: '' });
  return text.replace(/\n$/, '').split('\n');
}

/** A key with its value as block lines. */
export const pairLines = (key: string | number, value: unknown): string[] =>
  blockLines({ [key]: value }).map((line) => line.trimEnd());

/** One line of flow style, e.g. `{mode: STRICT}`, `[a, b]`, `"*"`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${scalarText(key, true)}: ${flowText(item)}`)
      .join(', ')}}`;
  }
  return scalarText(value, true);
}

/** A scalar on one line; quoted where it would read as something else. */
export function scalarText(value: unknown, inFlow: boolean): string {
  const text = stringify(value, { ...STYLE, blockQuote: false }).replace(/\n$/, '');
  const plainInFlow = !inFlow || typeof value !== 'string' || text !== value || !/[,[\]{}]|: |^[?:-]/.test(value);
  return plainInFlow ? text : JSON.stringify(value);
}

/** JSON documents keep their own spelling. */
export const jsonText = (value: unknown): string => JSON.stringify(value);
