import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeWay, makeWayForOpened } from './makeWay.ts';
import type { Scene, SceneNode } from './scene.ts';

const room = (id: string, x: number, y: number, width = 216, height = 120): SceneNode => ({
  id,
  kind: 'room',
  x,
  y,
  width,
  height,
});
const sceneOf = (nodes: readonly SceneNode[]): Scene => new Map(nodes.map((node) => [node.id, node]));

describe('a room that grew', () => {
  const scene = sceneOf([room('ns:a', 0, 0), room('ns:b', 240, 0), room('ns:c', 0, 160)]);

  it('pushes its neighbour right and the one below down, as little as it takes', () => {
    expect(makeWay(scene, { 'wl:a/x': { x: 256, y: 44 } })).toEqual({
      'wl:a/x': { x: 256, y: 44 },
      'ns:b': { x: 476, y: 0, auto: true },
    });
    expect(makeWay(scene, { 'wl:a/x': { x: 20, y: 128 } })).toEqual({
      'wl:a/x': { x: 20, y: 128 },
      'ns:c': { x: 0, y: 228, auto: true },
    });
  });

  it('pushes away what was put onto its ground while it was closed', () => {
    const before = sceneOf([{ ...room('ns:a', 0, 0), kind: 'collapsed', height: 76 }, room('ns:b', 0, 100)]);
    const now = sceneOf([room('ns:a', 0, 0), room('ns:b', 0, 100)]);
    expect(makeWayForOpened(before, now, new Set(['ns:a']))).toEqual({ 'ns:b': { x: 0, y: 144, auto: true } });
    expect(makeWayForOpened(scene, scene, new Set(['ns:a']))).toEqual({});
  });

  it('leaves everybody where they are when there was room', () => {
    expect(makeWay(scene, { 'wl:a/x': { x: 20, y: 44 } })).toEqual({ 'wl:a/x': { x: 20, y: 44 } });
  });

  it('never stands on another, whatever stands around', () => {
    const cells = fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(4)), {
      minLength: 2,
      maxLength: 12,
      selector: ([x, y]) => `${x} ${y}`,
    });
    fc.assert(
      fc.property(cells, fc.nat(900), fc.nat(600), (places, x, y) => {
        const rooms = places.map(([column, row], at) => room(`ns:n${at}`, column * 260, row * 150));
        const moved = makeWay(sceneOf(rooms), { 'wl:n0/x': { x, y } });
        const after = rooms.map((box, at) => ({
          ...box,
          ...moved[box.id],
          ...(at === 0 ? { width: Math.max(box.width, x + 196), height: Math.max(box.height, y + 76) } : {}),
        }));
        const [grown, ...others] = after;
        if (grown === undefined) return;
        const touching = others.filter(
          (box) =>
            grown.x < box.x + box.width &&
            box.x < grown.x + grown.width &&
            grown.y < box.y + box.height &&
            box.y < grown.y + grown.height,
        );
        expect(touching.map(({ id }) => id)).toEqual([]);
      }),
    );
  });
});
