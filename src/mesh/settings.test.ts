/** Small readers: durations, capture annotations, exportTo, label selectors. */
import { describe, expect, test } from 'vitest';
import { captureSettings } from './capture.ts';
import { parseDurationMs } from './duration.ts';
import { isExportedTo, normalizeExportTo } from './exportTo.ts';
import { labelSelectorSelects, namespaceLabels } from './labelSelector.ts';
import { sameLabels, selects } from './labels.ts';

test.each([
  ['10s', 10_000],
  ['250ms', 250],
  ['1h2m3.5s', 3_723_500],
  ['.5s', 500],
  ['-1s', -1000],
  ['+1s', 1000],
  ['0', 0],
  ['0s', 0],
  ['1us', 0.001],
  ['10', undefined],
  ['s', undefined],
  ['1s2', undefined],
  ['', undefined],
  [undefined, undefined],
])('the duration %s is %s ms', (text, expected) => {
  expect(parseDurationMs(text)).toBe(expected);
});

describe('capture', () => {
  const all = {
    includeInboundPorts: '*',
    excludeInboundPorts: [],
    includeOutboundPorts: [],
    excludeOutboundPorts: [],
    includeOutboundIPRanges: '*',
    excludeOutboundIPRanges: [],
  };
  test.each<[string, string, Partial<Record<keyof typeof all, unknown>>]>([
    ['unrelated', 'x', {}],
    ['includeInboundPorts', '80, 8080', { includeInboundPorts: [80, 8080] }],
    ['includeInboundPorts', '*', {}],
    ['includeInboundPorts', '', { includeInboundPorts: [] }],
    ['excludeInboundPorts', '80,x,0,70000,81', { excludeInboundPorts: [80, 81] }],
    ['includeOutboundPorts', '443', { includeOutboundPorts: [443] }],
    ['excludeOutboundPorts', '443', { excludeOutboundPorts: [443] }],
    [
      'includeOutboundIPRanges',
      '10.0.0.0/8,192.168.0.0/16',
      { includeOutboundIPRanges: ['10.0.0.0/8', '192.168.0.0/16'] },
    ],
    ['includeOutboundIPRanges', '', { includeOutboundIPRanges: [] }],
    ['excludeOutboundIPRanges', '10.1.2.3/32', { excludeOutboundIPRanges: ['10.1.2.3/32'] }],
  ])('%s: %j', (annotation, value, expected) => {
    expect(captureSettings({ [`traffic.sidecar.istio.io/${annotation}`]: value })).toEqual({ ...all, ...expected });
  });
});

describe('exportTo', () => {
  test.each<[string[] | undefined, string[], string[]]>([
    [undefined, ['*'], ['*']],
    [[], ['.'], ['shop']],
    [['.'], ['*'], ['shop']],
    [['.', 'shop', 'ops'], ['*'], ['shop', 'ops']],
    [['ops', '*'], ['.'], ['*']],
    [['~'], ['*'], ['~']],
    [['~', 'ops'], ['*'], ['~']],
    [undefined, [], ['*']],
  ])('%j with default %j is %j', (own, byDefault, expected) => {
    expect(normalizeExportTo(own, byDefault, 'shop')).toEqual(expected);
  });

  test('what nobody may see is seen by nobody', () => {
    expect(isExportedTo(['~'], 'shop')).toBe(false);
    expect(isExportedTo(['*'], 'shop')).toBe(true);
    expect(isExportedTo(['ops'], 'shop')).toBe(false);
    expect(isExportedTo(['ops', 'shop'], 'shop')).toBe(true);
  });
});

describe('selectors', () => {
  test('of equality', () => {
    expect(selects(undefined, { a: '1' })).toBe(true);
    expect(selects({}, { a: '1' })).toBe(true);
    expect(selects({ a: '1' }, { a: '1', b: '2' })).toBe(true);
    expect(selects({ a: '1', b: '2' }, { a: '1' })).toBe(false);
    expect(sameLabels(undefined, {})).toBe(true);
    expect(sameLabels({ a: '1' }, { a: '1', b: '2' })).toBe(false);
  });

  test.each([
    ['In', ['1', '2'], true, false],
    ['NotIn', ['1'], false, true],
    ['Exists', [], true, false],
    ['DoesNotExist', [], false, true],
    ['Gt', ['0'], false, false],
  ])('%s %j', (operator, values, ofOne, ofNone) => {
    const selector = { matchExpressions: [{ key: 'a', operator, values }] };
    expect(labelSelectorSelects(selector, { a: '1' })).toBe(ofOne);
    expect(labelSelectorSelects(selector, {})).toBe(ofNone);
  });

  test('a namespace has its name as a label', () => {
    const labels = namespaceLabels({ name: 'shop', labels: { team: 'a' } });
    expect(labelSelectorSelects({ matchLabels: { 'kubernetes.io/metadata.name': 'shop', team: 'a' } }, labels)).toBe(
      true,
    );
  });
});
