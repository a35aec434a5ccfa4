/** Namespaces shown closed: by hand, opened by what is selected inside, along with renames, outside the history. */
import { expect, it } from 'vitest';
import { resourceId } from '../../base/ids.ts';
import type { MeshGraph } from '../../worker/meshGraph.ts';
import { readPreferences } from '../persistence/preferences.ts';
import { memoryStorage } from '../persistence/storage.ts';
import { createStudio, EMPTY_WORKSPACE, type Studio } from '../studio.ts';
import { followCollapsed } from '../workspace/collapsed.ts';
import { movesOf } from '../workspace/followMoved.ts';
import { readWorkspace } from '../workspace/migrations.ts';
import { setCollapsed, toggleAllCollapsed, toggleCollapsed } from './collapse.ts';
import { selectNodes } from './look.ts';

function studioOf(...workloads: readonly string[]): Studio {
  const studio = createStudio({
    engine: {} as never,
    storage: memoryStorage(),
    examples: {} as never,
    now: () => 0,
    systemPrefersReducedMotion: () => false,
    ...readPreferences(undefined, { language: 'en', width: 1280 }),
  });
  const graph = { workloads: workloads.map((id) => ({ id, namespace: id.split('/')[0] })) } as unknown as MeshGraph;
  studio.store.setState(({ engine }) => ({ engine: { ...engine, graph } }));
  return studio;
}

const closed = (studio: Studio) => studio.store.getState().workspace.collapsed;
const selected = (studio: Studio) => studio.store.getState().selection.nodes;

it('closing selects the namespace in place of what was selected inside', () => {
  const studio = studioOf('shop/web', 'shop/api', 'bank/old');
  selectNodes(studio, ['wl:shop/web', 'wl:shop/api', 'wl:bank/old']);
  setCollapsed(studio, ['shop'], true);
  expect(closed(studio)).toEqual(['shop']);
  expect(selected(studio)).toEqual(['ns:shop', 'wl:bank/old']);
  expect(studio.store.getState().history.past).toEqual([]);
});

it('selecting something inside opens it; selecting the namespace does not', () => {
  const studio = studioOf('shop/web', 'bank/old');
  setCollapsed(studio, ['shop', 'bank'], true);
  selectNodes(studio, ['ns:shop']);
  expect(closed(studio)).toEqual(['shop', 'bank']);
  selectNodes(studio, ['wl:shop/web']);
  expect(closed(studio)).toEqual(['bank']);
});

it('the key closes what is selected, all when nothing is, and opens what is closed', () => {
  const studio = studioOf('shop/web', 'bank/old');
  toggleCollapsed(studio);
  expect(closed(studio)).toEqual(['shop', 'bank']);
  toggleAllCollapsed(studio);
  expect(closed(studio)).toBeUndefined();
  selectNodes(studio, ['wl:bank/old']);
  toggleCollapsed(studio);
  expect(closed(studio)).toEqual(['bank']);
  toggleAllCollapsed(studio);
  expect(closed(studio)).toEqual(['bank', 'shop']);
});

it('a renamed namespace stays closed, and what is stored is read back', () => {
  const moves = movesOf([
    { from: resourceId('', 'Namespace', '', 'shop'), to: resourceId('', 'Namespace', '', 'store') },
  ]);
  const positions = { 'ns:bank': { x: 1, y: 2, auto: true } } as const;
  const workspace = { ...EMPTY_WORKSPACE, positions, collapsed: ['bank', 'shop'] };
  expect(followCollapsed(workspace, moves).collapsed).toEqual(['bank', 'store']);
  expect(readWorkspace(workspace)).toEqual({ ok: true, value: workspace });
  expect(readWorkspace({ ...workspace, collapsed: [1] }).ok).toBe(false);
});
