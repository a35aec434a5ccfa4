/**
 * What the trace on show says about lines of the text: those that decided, those that took part, and
 * those that were considered and passed over, each with its sentences. One entry a range.
 */
import type { Origin, SourceRange } from '../../base/origin.ts';
import type { Translator } from '../../i18n/i18n.ts';
import { reasonText } from '../../i18n/render/reason.ts';
import { stepLine } from '../../i18n/render/step.ts';
import { verdictSentence } from '../../i18n/render/verdict.ts';
import { rangeOf } from '../../state/selectors/select.ts';
import type { FinishedRun } from '../../state/studioState.ts';
import { decidingStep } from '../../trace/deciding.ts';
import type { RbacRuleEvaluation, Step } from '../../trace/step.ts';

export interface Painted {
  readonly range: SourceRange;
  readonly kind: PaintedKind;
  /** Plain sentences, the most important first. */
  readonly lines: readonly string[];
}

const STRENGTHS = ['decides', 'took-part', 'passed-over'] as const;
export type PaintedKind = (typeof STRENGTHS)[number];

export function paintedLines(translator: Translator<'code'>, run: FinishedRun): readonly Painted[] {
  const { trace } = run.answer;
  const painted = new Map<string, Painted>();
  const paint = (origin: Origin | undefined, kind: PaintedKind, line: string): void => {
    const range = origin && rangeOf(run.answer, origin);
    if (range === undefined || (kind !== 'decides' && isWholeDocument(range))) return;
    const key = `${range.file} ${range.start} ${range.end}`;
    const known = painted.get(key);
    if (known === undefined) painted.set(key, { range, kind, lines: [line] });
    else painted.set(key, { range, kind: stronger(known.kind, kind), lines: [...new Set([...known.lines, line])] });
  };

  const decided = decidingStep(trace);
  if (decided !== undefined) {
    const sentence = verdictSentence(translator, trace, decided);
    for (const origin of decided.step.origins) paint(origin, 'decides', sentence);
  }
  for (const hop of trace.hops) {
    for (const step of hop.steps) {
      if (step !== decided?.step)
        for (const origin of step.origins) paint(origin, 'took-part', stepLine(translator, step));
      for (const { origin, name, reason } of consideredBy(step)) {
        paint(
          origin,
          'passed-over',
          translator.t('code.decision.passedOver', { name, why: reasonText(translator, reason) }),
        );
      }
      for (const rule of step.kind === 'rbac-check' ? step.rules : []) paintRule(translator, rule, paint);
    }
  }
  return [...painted.values()];
}

const consideredBy = (step: Step) => {
  if (step.kind === 'rbac-check') return step.dropped;
  return 'rejected' in step ? step.rejected : [];
};

/** A rule that did not match is told at the field that failed first. */
function paintRule(
  { t }: Translator<'code'>,
  { matched, heldBy, failed, origin }: RbacRuleEvaluation,
  paint: (origin: Origin | undefined, kind: PaintedKind, line: string) => void,
): void {
  if (matched) {
    for (const held of heldBy) paint(held, 'took-part', t('code.decision.held'));
    return;
  }
  const [first] = failed;
  if (first === undefined) {
    paint(origin, 'passed-over', t('code.decision.noMatch'));
    return;
  }
  const { field, negated, wanted, saw } = first;
  const params = { field, wanted: wanted.join(', '), saw: saw ?? t('code.decision.nothing') };
  paint(first.origin, 'passed-over', t(negated ? 'code.decision.forbidden' : 'code.decision.failed', params));
}

const stronger = (a: PaintedKind, b: PaintedKind): PaintedKind =>
  STRENGTHS.indexOf(a) <= STRENGTHS.indexOf(b) ? a : b;

/** A document that took part as a whole would paint everything. */
const isWholeDocument = ({ startLine, endLine }: SourceRange): boolean => endLine - startLine > 6;
