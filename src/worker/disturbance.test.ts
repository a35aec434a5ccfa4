/** What breaks when a CA is gone, a root is removed, a clock is off; and what a rotation of roots breaks meanwhile. */
import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../base/ids.ts';
import { compile, parse, rotateRoot, whatBreaks } from '../engine.ts';
import { meshConfig } from '../testing/documents.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 30);
const HOUR = 3_600_000;
const app = (name: string): string => `
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {app: ${name}}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {serviceAccountName: ${name}, containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
`;
const MESH = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
${['a', 'b', 'c'].map(app).join('')}
`;
const shop = (proxyMetadata: Readonly<Record<string, string>> = {}) => {
  const text = `${MESH}\n---\n${meshConfig(JSON.stringify({ defaultConfig: { proxyMetadata } }))}`;
  return compile(parse([{ name: 'mesh.yaml', text }]), { now: NOW, seed: 'disturbance' });
};

const broken = async (kind: Parameters<typeof whatBreaks>[1]) => {
  const { stages, tried } = await whatBreaks(await shop(), kind, []);
  const ends = stages.map(({ kind: stage, changed }) => [
    stage,
    changed.map(
      ({ call, after }) =>
        `${call.from.slice(-1)}>${JSON.stringify(call.request).match(/\/\/(\w)/)?.[1]} ${after.disposition.kind}`,
    ),
  ]);
  return { ends: Object.fromEntries(ends) as Record<string, string[]>, tried };
};

describe('what breaks', () => {
  it('if istiod is gone: nothing now, proxies that start anew, and all once certificates have run out', async () => {
    const { ends, tried } = await broken({ kind: 'authority-gone', authority: 'istiod' });
    expect(tried).toBe(6);
    expect(ends['at-once']).toEqual([]);
    expect(ends.restarted).toHaveLength(6);
    expect(ends['run-out']).toHaveLength(6);
  });

  it('runs out with the longest life of a certificate', async () => {
    const { stages } = await whatBreaks(
      await shop({ SECRET_TTL: '2h' }),
      { kind: 'authority-gone', authority: 'istiod' },
      [],
    );
    expect(stages.map(({ at }) => at - NOW)).toEqual([0, 0, 2 * HOUR + 60_000]);
    expect(stages.at(-1)?.changed).toHaveLength(6);
  });

  it('if a CA that nobody uses is gone: nothing', async () => {
    const { ends } = await broken({ kind: 'authority-gone', authority: 'cert-manager.io/ClusterIssuer//nobody' });
    expect(Object.values(ends).flat()).toEqual([]);
  });

  it('if the only root is taken out: every call in mutual TLS', async () => {
    const compiled = await shop();
    const identity = compiled.identityOf('shop/a' as WorkloadId);
    const root = identity.kind === 'issued' ? identity.anchors[0] : undefined;
    const { ends } = await broken({ kind: 'root-removed', fingerprint: root?.fingerprint ?? '' });
    expect(ends['at-once']).toHaveLength(6);
  });

  it.each([
    ['two days ahead: others look expired to it', 48, 4],
    ['two days behind: others are not valid yet', -48, 4],
    ['an hour ahead: nothing', 1, 0],
  ])('if the clock of a node is %s', async (_, hours, count) => {
    const { ends } = await broken({ kind: 'clock-off', workload: 'shop/a' as WorkloadId, milliseconds: hours * HOUR });
    expect(ends['at-once']).toHaveLength(count);
    expect(ends['at-once']?.every((end) => end.includes('a'))).toBe(true);
  });
});

describe('a root is replaced', () => {
  it('by the book, a day between steps: nothing fails, and every proxy ends with the new one alone', async () => {
    const view = await rotateRoot(await shop(), { authority: 'istiod', plan: 'by-the-book', gap: 24 * HOUR }, []);
    expect(view.windows).toEqual([]);
    for (const { states } of view.proxies) {
      expect(states.map(({ signs, trusts }) => `${signs} ${trusts.join('+')}`)).toEqual([
        'old old',
        'old old+new',
        'new old+new',
        'new new',
      ]);
    }
  });

  it('at one stroke: calls fail between proxies that have renewed and those that have not, for half a day at most', async () => {
    const view = await rotateRoot(await shop(), { authority: 'istiod', plan: 'swap', gap: 0 }, []);
    expect(view.windows.length).toBeGreaterThan(0);
    for (const { from, until = Number.POSITIVE_INFINITY, after } of view.windows) {
      expect(until - from).toBeLessThanOrEqual(12 * HOUR);
      expect(after.disposition.kind).not.toBe('served');
    }
  });

  it.each([
    ['SECRET_TTL of two hours', { SECRET_TTL: '2h' }, 1],
    ['renewal when three quarters of the life are left', { SECRET_GRACE_PERIOD_RATIO: '0.75' }, 6],
    ['both', { SECRET_TTL: '4h', SECRET_GRACE_PERIOD_RATIO: '0.25' }, 3],
    ['a lifetime that is none', { SECRET_TTL: 'soon' }, 12],
  ])('windows are as long as proxies take to renew: %s', async (_, proxyMetadata, hours) => {
    const compiled = await shop(proxyMetadata);
    const view = await rotateRoot(compiled, { authority: 'istiod', plan: 'swap', gap: 0 }, []);
    const lengths = view.windows.map(({ from, until = Number.POSITIVE_INFINITY }) => until - from);
    expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(hours * HOUR);
    for (const { states } of view.proxies) expect(states.at(-1)).toMatchObject({ signs: 'new', trusts: ['new'] });
    const patient = { authority: 'istiod', plan: 'by-the-book', gap: hours * HOUR } as const;
    expect((await rotateRoot(compiled, patient, [])).windows).toEqual([]);
  });

  it('in haste, an hour between steps: the new signature arrives before the new root does', async () => {
    const view = await rotateRoot(await shop(), { authority: 'istiod', plan: 'by-the-book', gap: HOUR }, []);
    expect(view.windows.length).toBeGreaterThan(0);
  });
});
