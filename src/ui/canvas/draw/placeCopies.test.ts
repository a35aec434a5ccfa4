import { describe, expect, it } from 'vitest';
import { withPlaces } from '../../../state/workspace/placed.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { CARD } from '../scene/sizes.ts';
import { placeAtPointer, placeCopies } from './placeCopies.ts';

const card = (id: string, room: string, x: number, y: number): SceneNode => ({
  id,
  kind: 'workload',
  x,
  y,
  room,
  ...CARD,
});
const room = (id: string, x: number, y: number, width: number, height: number): SceneNode => ({
  id,
  kind: 'room',
  x,
  y,
  width,
  height,
});
const scene: Scene = new Map(
  [
    room('ns:shop', 300, 100, 700, 400),
    card('wl:shop/web', 'ns:shop', 320, 144),
    card('wl:shop/api', 'ns:shop', 320, 228),
    room('ns:bank', 1200, 100, 216, 120),
    card('wl:bank/old', 'ns:bank', 1220, 144),
  ].map((node) => [node.id, node]),
);
const both = [
  { from: 'wl:shop/web', to: 'wl:shop/web-2' },
  { from: 'wl:shop/api', to: 'wl:shop/api-2' },
];

describe('copies', () => {
  it('stand beside what they were copied from, none on another, and not as if the hand had put them there', () => {
    const places = placeCopies(scene, both);
    expect(places['wl:shop/web-2']).toEqual({ x: 256, y: 44, auto: true });
    expect(places['wl:shop/api-2']).toEqual({ x: 256, y: 128, auto: true });
    expect(places['wl:shop/web']).toEqual({ x: 20, y: 44, auto: true });
  });

  it('stand where the hand left them, each of several', () => {
    const dropped = { 'wl:shop/web': { x: 256, y: 200 }, 'wl:shop/api': { x: 256, y: 284 } };
    const places = placeCopies(scene, both, dropped);
    expect([places['wl:shop/web-2'], places['wl:shop/api-2']]).toEqual(Object.values(dropped));
  });

  it('go around the pointer in the room that takes them, as they stand to each other', () => {
    const places = placeAtPointer(scene, both, { x: 788, y: 316 });
    expect(places['wl:shop/web-2']).toEqual({ x: 400, y: 144 });
    expect(places['wl:shop/api-2']).toEqual({ x: 400, y: 228 });
  });

  it('go beside the originals while the pointer is in another room, or nowhere', () => {
    const beside = placeCopies(scene, both);
    expect(placeAtPointer(scene, both, { x: 1250, y: 160 })).toEqual(beside);
    expect(placeAtPointer(scene, both, undefined)).toEqual(beside);
  });

  it('of a whole room stand in the new one as they stood, beside the old one where there is room', () => {
    const places = placeCopies(scene, [
      { from: 'ns:bank', to: 'ns:bank-2' },
      { from: 'wl:bank/old', to: 'wl:bank-2/old' },
    ]);
    expect(places).toEqual({
      'ns:bank-2': { x: 1476, y: 100, auto: true },
      'wl:bank-2/old': { x: 20, y: 44, auto: true },
    });
  });
});

it('what the hand placed stays so when something else moves it along', () => {
  const before = { a: { x: 1, y: 1 }, b: { x: 2, y: 2, auto: true } } as const;
  const brought = { a: { x: 5, y: 5, auto: true }, b: { x: 6, y: 6, auto: true }, c: { x: 7, y: 7 } } as const;
  expect(withPlaces(before, brought)).toEqual({ a: { x: 5, y: 5 }, b: { x: 6, y: 6, auto: true }, c: { x: 7, y: 7 } });
});
