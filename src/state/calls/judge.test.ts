/** Expected against what can happen. */
import { describe, expect, it } from 'vitest';
import { resourceId, workloadId } from '../../base/ids.ts';
import type { CallSummary } from '../../trace/summary.ts';
import type { Expectation } from '../workspace/workspace.ts';
import { expectationOf, judge } from './judge.ts';

const policy = resourceId('security.istio.io', 'PeerAuthentication', 'demo', 'default');
const web = workloadId('demo', 'web');
const served: CallSummary = { kind: 'served', status: 200, curlExit: 0, alsoExit: [], servedBy: web };
const reset: CallSummary = { kind: 'refused', curlExit: 56, alsoExit: [55], by: policy };
const unknown: CallSummary = { kind: 'cannot-tell', alsoExit: [] };

describe('an expectation', () => {
  const cases: [string, Expectation, CallSummary[] | undefined, string][] = [
    ['is met by the same outcome', { kind: 'served', status: 200, servedBy: web }, [served], 'as-expected'],
    ['compares only what it names', { kind: 'served' }, [{ ...served, status: 404 }], 'as-expected'],
    ['is broken by another end', { kind: 'served', status: 200 }, [reset], 'kind: served, refused; status: 200, '],
    ['is broken by another status', { kind: 'served', status: 200 }, [{ ...served, status: 503 }], 'status: 200, 503'],
    ['is broken by another decider', { kind: 'refused', by: 'x' }, [reset], `by: x, ${policy}`],
    ['takes the exit code of a race', { kind: 'refused', curlExit: 55 }, [reset], 'as-expected'],
    ['is broken by another exit code', { kind: 'refused', curlExit: 35 }, [reset], 'curlExit: 35, 56'],
    ['cannot be told where something is not modelled', { kind: 'served' }, [unknown], 'cannot-tell not-modelled'],
    ['cannot be told where lots decide', { kind: 'served' }, [served, reset], 'cannot-tell lots'],
    ['is met where all lots end alike', { kind: 'served' }, [served, { ...served, status: 201 }], 'as-expected'],
    ['is broken where no lot fits', { kind: 'failed' }, [served, reset], 'kind: failed, served'],
    ['cannot be told of what cannot be sent', { kind: 'served' }, undefined, 'cannot-tell cannot-be-sent'],
  ];
  it.each(cases)('%s', (_, expected, outcomes, verdict) => {
    const judged = judge(expected, outcomes);
    const text =
      judged.kind === 'differs'
        ? judged.differences.map(({ field, wanted, saw }) => `${field}: ${wanted}, ${saw}`).join('; ')
        : judged.kind === 'cannot-tell'
          ? `${judged.kind} ${judged.why}`
          : judged.kind;
    expect(text).toBe(verdict);
  });
});

describe('what happens now, taken as expectation', () => {
  it.each([served, reset, { kind: 'answered', status: 404, curlExit: 0, alsoExit: [] } as const])(
    'is met by itself: $kind',
    (summary) => {
      const expected = expectationOf(summary);
      expect(expected && judge(expected, [summary])).toEqual({ kind: 'as-expected' });
    },
  );

  it('is nothing where no verdict is given', () => {
    expect(expectationOf(unknown)).toBeUndefined();
  });
});
