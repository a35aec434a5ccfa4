import { describe, expect, it, test } from 'vitest';
import { findKind } from '../../resources/kinds/registry.ts';
import { aboutField, allFieldKeys, fieldAt, rootField } from './field.ts';
import { REQUIRED } from './required.ts';

const root = (group: string, kind: string) => rootField(findKind(group, kind));
const dr = root('networking.istio.io', 'DestinationRule');

describe('a field by its path', () => {
  test.each<[readonly (string | number)[], string | undefined]>([
    [['spec', 'host'], 'DestinationRule.spec.host'],
    [['spec', 'trafficPolicy', 'tls', 'mode'], 'ClientTLSSettings.mode'],
    [['spec', 'subsets', 0, 'trafficPolicy', 'tls', 'mode'], 'ClientTLSSettings.mode'],
    [['spec', 'subsets', 0, 'labels', 'version'], 'DestinationRule.spec.subsets.labels.*'],
    [['metadata', 'namespace'], 'ObjectMeta.namespace'],
    [['kind'], 'Resource.kind'],
    [['spec', 'nothing'], undefined],
    [['spec', 0], undefined],
    [['spec', 'host', 'x'], undefined],
    [['spec', 'toString'], undefined],
  ])('%j', (path, key) => {
    expect(fieldAt(dr, path)?.key).toBe(key);
  });

  it('is told with its type, its alternatives and what is done with it', () => {
    const match = fieldAt(root('networking.istio.io', 'VirtualService'), ['spec', 'http', 0, 'match', 0, 'uri']);
    const exact = fieldAt(match ?? dr, ['exact']);
    expect(exact && aboutField(match, 'exact', exact)).toEqual({
      key: 'StringMatch.exact',
      type: 'string',
      status: 'simulated',
      oneOf: ['exact', 'prefix', 'regex'],
    });
    const policy = fieldAt(dr, ['spec', 'trafficPolicy']);
    const detection = fieldAt(policy ?? dr, ['outlierDetection']);
    expect(detection && aboutField(policy, 'outlierDetection', detection)).toMatchObject({
      key: 'TrafficPolicy.outlierDetection',
      status: 'ignored',
      reason: 'load-only',
    });
    const inside = fieldAt(dr, ['spec', 'trafficPolicy', 'outlierDetection', 'interval']);
    expect(inside?.mark?.kind).toBe('ignored');
  });
});

it('what is said to be required exists', () => {
  const keys = allFieldKeys();
  expect([...REQUIRED].filter((key) => !keys.has(key))).toEqual([]);
});
