/** When certificates renew, as tables. */
import { describe, expect, test } from 'vitest';
import { createCa, DAY, HOUR } from '../ca.ts';
import { formatGoDuration, parseGoDuration } from './goDuration.ts';
import {
  agentRenewal,
  agentRetryDelays,
  certManagerRenewal,
  certManagerRetryDelay,
  lifetimeEvents,
  pluggedRootChange,
  selfSignedRootRenewal,
} from './lifetimes.ts';

const NOW = Date.UTC(2026, 10, 23);
const ca = (label: string, lifetime: number) =>
  createCa({ seed: 'l', label, notBefore: NOW, notAfter: NOW + lifetime }).certificate;

describe('renewal', () => {
  test('an agent renews a day’s certificate after about half of it', () => {
    const { earliest, latest } = agentRenewal(NOW, NOW + DAY);
    expect((earliest - NOW) / HOUR).toBeCloseTo(11.76);
    expect((latest - NOW) / HOUR).toBeCloseTo(12.24);
  });
  test('istiod renews its root when a fifth of its life is left', () => {
    expect(selfSignedRootRenewal(ca('root', 3650 * DAY))).toBe(NOW + 2920 * DAY);
  });
  test.each<[string, number | undefined, number | undefined, number]>([
    ['two thirds of the life by default', undefined, undefined, 60],
    ['renewBefore', 10 * DAY, undefined, 80],
    ['a percentage of the life before its end', undefined, 50, 45],
    ['renewBefore longer than the life is ignored', 100 * DAY, undefined, 60],
  ])('cert-manager: %s', (_, before, percentage, day) => {
    expect(certManagerRenewal(ca('leaf', 90 * DAY), before, percentage)).toBe(NOW + day * DAY);
  });
  test('failed tries wait longer and longer', () => {
    expect(agentRetryDelays()).toEqual([100, 200, 400, 800, 1600]);
    expect([1, 2, 3, 6, 9].map(certManagerRetryDelay)).toEqual([1, 2, 4, 32, 32].map((hours) => hours * HOUR));
  });
  test('events come in the order of time', () => {
    const certificate = ca('x', DAY);
    expect(lifetimeEvents(certificate, NOW + HOUR).map(({ kind }) => kind)).toEqual([
      'becomes-valid',
      'renewal-due',
      'expires',
    ]);
    expect(lifetimeEvents(certificate, undefined)).toHaveLength(2);
  });
});

describe('a plugged-in root that changes while istiod runs', () => {
  const [a, b, c] = [ca('a', DAY), ca('b', DAY), ca('c', DAY)];
  test.each([
    ['the same', [a], [a], false, 'accepted'],
    ['one more, multi-root off', [a], [a, b], false, 'multi-root-disabled'],
    ['one more', [a], [a, b], true, 'accepted'],
    ['one less', [a, b], [b], true, 'accepted'],
    ['another', [a], [b], true, 'not-a-superset'],
    ['one more and one less', [a, b], [b, c], true, 'not-a-superset'],
  ] as const)('%s', (_, before, after, multiRoot, expected) => {
    expect(pluggedRootChange(before, after, multiRoot)).toBe(expected);
  });
});

describe('Go durations', () => {
  test.each([
    ['2160h', 90 * DAY],
    ['1h30m', 1.5 * HOUR],
    ['1.5h', 1.5 * HOUR],
    ['100ms', 100],
    ['-1m', -60_000],
    ['0', 0],
    ['90d', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(parseGoDuration(text)).toBe(expected);
  });
  test('print as Go prints them', () => {
    expect([DAY, 90_000, 5000].map(formatGoDuration)).toEqual(['24h0m0s', '1m30s', '5s']);
  });
});
