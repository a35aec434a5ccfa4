import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Placed, Places } from '../../../state/workspace/workspace.ts';
import { arrangeRest } from './arrangeRest.ts';
import type { Scene, SceneNode } from './scene.ts';
import { CARD, ROOM } from './sizes.ts';

/** Rooms with so many cards each, all of them wherever: what is drawn before a layout. */
function sceneOf(rooms: readonly number[]): Scene {
  const nodes: SceneNode[] = [{ id: 'outside', kind: 'outside', x: 0, y: 0, ...CARD }];
  rooms.forEach((count, room) => {
    nodes.push({ id: `ns:${room}`, kind: 'room', x: 0, y: 0, width: 216, height: 120 });
    for (let card = 0; card < count; card++) {
      nodes.push({ id: `wl:${room}/${card}`, kind: 'workload', x: 20, y: 44, room: `ns:${room}`, ...CARD });
    }
  });
  return new Map(nodes.map((node) => [node.id, node]));
}

/** Everything in one row: rooms beside each other, cards below each other. */
function layoutOf(scene: Scene): Places {
  const places: Record<string, Placed> = {};
  let x = 0;
  for (const { id, room } of scene.values()) {
    if (room !== undefined) continue;
    places[id] = { x, y: 0, auto: true };
    x += 260;
    [...scene.values()]
      .filter((card) => card.room === id)
      .forEach((card, at) => {
        places[card.id] = { x: ROOM.padX, y: ROOM.header + at * 84, auto: true };
      });
  }
  return places;
}

/** Rectangles as drawn with those places; of cards on each other or rooms on each other, the names. */
function overlaps(scene: Scene, places: Places): string[] {
  const boxes = [...scene.values()].map((node) => {
    const own = places[node.id] ?? { x: 0, y: 0 };
    const inside = [...scene.values()].filter(({ room }) => room === node.id).map(({ id }) => places[id] ?? own);
    const width = Math.max(node.width, ...inside.map(({ x }) => x + CARD.width + ROOM.padX));
    const height = Math.max(node.height, ...inside.map(({ y }) => y + CARD.height + ROOM.padY));
    return { id: node.id, room: node.room, x: own.x, y: own.y, width, height };
  });
  return boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (b) =>
          a.room === b.room &&
          a.x < b.x + b.width &&
          b.x < a.x + a.width &&
          a.y < b.y + b.height &&
          b.y < a.y + a.height,
      )
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe('a layout of the rest', () => {
  const scene = sceneOf([2, 3]);
  const ideal = layoutOf(scene);

  it('is the layout of everything where nothing was placed by hand', () => {
    expect(arrangeRest(scene, {}, ideal)).toEqual(ideal);
    expect(arrangeRest(scene, { 'ns:0': { x: 900, y: 900, auto: true } }, ideal)).toEqual(ideal);
  });

  it('leaves what was placed, and puts the rest beside it as the layout has them', () => {
    const places = arrangeRest(scene, { 'ns:0': { x: 1000, y: 400 } }, ideal);
    expect(places['ns:0']).toEqual({ x: 1000, y: 400 });
    expect(places['ns:1']).toEqual({ x: 1260, y: 400, auto: true });
    expect(places.outside).toEqual({ x: 740, y: 400, auto: true });
  });

  it('moves the later of two placed things that stand on each other, and it stays placed', () => {
    const places = arrangeRest(scene, { 'ns:0': { x: 0, y: 0 }, 'ns:1': { x: 40, y: 40 } }, ideal);
    expect(places['ns:0']).toEqual({ x: 0, y: 0 });
    expect(places['ns:1']).not.toEqual({ x: 40, y: 40 });
    expect(places['ns:1']?.auto).toBeUndefined();
  });

  it('never leaves one on another, whatever was placed where', () => {
    const hand = fc.dictionary(
      fc.constantFrom(...scene.keys()),
      fc.record({ x: fc.integer({ min: 8, max: 900 }), y: fc.integer({ min: 40, max: 700 }) }),
    );
    fc.assert(
      fc.property(hand, (stored) => {
        const places = arrangeRest(scene, stored, ideal);
        expect(Object.keys(places).sort()).toEqual([...scene.keys()].sort());
        expect(overlaps(scene, places)).toEqual([]);
      }),
    );
  });
});
