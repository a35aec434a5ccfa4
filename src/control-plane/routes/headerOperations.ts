/**
 * `headers` of a VirtualService -> Envoy's header operations. `host` and `:authority` cannot be
 * set as headers: they become a rewrite of the authority.
 *
 * Upstream authority: istio pilot/pkg/networking/core/route/route.go TranslateHeadersOperations.
 */

import { compareText } from '../../mesh/resourceIndex.ts';
import type { Headers } from '../../resources/kinds/virtualService.ts';
import type { HeaderOperations } from '../envoy/http.ts';

export const NO_HEADER_OPERATIONS: HeaderOperations = { set: [], add: [], remove: [] };

export interface TranslatedHeaders {
  readonly request: HeaderOperations;
  readonly response: HeaderOperations;
  /** Value for Host that `request.set` or `request.add` asks for. */
  readonly authority?: string;
}

const isInternal = (name: string): boolean => name.startsWith(':') || name.toLowerCase() === 'host';
const isAuthority = (name: string): boolean => /^(:authority|host)$/i.test(name);

function sortedEntries(headers: Readonly<Record<string, string>> | undefined): (readonly [string, string])[] {
  return Object.entries(headers ?? {})
    .filter(([name]) => !isInternal(name))
    .sort(([a], [b]) => compareText(a, b));
}

const authorityOf = (headers: Readonly<Record<string, string>> | undefined): string | undefined =>
  Object.entries(headers ?? {}).findLast(([name]) => isAuthority(name))?.[1];

function operations(of: Headers['request']): HeaderOperations {
  return {
    set: sortedEntries(of?.set),
    add: sortedEntries(of?.add),
    remove: (of?.remove ?? []).filter((name) => !isInternal(name)),
  };
}

export function translateHeaders(headers: Headers | undefined): TranslatedHeaders {
  if (headers === undefined) return { request: NO_HEADER_OPERATIONS, response: NO_HEADER_OPERATIONS };
  const authority = authorityOf(headers.request?.set) || authorityOf(headers.request?.add);
  return {
    request: operations(headers.request),
    response: operations(headers.response),
    ...(authority ? { authority } : {}),
  };
}

/** The route's own operations first, then those of its only destination. */
export const joinOperations = (first: HeaderOperations, second: HeaderOperations): HeaderOperations => ({
  set: [...first.set, ...second.set],
  add: [...first.add, ...second.add],
  remove: [...first.remove, ...second.remove],
});
