/**
 * The part of kubectl's JSONPath that command lines use: `{.items[0].metadata.name}`,
 * `{.items..metadata.name}`, `{.items[*].spec.host}`, text around and `{"\n"}` between.
 */
type Json = unknown;

export function jsonPath(template: string, value: Json): string {
  return template
    .split(/(\{[^}]*\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part;
      const expression = part.slice(1, -1).trim();
      const quoted = /^"(.*)"$/.exec(expression)?.[1];
      if (quoted !== undefined) return quoted.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
      return evaluate(expression, value).map(print).join(' ');
    })
    .join('');
}

function evaluate(expression: string, root: Json): Json[] {
  const steps = expression.replace(/^\$/, '').match(/\.\.[\w-]+|\.(?:[\w/-]|\\\.)+|\[[^\]]+\]/g) ?? [];
  let values: Json[] = [root];
  for (const step of steps) {
    if (step.startsWith('..')) values = values.flatMap((value) => everywhere(value, step.slice(2)));
    else if (step.startsWith('[')) values = values.flatMap((value) => byIndex(value, step.slice(1, -1)));
    // Dots of a key are escaped: `.metadata.labels.app\.kubernetes\.io/name`.
    else values = values.flatMap((value) => byKey(value, step.slice(1).replaceAll('\\.', '.')));
  }
  return values;
}

const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const byKey = (value: Json, key: string): Json[] => (isObject(value) && value[key] !== undefined ? [value[key]] : []);

function byIndex(value: Json, index: string): Json[] {
  const key = /^['"](.*)['"]$/.exec(index)?.[1];
  if (key !== undefined) return byKey(value, key);
  if (!Array.isArray(value)) return [];
  if (index === '*') return value;
  const at = Number(index);
  const item: Json = value[at < 0 ? value.length + at : at];
  return item === undefined ? [] : [item];
}

/** Every field of that name at any depth, outermost first. */
function everywhere(value: Json, key: string): Json[] {
  if (Array.isArray(value)) return value.flatMap((item) => everywhere(item, key));
  if (!isObject(value)) return [];
  return [...byKey(value, key), ...Object.values(value).flatMap((item) => everywhere(item, key))];
}

const print = (value: Json): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
