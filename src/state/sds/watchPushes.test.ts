import { describe, expect, it } from 'vitest';
import { workloadId } from '../../base/ids.ts';
import type { SecretPush } from '../../worker/sdsView.ts';
import { newsOf } from './watchPushes.ts';

const proxy = workloadId('istio-system', 'gateway');
const event = (id: number, revision: number, kind: SecretPush['kind'], name: string) => ({
  id,
  revision,
  push: { proxy, name, servedBy: name.includes('://') ? ('istiod' as const) : ('istio-agent' as const), kind },
});
const told = (...events: ReturnType<typeof event>[]) =>
  newsOf({ holds: [], events, news: 2 }).map(({ push }) => `${push.kind} ${push.name}`);

describe('what is news of pushes', () => {
  it.each<[string, ReturnType<typeof event>[], string[]]>([
    ['not what an earlier text pushed', [event(1, 1, 'replaced', 'kubernetes://a')], []],
    ['not the identity that the agent renews', [event(1, 2, 'replaced', 'default')], []],
    ['not what nothing asks for any more', [event(1, 2, 'released', 'kubernetes://a')], []],
    [
      'a credential once, when the same became of its CA',
      [event(1, 2, 'waiting', 'kubernetes://a'), event(2, 2, 'waiting', 'kubernetes://a-cacert')],
      ['waiting kubernetes://a'],
    ],
    [
      'its CA, when another thing became of it',
      [event(1, 2, 'refused', 'kubernetes://a'), event(2, 2, 'replaced', 'kubernetes://a-cacert')],
      ['refused kubernetes://a', 'replaced kubernetes://a-cacert'],
    ],
    [
      'the gravest first',
      [event(1, 2, 'supplied', 'kubernetes://a'), event(2, 2, 'refused', 'kubernetes://b')],
      ['refused kubernetes://b', 'supplied kubernetes://a'],
    ],
  ])('%s', (_name, events, expected) => {
    expect(told(...events)).toEqual(expected);
  });
});
