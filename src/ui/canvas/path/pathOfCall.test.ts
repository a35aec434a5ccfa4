import { expect, it } from 'vitest';
import type { Trace } from '../../../trace/trace.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { CARD } from '../scene/sizes.ts';
import { pathOfCall } from './pathOfCall.ts';

const card = (id: string, x: number, y: number, room?: string): SceneNode => ({
  id,
  kind: 'workload',
  x,
  y,
  ...CARD,
  ...(room === undefined ? {} : { room }),
});
const sceneOf = (...nodes: readonly SceneNode[]): Scene => new Map(nodes.map((node) => [node.id, node]));

/** From the application of one workload to the sidecar of another, which refuses the connection or not. */
const trace = (from: string, to: string, isRefused: boolean): Trace =>
  ({
    hops: [
      { id: 1, party: { kind: 'client', workload: from }, steps: [] },
      { id: 2, parent: 1, party: { kind: 'proxy', workload: to, role: 'sidecar-inbound' }, steps: [] },
    ],
    disposition: isRefused ? { kind: 'refused', by: 'no-filter-chain', hop: 2 } : { kind: 'served' },
  }) as unknown as Trace;

it('a connection that is refused ends straight before the socket, clear of the card, from wherever it comes', () => {
  for (const [x, y] of [
    [400, 0],
    [400, 300],
    [-400, 300],
    [0, 300],
  ] as const) {
    const target = card('wl:b/y', x, y);
    const { end, legs } = pathOfCall(trace('a/x', 'b/y', true), sceneOf(card('wl:a/x', 0, 0), target));
    const [leg] = legs;
    expect(leg?.refused).toBe(true);
    expect(end.word).toBe('before');
    expect(end.y).toBe(target.y + CARD.height / 2);
    expect([target.x - 22, target.x + CARD.width + 22]).toContain(end.x);
  }
});

it('who is in a closed room is called at the room, and a call inside one draws no line', () => {
  const room: SceneNode = { id: 'ns:b', kind: 'collapsed', x: 400, y: 0, width: 216, height: 76 };
  const scene = sceneOf(card('wl:a/x', 0, 0, 'ns:a'), room);
  const into = pathOfCall(trace('a/x', 'b/y', false), scene);
  expect(into.legs.map(({ inside }) => inside)).toEqual([false]);
  expect(into.anchors.get(2)).toEqual({ x: 400, y: 38 });
  expect(into.end).toMatchObject({ word: 'beside' });
  expect(pathOfCall(trace('b/z', 'b/y', false), scene).legs.map(({ inside }) => inside)).toEqual([true]);
});
