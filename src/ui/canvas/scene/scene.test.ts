import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceId, workloadId } from '../../../base/ids.ts';
import type { GraphWorkload, MeshGraph } from '../../../worker/meshGraph.ts';
import { readPositions, toElk } from './arrange.ts';
import { buildScene, type Scene, seenAt } from './scene.ts';

const range = { file: 'a', start: 0, end: 0, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
const workload = (namespace: string, name: string, proxy: GraphWorkload['proxy'] = 'sidecar'): GraphWorkload => ({
  id: workloadId(namespace, name),
  namespace,
  name,
  controller: 'Deployment',
  resource: resourceId('apps', 'Deployment', namespace, name),
  serviceAccount: name,
  ip: '10.0.0.1',
  proxy,
  ambient: false,
  labels: {},
  ports: [],
  mtls: 'PERMISSIVE',
  tainted: false,
});
const graph = (sizes: readonly number[]): MeshGraph => ({
  namespaces: sizes.map((_, at) => ({ name: `ns${at}`, injection: true, mtls: 'PERMISSIVE', range })),
  workloads: sizes.flatMap((count, at) =>
    Array.from({ length: count }, (_, index) =>
      workload(`ns${at}`, `w${index}`, at === 0 && index === 0 ? 'gateway' : 'sidecar'),
    ),
  ),
  services: [],
  authorities: [],
  outsideAddress: '10.0.0.9',
});
const overlapping = (scene: Scene): string[] => {
  const nodes = [...scene.values()];
  return nodes.flatMap((a, at) =>
    nodes
      .slice(at + 1)
      .flatMap((b) =>
        a.id !== b.room &&
        b.id !== a.room &&
        a.x < b.x + b.width &&
        b.x < a.x + a.width &&
        a.y < b.y + b.height &&
        b.y < a.y + a.height
          ? [`${a.id} ${b.id}`]
          : [],
      ),
  );
};
const sizes = fc.array(fc.nat(14), { minLength: 1, maxLength: 8 });

describe('buildScene', () => {
  it('places any mesh without overlaps, every card inside its room', () => {
    fc.assert(
      fc.property(sizes, (counts) => {
        const scene = buildScene(graph(counts), {});
        expect(overlapping(scene)).toEqual([]);
        for (const node of scene.values()) {
          const room = node.room === undefined ? undefined : scene.get(node.room);
          if (room === undefined) continue;
          expect(node.x).toBeGreaterThan(room.x);
          expect(node.x + node.width).toBeLessThan(room.x + room.width);
          expect(node.y + node.height).toBeLessThan(room.y + room.height);
        }
      }),
    );
  });

  it.each([
    [1, [0]],
    [3, [0, 0, 0]],
    [6, [0, 0, 0, -204, -204, -204]],
    [10, [0, 0, 0, 0, -204, -204, -204, -204, -408, -408]],
  ])('%i authorities stand in columns, away from the mesh', (count, across) => {
    const authorities = Array.from(
      { length: count },
      (_, at) => ({ id: `ca${at}` }) as MeshGraph['authorities'][number],
    );
    const scene = buildScene({ ...graph([3, 4]), authorities }, {});
    expect([...scene.values()].filter(({ kind }) => kind === 'authority').map(({ x }) => x)).toEqual(across);
    expect(overlapping(scene)).toEqual([]);
  });

  it('leaves everything where it was when a workload is added', () => {
    const before = buildScene(graph([3, 4]), {});
    const positions = Object.fromEntries(
      [...before.values()].map((node) => {
        const room = node.room === undefined ? undefined : before.get(node.room);
        return [node.id, { x: node.x - (room?.x ?? 0), y: node.y - (room?.y ?? 0) }];
      }),
    );
    const after = buildScene(graph([3, 5]), positions);
    for (const [id, node] of before) expect([after.get(id)?.x, after.get(id)?.y]).toEqual([node.x, node.y]);
    expect(after.has('wl:ns1/w4')).toBe(true);
    expect(overlapping(after)).toEqual([]);
  });

  it('a room that is closed is one card at its corner, and moves nothing else', () => {
    fc.assert(
      fc.property(sizes, fc.nat(7), (counts, at) => {
        const open = buildScene(graph(counts), {});
        const room = `ns:ns${at % counts.length}`;
        const closed = buildScene(graph(counts), {}, new Set(), new Set([room.slice(3)]));
        expect(closed.get(room)).toMatchObject({ kind: 'collapsed', x: open.get(room)?.x, y: open.get(room)?.y });
        for (const [id, node] of open) {
          if (id === room) continue;
          if (node.room === room) expect(seenAt(closed, id)?.id).toBe(room);
          else expect(closed.get(id)).toEqual(node);
        }
        expect(overlapping(closed)).toEqual([]);
      }),
    );
  });

  it('a room for a declared namespace, none for one that is only mentioned', () => {
    const { range: _range, ...mentioned } = { name: 'ghost', injection: false, mtls: 'PERMISSIVE' as const, range };
    const scene = buildScene({ ...graph([0]), namespaces: [...graph([0]).namespaces, mentioned] }, {});
    expect([...scene.keys()]).toEqual(['outside', 'ns:ns0']);
  });
});

describe('a layout by ELK', () => {
  const scene = buildScene(graph([1, 2]), {});

  it('asks for rooms with their cards, and for links between what is there', () => {
    const asked = toElk(scene, [
      { from: 'outside', to: 'wl:ns0/w0' },
      { from: 'wl:ns0/w0', to: 'wl:gone/x' },
    ]);
    expect(asked.children?.map(({ id, children }) => [id, children?.length ?? 0])).toEqual([
      ['outside', 0],
      ['ns:ns0', 1],
      ['ns:ns1', 2],
    ]);
    expect(asked.edges?.map(({ id }) => id)).toEqual(['outside>wl:ns0/w0']);
  });

  it('is read as positions relative to the room, on the grid', () => {
    const laidOut = {
      id: 'root',
      children: [{ id: 'ns:a', x: 101, y: 7, children: [{ id: 'wl:a/b', x: 20.4, y: 44 }] }],
    };
    expect(readPositions(laidOut)).toEqual({
      'ns:a': { x: 100, y: 8, auto: true },
      'wl:a/b': { x: 20, y: 44, auto: true },
    });
  });
});
