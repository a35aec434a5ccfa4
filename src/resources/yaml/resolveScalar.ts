/**
 * The value of a plain scalar as kubectl and the API server see it: they read YAML with the 1.1
 * rules of go-yaml v2 (through sigs.k8s.io/yaml), where `yes`, `on` and `0755` are not strings.
 * Base-60 numbers and dates stay strings there.
 */
const NAMED: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);
/** JSON has no such numbers: the conversion fails, and so does the document. */
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;

export type PlainValue = string | number | boolean | null;

export function resolvePlainScalar(source: string): PlainValue {
  const named = NAMED.get(source);
  if (named !== undefined) return named;
  const first = source.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!numeric) return source;
  if (NOT_FINITE.test(source)) return Number.NaN;
  if (first === 46) return FLOAT.test(source) ? Number(source) : source;
  const digits = source.includes('_') ? source.replaceAll('_', '') : source;
  if (INTEGER.test(digits)) return integer(digits);
  return FLOAT.test(digits) ? Number(digits) : source;
}

function integer(digits: string): number {
  const negative = digits.startsWith('-');
  const magnitude = digits.replace(/^[-+]/, '');
  // Go's base 0: a leading zero alone means octal.
  const octal = /^0[0-7]+$/.test(magnitude);
  const value = octal ? Number.parseInt(magnitude, 8) : Number(magnitude);
  return negative ? -value : value;
}
