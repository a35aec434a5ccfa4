/** Every place that refers to some resources: what would have to follow if they went elsewhere. */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import type { WorkspaceFile } from '../../resources/types.ts';
import { objectsIn } from '../objects.ts';
import { follow } from '../references/follow.ts';
import type { Drawing, LeftBehind, LeftBehindCode } from './intention.ts';
import { relocationOf, wordsOf } from './relocationOf.ts';

/** No name has a space in it. */
const ELSEWHERE = ' elsewhere';

export function referencesTo(
  drawing: Drawing,
  ids: readonly ResourceId[],
  files: readonly WorkspaceFile[],
  code: LeftBehindCode,
): LeftBehind[] {
  if (ids.length === 0) return [];
  const rooms = ids.map(resourceIdParts).filter(({ kind }) => kind === 'Namespace');
  const relocation = relocationOf(drawing, {
    moved: new Map(ids.map((id) => [id, `${id}${ELSEWHERE}` as ResourceId])),
    namespaces: new Map(rooms.map(({ name }) => [name, name + ELSEWHERE])),
  });
  const words = wordsOf(relocation);
  return objectsIn(files, (text) => words.some((word) => text.includes(word))).flatMap((object) => {
    const { rewrites, left } = follow(object, relocation);
    const own = ids.includes(object.resource.id);
    return [...rewrites.map(({ path, before }) => ({ path, value: before })), ...left].flatMap(
      ({ path, value }): LeftBehind[] =>
        own && path[0] === 'metadata' ? [] : [{ code, value, origin: { resource: object.resource.id, path } }],
    );
  });
}
