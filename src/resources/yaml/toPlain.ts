/**
 * The node tree of one document -> plain JSON values, with the API server's reading of scalars
 * (resolveScalar.ts), aliases expanded (bounded: an alias bomb is a problem, not a hang) and merge
 * keys (`<<`) applied in place, as go-yaml v2 does. Of a key that is written twice the last counts.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import type { AliasTargets } from './aliases.ts';
import type { YamlProblem } from './composeDocument.ts';
import { YAML_LIMITS } from './limits.ts';
import { resolvePlainScalar } from './resolveScalar.ts';

export interface PlainDocument {
  readonly value: unknown;
  readonly problems: readonly YamlProblem[];
}

interface Context {
  readonly text: string;
  readonly aliases: AliasTargets;
  readonly problems: YamlProblem[];
  /** Nodes whose aliases are being expanded: an alias inside its own anchor has no value. */
  readonly expanding: Set<Node>;
  aliasNodes: number;
}

/** Problems that a report repeats no further. */
const MAX_PROBLEMS = 20;

/** `document` may be a part of one: a node with its aliases. */
export function toPlain(text: string, document: { readonly contents: unknown }, aliases: AliasTargets): PlainDocument {
  const context: Context = { text, aliases, problems: [], expanding: new Set(), aliasNodes: 0 };
  const value = plain(context, document.contents, 0);
  return { value, problems: context.problems };
}

function plain(context: Context, node: unknown, depth: number): unknown {
  if (context.expanding.size > 0 && ++context.aliasNodes > YAML_LIMITS.aliasNodes) {
    if (context.aliasNodes === YAML_LIMITS.aliasNodes + 1) report(context, node, 'yaml-alias-bomb', {});
    return null;
  }
  if (isScalar(node)) return scalar(context, node);
  if (depth > YAML_LIMITS.depth) {
    report(context, node, 'yaml-too-deep', { limit: YAML_LIMITS.depth });
    return null;
  }
  if (isMap(node)) return mapping(context, node, depth);
  if (isSeq(node)) return node.items.map((item) => plain(context, item, depth + 1));
  if (isAlias(node)) {
    const target = context.aliases.get(node);
    if (target === undefined || context.expanding.has(target)) {
      report(context, node, 'yaml-syntax', { message: `unknown anchor '${node.source}' referenced` });
      return null;
    }
    context.expanding.add(target);
    const value = plain(context, target, depth);
    context.expanding.delete(target);
    return value;
  }
  return null;
}

function scalar(context: Context, node: Scalar): unknown {
  const source = typeof node.value === 'string' ? node.value : '';
  const isPlain = node.type === 'PLAIN' && (node.tag === undefined || !node.tag.endsWith(':str'));
  if (!isPlain) return isCutOff(context, node) ? source.slice(0, -1) : source;
  const value = resolvePlainScalar(source);
  if (typeof value === 'number' && Number.isNaN(value)) {
    report(context, node, 'yaml-syntax', { message: `json: unsupported value: ${source}` });
    return null;
  }
  return value;
}

/** A block scalar at the very end of a text without a last line break: go-yaml adds none. */
const isCutOff = ({ text }: Context, { type, value, range }: Scalar) =>
  (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') &&
  range?.[1] === text.length &&
  !text.endsWith('\n') &&
  String(value).endsWith('\n');

function mapping(context: Context, node: YAMLMap, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  const written = new Set<string>();
  for (const { key, value } of node.items) {
    if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
      merge(context, object, value, depth);
      continue;
    }
    const name = keyName(context, key);
    if (name === undefined) continue;
    if (written.has(name)) report(context, key, 'duplicate-key', { key: name });
    written.add(name);
    define(object, name, plain(context, value, depth + 1));
  }
  return object;
}

function keyName(context: Context, key: unknown): string | undefined {
  const node = isAlias(key) ? context.aliases.get(key) : key;
  const value = isScalar(node) ? scalar(context, node) : undefined;
  if (value !== undefined && value !== null) return String(value);
  report(context, key, 'yaml-syntax', { message: 'unsupported map key' });
  return undefined;
}

function merge(context: Context, into: Record<string, unknown>, value: unknown, depth: number): void {
  // Of several merged mappings the earlier takes precedence, so they are applied backwards.
  const sources = isSeq(value) ? [...value.items].reverse() : [value];
  for (const source of sources) {
    const merged = plain(context, source, depth);
    if (typeof merged !== 'object' || merged === null || Array.isArray(merged)) {
      report(context, source, 'yaml-syntax', { message: 'map merge requires map or sequence of maps as the value' });
      continue;
    }
    for (const [name, field] of Object.entries(merged)) define(into, name, field);
  }
}

/** Plain assignment, except that a key named `__proto__` is a key like any other. */
function define(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}

function report(context: Context, node: unknown, code: YamlProblem['code'], params: YamlProblem['params']): void {
  if (context.problems.length >= MAX_PROBLEMS) return;
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  const start = range?.[0] ?? 0;
  context.problems.push({ code, params, start, end: Math.max(range?.[1] ?? 0, start) });
}
