/** Sums results up by area, in the numbers that conformance/README.md asks a runner for. */
import type { Difference } from './compare/difference.ts';
import type { CaseResult } from './runCase.ts';

export interface AreaSummary {
  readonly cases: number;
  readonly variants: number;
  readonly calls: number;
  readonly verdict: number;
  readonly explanation: number;
  readonly configuration: number;
  readonly cannotTell: number;
  readonly confidentlyWrong: number;
}

export interface Disagreement extends Difference {
  readonly file: string;
  readonly variant: string;
  /** null for configuration. */
  readonly call: string | null;
}

const EMPTY: AreaSummary = {
  cases: 0,
  variants: 0,
  calls: 0,
  verdict: 0,
  explanation: 0,
  configuration: 0,
  cannotTell: 0,
  confidentlyWrong: 0,
};

export function summarize(results: readonly CaseResult[]): Map<string, AreaSummary> {
  const areas = new Map<string, AreaSummary>();
  for (const result of results) areas.set(result.area, add(areas.get(result.area) ?? EMPTY, caseSummary(result)));
  return new Map([...areas].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const total = (areas: Iterable<AreaSummary>): AreaSummary => [...areas].reduce(add, EMPTY);

function caseSummary(result: CaseResult): AreaSummary {
  const calls = result.variants.flatMap((variant) => variant.calls);
  const count = (outcomes: readonly string[]): number => calls.filter((call) => outcomes.includes(call.outcome)).length;
  return {
    cases: 1,
    variants: result.variants.length,
    calls: calls.length,
    verdict: count(['agrees', 'verdict-only']),
    explanation: count(['agrees']),
    configuration: result.variants.filter((variant) => variant.configuration.length === 0).length,
    cannotTell: count(['cannot-tell']),
    confidentlyWrong: count(['confidently-wrong']),
  };
}

function add(a: AreaSummary, b: AreaSummary): AreaSummary {
  return {
    cases: a.cases + b.cases,
    variants: a.variants + b.variants,
    calls: a.calls + b.calls,
    verdict: a.verdict + b.verdict,
    explanation: a.explanation + b.explanation,
    configuration: a.configuration + b.configuration,
    cannotTell: a.cannotTell + b.cannotTell,
    confidentlyWrong: a.confidentlyWrong + b.confidentlyWrong,
  };
}

export function disagreements(results: readonly CaseResult[]): Disagreement[] {
  return results.flatMap((result) =>
    result.variants.flatMap((variant) => [
      ...variant.calls.flatMap((call) =>
        call.differences.map((d) => ({ file: result.file, variant: variant.variant, call: call.call, ...d })),
      ),
      ...variant.configuration.map((d) => ({ file: result.file, variant: variant.variant, call: null, ...d })),
    ]),
  );
}
