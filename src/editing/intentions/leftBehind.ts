/**
 * Old names that stand where no reference is known: a host in a command line, an account in a regular
 * expression. Only notations that cannot mean much else count; a bare name is any word.
 */
import { resourceIdParts } from '../../base/ids.ts';
import type { FieldPath } from '../../base/origin.ts';
import type { TextObject } from '../objects.ts';
import { idAfter, type Rewrite } from '../references/follow.ts';
import type { Relocation } from '../references/relocation.ts';
import type { LeftBehind } from './intention.ts';

export function stillSaid(
  { value, resource }: TextObject,
  rewrites: readonly Rewrite[],
  relocation: Relocation,
): LeftBehind[] {
  const pattern = notationsOf(relocation);
  if (pattern === undefined) return [];
  const rewritten = new Set(rewrites.map(({ path }) => JSON.stringify(path)));
  return scalarsIn(value).flatMap(({ path, text }): LeftBehind[] => {
    if (rewritten.has(JSON.stringify(path)) || rewrites.some((one) => startsWith(one.path, path))) return [];
    const found = pattern.exec(text)?.[0];
    if (found === undefined) return [];
    return [{ code: 'dangling-reference', value: found, origin: { resource: idAfter(relocation, resource.id), path } }];
  });
}

const startsWith = (path: FieldPath, start: FieldPath): boolean =>
  path.length > start.length && start.every((step, index) => path[index] === step);

function notationsOf({ moved, namespaces, domain }: Relocation): RegExp | undefined {
  const notations = [...moved.keys()].flatMap((id) => {
    const { kind, namespace, name } = resourceIdParts(id);
    if (kind === 'Service')
      return [`${name}.${namespace}.svc.${domain}`, `${name}.${namespace}.svc`, `${name}.${namespace}`];
    return kind === 'ServiceAccount'
      ? [`ns/${namespace}/sa/${name}`, `system:serviceaccount:${namespace}:${name}`]
      : [];
  });
  const all = [...notations, ...[...namespaces.keys()].flatMap((name) => [`.${name}.svc`, `ns/${name}/`])];
  if (all.length === 0) return undefined;
  const escaped = all.map((notation) => notation.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?<![A-Za-z0-9-])(?:${escaped.join('|')})(?![A-Za-z0-9-])`);
}

function scalarsIn(value: unknown, path: FieldPath = []): { readonly path: FieldPath; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => scalarsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => scalarsIn(item, [...path, key]));
}
