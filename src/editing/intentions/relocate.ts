/**
 * Gives resources other names or namespaces: their documents, and every document that refers to
 * them, are rewritten together. What still says the old name afterwards is told, not guessed.
 */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import { objectsIn } from '../objects.ts';
import { follow, idAfter } from '../references/follow.ts';
import { rewriteObjects } from '../rewrite.ts';
import type { Drawing, Drawn, LeftBehind } from './intention.ts';
import { stillSaid } from './leftBehind.ts';
import { drawn, refused } from './outcome.ts';
import { referencesTo } from './referencesTo.ts';
import { type Moves, relocationOf, wordsOf } from './relocationOf.ts';

export interface Wanted extends Moves {
  readonly select: ResourceId;
}

export function relocate(drawing: Drawing, { moved, namespaces = new Map(), labels = [], select }: Wanted): Drawn {
  const { files, parsed } = drawing;
  const taken = new Set([...parsed.resources.map(({ id }) => id), ...parsed.rejected.map(({ resource }) => resource)]);
  for (const to of moved.values()) {
    if (taken.has(to) && !moved.has(to)) {
      const { kind, name, namespace } = resourceIdParts(to);
      return refused('name-taken', { kind, name: namespace === '' ? name : `${namespace}/${name}` });
    }
  }
  const relocation = relocationOf(drawing, { moved, namespaces, labels });
  const words = wordsOf(relocation);
  const objects = objectsIn(files, (text) => words.some((word) => text.includes(word)));
  const followed = objects.map((object) => ({ object, ...follow(object, relocation) }));
  const edits = rewriteObjects(followed);
  if (!edits.ok) return refused('text-resists', { file: edits.error });
  const left = followed.flatMap(({ object, left: own }) =>
    own.map(({ code, path, value }): LeftBehind => {
      return { code, value, origin: { resource: idAfter(relocation, object.resource.id), path } };
    }),
  );
  // What dangled may begin to mean somebody.
  const arriving = [...moved.values()].filter((id) => !moved.has(id));
  const unheard = followed.flatMap(({ object, rewrites }) => stillSaid(object, rewrites, relocation));
  return drawn(edits.value, select, {
    moved: [...moved].map(([from, to]) => ({ from, to })),
    left: [...left, ...unheard, ...referencesTo(drawing, arriving, files, 'selects-newcomer')],
  });
}
