/**
 * The conditions of a delegated rule: each of the delegate's entries must lie within some entry of
 * the root, and is joined with every root entry it lies within.
 *
 * Upstream authority: istio pilot/pkg/model/virtualservice.go mergeHTTPMatchRequests, hasConflict,
 * stringMatchConflict.
 */
import type { HttpMatchRequest, StringMatch } from '../../resources/kinds/virtualService.ts';

export interface MergedMatch {
  readonly match: HttpMatchRequest;
  /** Index of each side's entry, -1 when that side has none. */
  readonly root: number;
  readonly leaf: number;
}

/** Undefined when an entry of the delegate lies within no entry of the root: the rule is dropped. */
export function mergeMatches(
  root: readonly HttpMatchRequest[],
  leaf: readonly HttpMatchRequest[],
): MergedMatch[] | undefined {
  if (root.length === 0) return leaf.map((match, index) => ({ match, root: -1, leaf: index }));
  if (leaf.length === 0) return root.map((match, index) => ({ match, root: index, leaf: -1 }));
  const merged: MergedMatch[] = [];
  for (const [leafIndex, leafMatch] of leaf.entries()) {
    const within = root.flatMap((rootMatch, rootIndex) =>
      conflicts(rootMatch, leafMatch)
        ? []
        : [{ match: mergeMatch(rootMatch, leafMatch), root: rootIndex, leaf: leafIndex }],
    );
    if (within.length === 0) return undefined;
    merged.push(...within);
  }
  return merged;
}

function mergeMatch(root: HttpMatchRequest, leaf: HttpMatchRequest): HttpMatchRequest {
  const name = leaf.name ? (root.name ? `${root.name}-${leaf.name}` : leaf.name) : root.name;
  const join = <V>(a: Readonly<Record<string, V>> | undefined, b: Readonly<Record<string, V>> | undefined) => ({
    ...a,
    ...b,
  });
  return {
    // ignoreUriCase is the same on both sides: a difference is a conflict.
    ...root,
    ...leaf,
    ...(name ? { name } : {}),
    headers: join(root.headers, leaf.headers),
    withoutHeaders: join(root.withoutHeaders, leaf.withoutHeaders),
    queryParams: join(root.queryParams, leaf.queryParams),
    sourceLabels: join(root.sourceLabels, leaf.sourceLabels),
    port: leaf.port || root.port || 0,
    sourceNamespace: leaf.sourceNamespace || root.sourceNamespace || '',
    gateways: (leaf.gateways?.length ? leaf.gateways : root.gateways) ?? [],
  };
}

function conflicts(root: HttpMatchRequest, leaf: HttpMatchRequest): boolean {
  const fields = ['uri', 'scheme', 'method', 'authority'] as const;
  if (fields.some((field) => stringsConflict(root[field], leaf[field]))) return true;
  const maps = ['headers', 'withoutHeaders', 'queryParams'] as const;
  for (const map of maps) {
    for (const [key, value] of Object.entries(leaf[map] ?? {})) {
      if (stringsConflict(root[map]?.[key], value)) return true;
    }
  }
  if ((root.ignoreUriCase ?? false) !== (leaf.ignoreUriCase ?? false)) return true;
  if (root.port && leaf.port && root.port !== leaf.port) return true;
  if (root.sourceNamespace && leaf.sourceNamespace !== root.sourceNamespace) return true;
  for (const [key, value] of Object.entries(leaf.sourceLabels ?? {})) {
    const required = root.sourceLabels?.[key];
    if (required !== undefined && required !== value) return true;
  }
  const rootGateways = root.gateways ?? [];
  const leafGateways = leaf.gateways ?? [];
  if (rootGateways.length === 0 || leafGateways.length === 0) return false;
  return rootGateways.length < leafGateways.length || leafGateways.some((name) => !rootGateways.includes(name));
}

/** An empty string counts as no condition of that form. */
function stringsConflict(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (root === undefined || leaf === undefined) return false;
  const anyForm = (match: StringMatch) => Boolean(match.exact || match.prefix || match.regex);
  if (root.regex && anyForm(leaf)) return true;
  if (leaf.regex && anyForm(root)) return true;
  if (root.exact) return Boolean(leaf.prefix) || (leaf.exact ?? '') !== root.exact;
  if (root.prefix) {
    const inner = leaf.prefix || leaf.exact;
    if (inner) return !inner.startsWith(root.prefix);
  }
  return true;
}
