import { expect, it } from 'vitest';
import type { FinishedRun } from '../../state/studioState.ts';
import { scaleOf } from './scale.ts';

const run = {
  moments: [
    { kind: 'step', hop: 0, index: 0, step: { kind: 'dns', origins: [] } },
    { kind: 'step', hop: 0, index: 1, step: { kind: 'filter-action', origins: [] } },
    { kind: 'step', hop: 0, index: 2, step: { kind: 'forwarded', origins: [], at: 2000 } },
  ],
  answer: { trace: { hops: [{ id: 0, party: { kind: 'client', container: 'app' } }] } },
} as unknown as FinishedRun;

it('by steps every mark has as much room as any other, and no milliseconds are told', () => {
  const scale = scaleOf(run, 'steps');
  expect([0, 1, 2].map(scale.place)).toEqual([1 / 6, 3 / 6, 5 / 6]);
  expect(scale.ticks).toEqual([]);
  expect([0, 1, 2].map((at) => scale.momentAt(scale.value(at)))).toEqual([0, 1, 2]);
});

it('by milliseconds a wait is as long as it is, and the slider finds the moment again', () => {
  const scale = scaleOf(run, 'milliseconds');
  expect(scale.waited).toBe(2000);
  expect(scale.place(1) - scale.place(0)).toBeLessThan(0.01);
  expect(scale.place(2)).toBeCloseTo(0.985, 6);
  expect(scale.ticks.map(({ ms }) => ms)).toEqual([0, 500, 1000, 1500, 2000]);
  expect([0, 1, 2].map((at) => scale.momentAt(scale.value(at)))).toEqual([0, 1, 2]);
});

it('the playhead comes to a mark as the moment completes, on either scale', () => {
  for (const kind of ['steps', 'milliseconds'] as const) {
    const scale = scaleOf(run, kind);
    for (const at of [0, 1, 2]) expect(scale.head(at, 1)).toBeCloseTo(scale.place(at), 9);
    expect(scale.head(1, 0.2)).toBeLessThan(scale.head(1, 0.9));
  }
});
