import { expect, it } from 'vitest';
import type { Translator } from '../../i18n/i18n.ts';
import type { MeshGraph } from '../../worker/meshGraph.ts';
import type { Scene, SceneNode } from './scene/scene.ts';
import { toFlowNodes } from './toFlowNodes.ts';

const graph = {
  namespaces: [{ name: 'a', injection: true, mtls: 'PERMISSIVE' }],
  workloads: [{ id: 'a/x', namespace: 'a', name: 'x', proxy: 'sidecar' }],
  services: [],
  authorities: [],
  outsideAddress: '10.0.0.9',
} as unknown as MeshGraph;
const translator = { t: (key: string) => key } as unknown as Translator;
const nodes: readonly SceneNode[] = [
  { id: 'outside', kind: 'outside', x: 0, y: 0, width: 176, height: 60 },
  { id: 'ns:a', kind: 'room', x: 300, y: 0, width: 216, height: 120 },
  { id: 'wl:a/x', kind: 'workload', x: 320, y: 44, width: 176, height: 60, room: 'ns:a' },
];
const sceneOf = (...changed: readonly SceneNode[]): Scene =>
  new Map([...nodes, ...changed].map((node) => [node.id, node]));
const NOBODY: ReadonlySet<string> = new Set();
const byId = (list: ReturnType<typeof toFlowNodes>) => new Map(list.map((node) => [node.id, node]));

it('what did not change is the same object, what was moved or selected is another', () => {
  const before = byId(toFlowNodes(sceneOf(), graph, NOBODY, false, translator));
  const moved = { id: 'wl:a/x', kind: 'workload', x: 360, y: 44, width: 176, height: 60, room: 'ns:a' } as const;
  const after = byId(toFlowNodes(sceneOf(moved), graph, new Set(['outside']), false, translator, before));
  expect([...after].map(([id, node]) => [id, node === before.get(id)])).toEqual([
    ['outside', false],
    ['ns:a', true],
    ['wl:a/x', false],
  ]);
  expect(after.get('wl:a/x')?.position).toEqual({ x: 60, y: 44 });
});

it('from so far that rooms stand for their cards, the library hears of rooms alone', () => {
  expect([...byId(toFlowNodes(sceneOf(), graph, NOBODY, true, translator)).keys()]).toEqual(['outside', 'ns:a']);
});

it('is complete without being measured: a card out of view is never drawn for its size', () => {
  for (const node of toFlowNodes(sceneOf(), graph, NOBODY, false, translator)) {
    expect(node.handles).toEqual([]);
    expect(node.measured).toEqual({ width: node.width, height: node.height });
  }
});
