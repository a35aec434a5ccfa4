import { describe, expect, it } from 'vitest';
import type { Hop } from '../../trace/trace.ts';
import { momentAt, ruler, timingOf } from './latency.ts';
import type { Moment } from './moments.ts';

const hops = [
  { id: 0, party: { kind: 'client', workload: 'shop/web', container: 'app' } },
  { id: 1, party: { kind: 'proxy', workload: 'shop/web', role: 'sidecar-outbound' } },
  { id: 2, party: { kind: 'proxy', workload: 'shop/api', role: 'sidecar-inbound' } },
] as unknown as readonly Hop[];
const step = (hop: number, kind: string, at?: number): Moment =>
  ({
    kind: 'step',
    hop,
    index: 0,
    step: { kind, origins: [], ...(at === undefined ? {} : { at }) },
  }) as unknown as Moment;
const way = (near: number, far: number): Moment => ({ kind: 'passage', direction: 'request', near, far });

describe('the time of a call', () => {
  it('goes on with every moment: a handshake costs more than a rule, the network more than the pod', () => {
    const moments = [
      step(0, 'forwarded'),
      way(0, 1),
      step(1, 'rbac-check'),
      way(1, 2),
      step(2, 'tls-handshake'),
      step(2, 'responded'),
    ];
    const { starts, total, waited } = timingOf(moments, hops);
    const cost = (at: number): number => (starts[at + 1] ?? total) - (starts[at] ?? 0);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(cost(3)).toBeGreaterThan(cost(1));
    expect(cost(4)).toBeGreaterThan(cost(2));
    expect(waited).toBe(0);
  });

  it('waits exactly as long as the configuration says, before the step that came after', () => {
    const quick = timingOf([step(1, 'filter-action'), step(1, 'forwarded'), way(1, 2)], hops);
    const slow = timingOf([step(1, 'filter-action'), step(1, 'forwarded', 3000), way(1, 2)], hops);
    expect(slow.waited).toBe(3000);
    expect((slow.starts[1] ?? 0) - (quick.starts[1] ?? 0)).toBeCloseTo(3000, 6);
    expect(slow.total - quick.total).toBeCloseTo(3000, 6);
  });

  it('is read back: the moment under way at a time', () => {
    const timing = { starts: [0, 1, 5], total: 6, waited: 0 };
    expect([-1, 0, 0.9, 1, 4, 5, 99].map((time) => momentAt(timing, time))).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });

  it.each([
    [6, 5, [0, 2, 4, 6]],
    [0.9, 4, [0, 0.5]],
    [8004, 5, [0, 2000, 4000, 6000, 8000]],
    [0, 5, [0]],
  ])('has a ruler of round values: %d ms', (total, marks, values) => {
    expect(ruler(total, marks)).toEqual(values);
  });
});
