/** A file and an offset -> where what stands there is defined: origins, for `locate` to place. */
import { resourceId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import type { Mesh } from '../../mesh/types.ts';
import { placeOf } from '../complete/completeAt.ts';
import { type Cursor, cursorAt } from '../cursor.ts';
import { byName } from '../references/reference.ts';
import { selectedWorkloads } from '../references/selected.ts';
import { LABEL_SELECTORS, REFERENCES } from '../references/table.ts';
import { resolveTargets } from '../references/targets.ts';

export interface Definition {
  /** The token that was asked about, in the file. */
  readonly start: number;
  readonly end: number;
  readonly origins: readonly Origin[];
}

export function definitionAt(mesh: Mesh, fileText: string, offset: number): Definition | undefined {
  const cursor = cursorAt(fileText, offset, 'token');
  if (cursor === undefined) return undefined;
  const origins = definitionsOf(mesh, cursor);
  const { place, start } = cursor;
  return origins.length === 0 ? undefined : { start: start + place.start, end: start + place.end, origins };
}

function definitionsOf(mesh: Mesh, cursor: Cursor): readonly Origin[] {
  const { field, place, path } = cursor;
  if (isOwnName(cursor)) return [byName(ownId(cursor))];
  if (field === undefined) return [];
  const where = placeOf(mesh, cursor);
  const kind = REFERENCES[field.key];
  if (kind !== undefined && place.role === 'value') {
    return unique(resolveTargets(kind, where, place.text).flatMap(({ origin }) => origin ?? []));
  }
  const isSelector = LABEL_SELECTORS.has(field.key.replace(/\.\*$/, '')) || path.at(-1) === 'selector';
  if (!isSelector || path.length < 2) return [];
  return unique((selectedWorkloads(where) ?? []).map(({ origin }) => byName(origin.resource)));
}

/** The name of the resource itself: what others refer to. */
export const isOwnName = ({ path, place }: Cursor): boolean =>
  place.role === 'value' && path.length === 2 && path[0] === 'metadata' && path[1] === 'name';

export const ownId = ({ object }: Cursor) => resourceId(object.group, object.kind, object.namespace, object.name);

export const unique = (origins: readonly Origin[]): Origin[] => [
  ...new Map(origins.map((origin) => [`${origin.resource} ${origin.path.join('/')}`, origin])).values(),
];
