/**
 * A document that is JSON, read by the host's own parser. JSON is YAML; what YAML or this project
 * looks at more closely (a key that is written twice, depth, very long keys) is left to the library.
 */
import { YAML_LIMITS } from './limits.ts';

/** Longer keys are not implicit keys in YAML. */
const MAX_KEY_LENGTH = 1_000;

export function readJson(text: string): { readonly value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const keys = countKeys(value);
  return keys !== undefined && keys === countWrittenKeys(text) ? { value } : undefined;
}

/** Keys in all objects, or undefined if something lies too deep or a key is too long. */
function countKeys(root: unknown): number | undefined {
  const pending: { readonly value: object; readonly depth: number }[] = [];
  const visit = (value: unknown, depth: number) => {
    if (typeof value === 'object' && value !== null) pending.push({ value, depth });
  };
  let count = 0;
  visit(root, 1);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.depth >= YAML_LIMITS.depth) return undefined;
    if (Array.isArray(next.value)) {
      for (const item of next.value) visit(item, next.depth + 1);
      continue;
    }
    for (const [key, item] of Object.entries(next.value)) {
      if (key.length > MAX_KEY_LENGTH) return undefined;
      count++;
      visit(item, next.depth + 1);
    }
  }
  return count;
}

/** Strings that a colon follows: in JSON only keys. */
function countWrittenKeys(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(/"(?:[^"\\]|\\.)*"[ \n]*:/g)) count++;
  return count;
}
