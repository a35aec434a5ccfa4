import { expect, it } from 'vitest';
import type { Placed, Places } from '../../../state/workspace/workspace.ts';
import { compactPlaces, isReadable, zoomToSee } from './compactRooms.ts';
import type { Scene, SceneNode } from './scene.ts';
import { CARD, ROOM } from './sizes.ts';

/** One room; its cards in one row, each called by the one left of it. */
function row(count: number): { readonly scene: Scene; readonly places: Places } {
  const nodes: SceneNode[] = [{ id: 'ns:a', kind: 'room', x: 0, y: 0, width: 216, height: 120 }];
  const places: Record<string, Placed> = { 'ns:a': { x: 0, y: 0 } };
  // The scene has them in another order than the layout.
  for (let card = count - 1; card >= 0; card--) {
    nodes.push({ id: `wl:a/${card}`, kind: 'workload', x: 0, y: 0, room: 'ns:a', ...CARD });
    places[`wl:a/${card}`] = { x: ROOM.padX + card * 236, y: ROOM.header };
  }
  return { scene: new Map(nodes.map((node) => [node.id, node])), places };
}

it.each([
  ['two cards', 2, true],
  ['nine cards', 9, false],
])('%s in a row can be read at a glance: %s', (_, count, expected) => {
  const { scene, places } = row(count);
  expect(isReadable(scene, places)).toBe(expected);
});

it('twelve in a row become three columns, in the same order, and are seen larger', () => {
  const { scene, places } = row(12);
  const compact = compactPlaces(scene, places);
  const at = (x: number): number[] => [...Array(12).keys()].filter((card) => compact[`wl:a/${card}`]?.x === x);
  const columns = [...new Set([...Array(12).keys()].map((card) => compact[`wl:a/${card}`]?.x ?? 0))].sort(
    (a, b) => a - b,
  );
  expect(columns.map(at)).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9, 10, 11],
  ]);
  expect(zoomToSee(scene, compact)).toBeGreaterThan(zoomToSee(scene, places));
});

it('rooms stand apart, beside the outside, with ground for their grids', () => {
  const nodes: SceneNode[] = [{ id: 'outside', kind: 'outside', x: 0, y: 0, ...CARD }];
  const wide: Record<string, Placed> = { outside: { x: 0, y: 0 } };
  for (const [room, count] of [1, 2, 3, 7, 20].entries()) {
    nodes.push({ id: `ns:${room}`, kind: 'room', x: 0, y: 0, width: 216, height: 120 });
    wide[`ns:${room}`] = { x: room * 1000, y: 0 };
    for (let card = 0; card < count; card++) {
      nodes.push({ id: `wl:${room}/${card}`, kind: 'workload', x: 0, y: 0, room: `ns:${room}`, ...CARD });
      wide[`wl:${room}/${card}`] = { x: card * 236, y: 44 };
    }
  }
  const scene: Scene = new Map(nodes.map((node) => [node.id, node]));
  const compact = compactPlaces(scene, wide);
  const boxes = nodes.map(({ id, kind, room, width, height }) => {
    const own = compact[id] ?? { x: Number.NaN, y: Number.NaN };
    const corner = room === undefined ? { x: 0, y: 0 } : compact[room];
    const inside = kind === 'room' ? nodes.filter((node) => node.room === id).map((node) => compact[node.id]) : [];
    return {
      id,
      room,
      x: own.x + (corner?.x ?? 0),
      y: own.y + (corner?.y ?? 0),
      width: Math.max(width, ...inside.map((at) => (at?.x ?? 0) + CARD.width + ROOM.padX)),
      height: Math.max(height, ...inside.map((at) => (at?.y ?? 0) + CARD.height + ROOM.padY)),
    };
  });
  const onEachOther = boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter((b) => b.room !== a.id && a.room !== b.id)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} ${b.id}`),
  );
  expect(onEachOther).toEqual([]);
  expect(boxes.every(({ x, y }) => x >= 0 && y >= 0)).toBe(true);
});
