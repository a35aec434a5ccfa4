/**
 * Headers whose value only a machine or a clock knows: whether anything of a proxy reads one. Filters
 * and routes are searched for its name, wherever it stands: one that is only written is taken for read.
 */
import type { HttpConnectionManager } from '../../control-plane/envoy/http.ts';
import type { Accepted } from '../proxy/accepted.ts';
import { UNKNOWABLE } from '../routing/headerOperations.ts';
import type { HttpRequest } from '../wire.ts';

/** The name of one that is read. */
export function readUnknowable(
  { config }: Accepted,
  { httpFilters, routes }: HttpConnectionManager,
  { headers }: HttpRequest,
): string | undefined {
  const names = headers.filter(([, value]) => value.includes(UNKNOWABLE)).map(([name]) => name);
  if (names.length === 0) return undefined;
  const table = routes.kind === 'inline' ? routes.table : config.routes.get(routes.name);
  const text = JSON.stringify([httpFilters, table], plain).toLowerCase();
  return names.find((name) => text.includes(name));
}

const plain = (_key: string, value: unknown): unknown =>
  value instanceof Map || value instanceof Set ? [...value] : value;
