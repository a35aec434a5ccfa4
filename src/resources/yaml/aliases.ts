/** Which node each alias of a document stands for: the last anchor of that name before it. */
import { type Alias, isAlias, isCollection, isPair, type Node } from 'yaml';
import type { YamlDocument } from './composeDocument.ts';

export type AliasTargets = ReadonlyMap<Alias, Node>;

export function aliasTargets(document: YamlDocument): AliasTargets {
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  // Depth is bounded by YAML_LIMITS.depth, so recursion is safe.
  const walk = (node: unknown): void => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
    } else if (isPair(node)) {
      walk(node.key);
      walk(node.value);
    } else if (isCollection(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      for (const item of node.items) walk(item);
    } else {
      const scalar = node as (Node & { anchor?: string }) | null;
      if (scalar?.anchor) anchors.set(scalar.anchor, scalar);
    }
  };
  walk(document.contents);
  return targets;
}
