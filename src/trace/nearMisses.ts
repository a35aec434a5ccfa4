/**
 * The rules that a refused call came nearest to matching, nearest first: fewest failing fields, then
 * the order of evaluation. Rules that can never match (of a policy without rules) are no near misses.
 */
import type { RbacRuleEvaluation, RbacStep } from './step.ts';

export function nearMisses(step: Pick<RbacStep, 'rules'>): readonly RbacRuleEvaluation[] {
  return step.rules
    .filter(({ matched, failed }) => !matched && failed.length > 0)
    .toSorted((a, b) => a.failed.length - b.failed.length);
}
