import { expect, test } from 'vitest';
import type { GraphWorkload, MeshGraph } from '../../worker/meshGraph.ts';
import { graphIndex, isToldByItsEnd } from './graphIndex.ts';

/** Of a graph, only what its index reads. */
const graphOf = (...names: readonly string[]): MeshGraph => ({
  namespaces: [],
  services: [],
  authorities: [],
  workloads: names.map((name) => ({ id: `a/${name}`, namespace: 'a', name }) as unknown as GraphWorkload),
  ...({} as Omit<MeshGraph, 'namespaces' | 'services' | 'workloads' | 'authorities'>),
});

test.each([
  ['begins like no other', 'currencyservice', ['currencyservice', 'paymentservice'], false],
  ['begins like another', 'payments-blue', ['payments-blue', 'payments-green'], true],
  ['stands twice, in two namespaces', 'frontend', ['frontend', 'frontend'], false],
  ['shorter than the beginning, alone', 'web', ['web', 'webhook'], false],
] as const)('a name that %s', (_, name, names, expected) => {
  expect(isToldByItsEnd(graphIndex(graphOf(...names)), name)).toBe(expected);
});
