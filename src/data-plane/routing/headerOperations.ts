/**
 * Header changes of a route: removals first, then set (overwrite) and add (append), with Envoy's
 * `%...%` commands in values. Commands outside the few that are known make the result unknowable.
 * Upstream authority: Envoy source/common/router/header_parser.cc.
 */
import type { HeaderOperations } from '../../control-plane/envoy/http.ts';
import type { CannotTell } from '../../trace/trace.ts';

export type Headers = readonly (readonly [string, string])[];

/** Resolves `%COMMAND%`; undefined when the command is not known. */
export type Commands = (command: string) => string | undefined;

export type HeadersChanged =
  | { readonly kind: 'headers'; readonly headers: Headers }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

export const hasOperations = ({ set, add, remove }: HeaderOperations): boolean =>
  set.length + add.length + remove.length > 0;

export function applyHeaderOperations(
  headers: Headers,
  operations: HeaderOperations,
  commands: Commands,
): HeadersChanged {
  const removed = new Set(operations.remove.map((name) => name.toLowerCase()));
  let result: Headers = headers.filter(([name]) => !removed.has(name));
  for (const [operation, list] of [
    ['set', operations.set],
    ['add', operations.add],
  ] as const) {
    for (const [rawName, rawValue] of list) {
      const name = rawName.toLowerCase();
      const value = expand(rawValue, commands);
      if (value === undefined || FRAMING.has(name)) {
        return { kind: 'cannot-tell', why: { code: 'unmodelled-field', params: { field: rawName, value: rawValue } } };
      }
      // What comes out empty is neither added nor set: a header that is there stays as it is.
      if (value === '') continue;
      result =
        operation === 'set'
          ? [...result.filter(([key]) => key !== name), [name, value]]
          : appended(result, name, value);
    }
  }
  return { kind: 'headers', headers: result };
}

/** They say how the message is cut and who answers first: changed, the next party waits, or refuses. Not simulated. */
const FRAMING: ReadonlySet<string> = new Set(['content-length', 'expect', 'transfer-encoding']);

/**
 * Adds a header beside those of its name. The names that Envoy keeps in slots of their own have one
 * value: a second one is joined to it. Authority: Envoy envoy/http/header_map.h, HeaderMapImpl::addCopy.
 */
export function appended(headers: Headers, name: string, value: string): Headers {
  if (!ONE_VALUE.has(name)) return [...headers, [name, value]];
  const present = headers.find(([key]) => key === name);
  if (present === undefined) return [...headers, [name, value]];
  return headers.map((header) => (header === present ? [name, `${present[1]},${value}`] : header));
}

const ONE_VALUE = new Set([
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'access-control-max-age',
  'authorization',
  'cache-control',
  'content-encoding',
  'content-type',
  'date',
  'etag',
  'location',
  'server',
  'upgrade',
  'user-agent',
  'vary',
  'via',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-request-id',
]);

function expand(value: string, commands: Commands): string | undefined {
  let unknown = false;
  const text = value.replace(/%%|%[A-Z0-9_]+(?:\(.*?\))?(?::\d+)?%/g, (command) => {
    if (command === '%%') return '%';
    const resolved = commands(command.slice(1, -1));
    if (resolved === undefined) unknown = true;
    return resolved ?? '';
  });
  return unknown ? undefined : text;
}
