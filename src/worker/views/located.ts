/** Ranges of origins, in the form in which views carry them. */
import type { Origin, SourceRange } from '../../base/origin.ts';
import type { CompiledMesh } from '../../engine.ts';

/** `{ range }` when the origin has a place in the text, else `{}`. */
export function rangeOf(compiled: CompiledMesh, origin: Origin | undefined): { range?: SourceRange } {
  const range = origin === undefined ? undefined : compiled.parsed.locate(origin);
  return range === undefined ? {} : { range };
}

/** Every origin mentioned anywhere in a plain value, once each. */
export function originsIn(value: unknown): Origin[] {
  const found = new Map<string, Origin>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
    } else if (typeof node === 'object' && node !== null) {
      if (isOrigin(node)) found.set(`${node.resource} ${node.path.join('/')}`, node);
      else for (const item of Object.values(node)) visit(item);
    }
  };
  visit(value);
  return [...found.values()];
}

const isOrigin = (node: object): node is Origin =>
  'resource' in node && 'path' in node && Array.isArray(node.path) && typeof node.resource === 'string';
