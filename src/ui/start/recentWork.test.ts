import { expect, it } from 'vitest';
import type { Snapshot } from '../../state/snapshots/snapshot.ts';
import { EMPTY_WORKSPACE } from '../../state/studio.ts';
import { recentWork } from './recentWork.ts';

const snapshot = (id: string, mesh: string, reason: Snapshot['reason'] = 'timed'): Snapshot => ({
  id,
  at: 0,
  reason,
  mesh,
});

it('is the newest of each other mesh and all that have a name, a handful', () => {
  const now = { ...EMPTY_WORKSPACE, name: 'open' };
  const list = [
    snapshot('a', 'open'),
    snapshot('b', 'other'),
    snapshot('c', 'open', 'named'),
    snapshot('d', 'other'),
    snapshot('e', 'other', 'named'),
    ...Array.from({ length: 20 }, (_, at) => snapshot(`m${at}`, `mesh ${at}`)),
  ];
  expect(recentWork(list, now).map(({ id }) => id)).toEqual(['b', 'c', 'e', 'm0', 'm1', 'm2', 'm3', 'm4']);
});
