/**
 * One document's text -> the Kubernetes objects in it: itself, or the items of a `kind: List`, each
 * with its path in the document. The result depends on the text alone, so it is cached by it.
 */
import type { FieldPath } from '../../base/origin.ts';
import { aliasTargets } from './aliases.ts';
import { composeDocument, type YamlProblem } from './composeDocument.ts';
import { locateNode, type NodeRange } from './locateNode.ts';
import { plainExtent } from './plainExtent.ts';
import { readCommonSubset } from './readCommonSubset.ts';
import { toPlain } from './toPlain.ts';
import { explainTemplate } from './unrenderedTemplate.ts';

export interface ReadObject {
  readonly value: unknown;
  /** Where the object lies in the document: [] or ['items', n, ...]. */
  readonly prefix: FieldPath;
}

export interface ReadText {
  readonly objects: readonly ReadObject[];
  readonly problems: readonly YamlProblem[];
  /** Offsets relative to the text. */
  readonly locate: (path: FieldPath, of?: 'value' | 'key') => NodeRange;
}

export function readText(text: string): ReadText {
  const common = readCommonSubset(text);
  if (common === undefined) return readAnyText(text);
  let read: ReadText | undefined;
  const locate: ReadText['locate'] = (path, of) => {
    const whole = path.length === 0 ? plainExtent(text) : undefined;
    if (whole !== undefined) return whole;
    read ??= readAnyText(text);
    return read.locate(path, of);
  };
  return { objects: expandLists(common.value, []), problems: [], locate };
}

function readAnyText(text: string): ReadText {
  const { document, problems } = composeDocument(text);
  const nowhere = { start: 0, end: 0 };
  if (document === undefined) return { objects: [], problems: explainTemplate(text, problems), locate: () => nowhere };
  const aliases = aliasTargets(document);
  const plain = toPlain(text, document, aliases);
  const locate: ReadText['locate'] = (path, of) => locateNode({ document, aliases, text }, path, of);
  const broken = plain.problems.some((problem) => problem.code !== 'duplicate-key');
  const objects = broken ? [] : expandLists(plain.value, []);
  return { objects, problems: explainTemplate(text, plain.problems), locate };
}

/** Lists may hold Lists; depth is bounded by the parser. */
function expandLists(value: unknown, prefix: FieldPath): ReadObject[] {
  if (!isList(value)) return [{ value, prefix }];
  return value.items.flatMap((item, index) => expandLists(item, [...prefix, 'items', index]));
}

function isList(value: unknown): value is { readonly items: readonly unknown[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { kind, items } = value as { kind?: unknown; items?: unknown };
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items);
}
