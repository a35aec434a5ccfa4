/**
 * Header changes of a route: removals first, then set (overwrite) and add (append), with Envoy's
 * `%...%` commands in values. What a command prints that only a machine or a clock knows stands as
 * UNKNOWABLE in the value: whoever reads such a header cannot be judged, others do not mind it.
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
      if (isFraming(name, value) || (value.includes(UNKNOWABLE) && READ_BY_PROXIES.test(name))) {
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

/** In place of a value, or of a part of one. */
export const UNKNOWABLE = '\uFFFD';

/** Headers that proxies look at whatever their routes and policies say. */
const READ_BY_PROXIES =
  /^(?:host|connection|upgrade|te|via|authorization|cookie|origin|content-type|x-request-id|location|server|grpc-.*|x-forwarded-.*|x-envoy-.*|access-control-.*)$/;

/** They say how the message is cut and who answers first: changed, the next party waits, or refuses. Not simulated. */
const FRAMING: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);
/** An expectation that no server knows is refused by the first that reads it: the application. */
const isFraming = (name: string, value: string): boolean =>
  FRAMING.has(name) || (name === 'expect' && /^100-continue$/i.test(value));

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

const expand = (value: string, commands: Commands): string =>
  value.replace(/%%|%[A-Z0-9_]+(?:\(.*?\))?(?::\d+)?%/g, (command) => {
    if (command === '%%') return '%';
    return commands(command.slice(1, -1)) ?? UNKNOWABLE;
  });
