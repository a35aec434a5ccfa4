import { describe, expect, it } from 'vitest';
import { resourceId, workloadId } from '../../../base/ids.ts';
import type { GraphWorkload, MeshGraph } from '../../../worker/meshGraph.ts';
import { buildScene, type Scene } from '../scene/scene.ts';
import { type ALIGNMENTS, align } from './align.ts';
import { commandsFor } from './commands.ts';
import { dropTarget, keyboardPlace } from './dropTarget.ts';
import { nodeAt } from './hitTest.ts';
import { ITEM_KEYS, type Item, POLICIES, THINGS } from './items.ts';
import { placeNew } from './placeNew.ts';
import { selectedOf } from './selected.ts';

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
const graph: MeshGraph = {
  namespaces: [
    { name: 'shop', injection: true, mtls: 'PERMISSIVE', range },
    { name: 'bank', injection: false, mtls: 'PERMISSIVE', range },
  ],
  workloads: [workload('shop', 'web'), workload('shop', 'api'), workload('bank', 'old', 'none')],
  services: [],
  authorities: [],
  outsideAddress: '10.0.0.9',
};
const empty: MeshGraph = { ...graph, namespaces: [], workloads: [] };

describe('what dropping makes', () => {
  it.each<[Item, string | undefined, object]>([
    ['namespace', 'ns:shop', { kind: 'add-namespace', name: 'shop-2' }],
    ['workload', 'ns:shop', { kind: 'add-workload', namespace: 'shop', name: 'web-2' }],
    ['workload', 'wl:bank/old', { kind: 'add-workload', namespace: 'bank', name: 'web' }],
    ['workload', undefined, { kind: 'add-workload', namespace: 'shop-2', name: 'web' }],
    ['service', 'wl:shop/api', { kind: 'add-service', namespace: 'shop', workload: 'shop/api' }],
    ['service', 'ns:shop', { kind: 'add-service', namespace: 'shop' }],
    ['ingress-gateway', undefined, { kind: 'add-ingress-gateway', namespace: 'istio-system' }],
    ['egress-gateway', 'ns:bank', { kind: 'add-egress-gateway', namespace: 'bank' }],
    ['external-client', undefined, { kind: 'add-external-client', namespace: 'external' }],
    ['external-server', 'ns:bank', { kind: 'add-external-server', namespace: 'bank', host: 'api.example.com' }],
    ['service-entry', undefined, { kind: 'add-service-entry', namespace: 'shop' }],
    ['issuer', undefined, { kind: 'add-issuer' }],
    ['issuer', 'ns:bank', { kind: 'add-issuer', namespace: 'bank' }],
    ['plugged-in-ca', 'ns:bank', { kind: 'add-plugged-in-ca' }],
    ['strict', 'wl:shop/web', { kind: 'apply-policy', scope: { kind: 'workload', id: 'shop/web' } }],
    ['strict', 'ns:shop', { kind: 'apply-policy', scope: { kind: 'namespace', name: 'shop' } }],
    ['deny-all', 'outside', { kind: 'apply-policy', scope: { kind: 'mesh' } }],
  ])('%s on %s', (item, over, intention) => {
    expect(dropTarget(item, over, graph)?.intention).toMatchObject(intention);
  });

  it('lights up what takes it in, and only that', () => {
    expect(dropTarget('workload', 'wl:shop/web', graph)?.node).toBe('ns:shop');
    expect(dropTarget('strict', 'wl:shop/web', graph)?.node).toBe('wl:shop/web');
    expect(dropTarget('workload', undefined, graph)?.node).toBe(undefined);
  });

  it('a Service goes nowhere but into a namespace', () => {
    expect(dropTarget('service', undefined, graph)).toBe(undefined);
    expect(dropTarget('service', 'outside', graph)).toBe(undefined);
  });

  it('everything but a Service can be drawn on an empty canvas', () => {
    const lacking = [...THINGS, ...POLICIES].filter((item) => dropTarget(item, undefined, empty) === undefined);
    expect(lacking).toEqual(['service']);
  });
});

describe('by keyboard', () => {
  it('it goes where the selection is, else into the last room', () => {
    expect(keyboardPlace('workload', 'wl:shop/api', graph)).toBe('wl:shop/api');
    expect(keyboardPlace('workload', undefined, graph)).toBe('ns:bank');
    expect(keyboardPlace('strict', undefined, graph)).toBe(undefined);
    expect(keyboardPlace('workload', 'outside', graph)).toBe('ns:bank');
  });

  it('no two tools share a key, and none has one of the canvas itself', () => {
    const keys = [...Object.values(ITEM_KEYS), 'A', 'C', 'H', 'P', 'V'];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

const apart = (scene: Scene): boolean => {
  const cards = [...scene.values()].filter(({ room }) => room !== undefined);
  return cards.every((a, at) =>
    cards
      .slice(at + 1)
      .every((b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y),
  );
};

describe('where a new card stands', () => {
  const scene = buildScene(graph, {});
  const room = scene.get('ns:shop');
  const more = { ...graph, workloads: [...graph.workloads, workload('shop', 'new')] };

  it('under the pointer, where that is free', () => {
    const at = { x: (room?.x ?? 0) + 400, y: (room?.y ?? 0) + 300 };
    const after = buildScene(more, placeNew(scene, 'wl:shop/new', at));
    expect(nodeAt(after, at)?.id).toBe('wl:shop/new');
    expect(apart(after)).toBe(true);
  });

  it('beside a card that the pointer is on', () => {
    const web = scene.get('wl:shop/web');
    const at = { x: (web?.x ?? 0) + 20, y: (web?.y ?? 0) + 20 };
    const after = buildScene(more, placeNew(scene, 'wl:shop/new', at));
    expect(nodeAt(after, at)?.id).toBe('wl:shop/web');
    expect(apart(after)).toBe(true);
  });
});

describe('aligning', () => {
  const positions = {
    'ns:shop': { x: 300, y: 100 },
    'wl:shop/web': { x: 20, y: 44 },
    'wl:shop/api': { x: 260, y: 160 },
    'ns:bank': { x: 900, y: 300 },
    'wl:bank/old': { x: 20, y: 44 },
  };
  const scene = buildScene(graph, positions);
  const nodes = ['wl:shop/web', 'wl:shop/api', 'wl:bank/old'];
  const absolute = (how: (typeof ALIGNMENTS)[number]) => {
    const after = buildScene(graph, { ...positions, ...align(scene, nodes.slice(0, 2), how) });
    return ['wl:shop/web', 'wl:shop/api'].flatMap((node) => after.get(node) ?? []);
  };

  it.each([
    ['left', 'x'],
    ['top', 'y'],
    ['center', 'x'],
    ['right', 'x'],
    ['middle', 'y'],
    ['bottom', 'y'],
  ] as const)('%s: cards of one size have one %s', (how, axis) => {
    const [web, api] = absolute(how);
    expect(web?.[axis]).toBe(api?.[axis]);
  });

  it('equal gaps, the outermost stay', () => {
    const after = buildScene(graph, { ...positions, ...align(scene, nodes, 'across') });
    const [a, b, c] = nodes.map((node) => after.get(node)?.x ?? 0);
    expect([a, c]).toEqual([scene.get('wl:shop/web')?.x, scene.get('wl:bank/old')?.x]);
    expect(Math.abs((b ?? 0) - ((a ?? 0) + (c ?? 0)) / 2)).toBeLessThanOrEqual(2);
  });
});

describe('the menu', () => {
  const idsFor = (...nodes: string[]) =>
    commandsFor(selectedOf(nodes, graph))
      .flat()
      .map(({ id }) => id);

  it.each<[string, string[], string[], string[]]>([
    ['nothing', [], ['paste', 'select-all'], ['rename', 'remove', 'connect']],
    ['a workload', ['wl:shop/web'], ['rename', 'connect', 'strict', 'remove'], ['left', 'injection-on']],
    ['one without sidecar', ['wl:bank/old'], ['rename', 'connect'], ['strict']],
    ['a namespace', ['ns:shop'], ['add-workload', 'injection-off', 'strict'], ['connect', 'injection-on']],
    ['two workloads', ['wl:shop/web', 'wl:shop/api'], ['connect', 'left', 'remove'], ['rename', 'across', 'strict']],
    ['the outside', ['outside'], ['connect', 'inspect'], ['remove', 'rename', 'copy']],
  ])('of %s', (_, nodes, has, lacks) => {
    const ids: readonly string[] = idsFor(...nodes);
    expect(has.filter((id) => !ids.includes(id))).toEqual([]);
    expect(lacks.filter((id) => ids.includes(id))).toEqual([]);
  });
});
