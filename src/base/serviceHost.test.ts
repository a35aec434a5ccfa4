import { describe, expect, it } from 'vitest';
import { readServiceHost, writeServiceHost } from './serviceHost.ts';

describe('writeServiceHost', () => {
  it.each([
    ['keeps the short name inside its namespace', 'web', 'shop', 'web'],
    ['writes in full what a short name no longer reaches', 'web', 'bank', 'web.bank.svc.cluster.local'],
    ['keeps name and namespace', 'web.shop', 'bank', 'web.bank'],
    ['keeps the suffix it had', 'web.shop.svc', 'bank', 'web.bank.svc'],
    ['keeps the pod before the name', 'web-0.web.shop.svc', 'bank', 'web-0.web.bank.svc'],
    ['lets no name end in a namespace of digits', 'web.shop', '12', 'web.12.svc.cluster.local'],
    ['keeps a suffix behind a namespace of digits', 'web.shop.svc', '12', 'web.12.svc'],
  ])('%s', (_, written, namespace, expected) => {
    const read = readServiceHost(written, 'shop', 'cluster.local');
    expect(read && writeServiceHost(read, { namespace, name: 'web' }, 'shop', 'cluster.local')).toBe(expected);
  });
});
