import { expect, it } from 'vitest';
import { nearMisses } from './nearMisses.ts';
import type { RbacFailedField, RbacRuleEvaluation } from './step.ts';

const field: RbacFailedField = {
  field: 'methods',
  negated: false,
  wanted: ['POST'],
  saw: 'GET',
  origin: { resource: 'r' as never, path: [] },
};
const rule = (policyId: string, failed: number, matched = false): RbacRuleEvaluation => ({
  policyId,
  origin: { resource: 'r' as never, path: [] },
  matched,
  heldBy: [],
  failed: Array.from({ length: failed }, () => field),
  ignored: [],
});

it('orders rules by how many fields failed, and keeps the order of equals', () => {
  const rules = [rule('two', 2), rule('never', 0), rule('one', 1), rule('matched', 0, true), rule('one more', 1)];
  expect(nearMisses({ rules }).map(({ policyId }) => policyId)).toEqual(['one', 'one more', 'two']);
});
