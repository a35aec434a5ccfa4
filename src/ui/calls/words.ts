/** Outcomes, expectations and how they compare, as short texts of the list. */
import type { ResourceId } from '../../base/ids.ts';
import type { Translator } from '../../i18n/i18n.ts';
import { resourceText } from '../../i18n/render/names.ts';
import type { Difference } from '../../state/calls/judge.ts';
import type { Standing } from '../../state/calls/tally.ts';
import type { CallVerdict } from '../../state/studioState.ts';
import type { Expectation } from '../../state/workspace/workspace.ts';
import type { CallSummary } from '../../trace/summary.ts';

type Described = Omit<CallSummary | Expectation, 'by' | 'kind'> & {
  readonly kind: CallSummary['kind'];
  readonly by?: string;
};

/** `Refused · curl exit 56 · by PeerAuthentication demo/default`. */
function described({ t }: Translator<'calls'>, { kind, status, curlExit, by }: Described): string {
  return [
    t(`verdict.word.${kind}`),
    ...(status === undefined ? [] : [String(status)]),
    ...(curlExit === undefined || curlExit === 0 ? [] : [t('calls.exit', { code: curlExit })]),
    ...(by === undefined ? [] : [t('calls.by', { resource: resourceText(by as ResourceId) })]),
  ].join(' · ');
}

export const expectationText = (translator: Translator<'calls'>, expect: Expectation): string =>
  described(translator, expect);

export const outcomeWords = (translator: Translator<'calls'>, { by: _by, ...outcome }: CallSummary): string =>
  described(translator, outcome);

/** What differs, or why nobody can tell. */
export function standingDetail(
  translator: Translator<'calls'>,
  standing: Standing,
  verdict: CallVerdict | undefined,
): string | undefined {
  const { t } = translator;
  if (standing.kind === 'differs') {
    // Another end altogether: status and the rest follow from it.
    const ends = standing.differences.filter(({ field }) => field === 'kind');
    return (ends.length > 0 ? ends : standing.differences)
      .map((difference) =>
        t('calls.differs', {
          field: t(`calls.field.${difference.field}`),
          wanted: value(translator, difference.field, difference.wanted),
          saw: value(translator, difference.field, difference.saw),
        }),
      )
      .join('; ');
  }
  if (standing.kind !== 'cannot-tell') return undefined;
  switch (standing.why) {
    case 'cannot-be-sent':
      return t('calls.cannotBeSent');
    case 'not-modelled':
      return t('calls.notModelled');
    case 'lots':
      return t('calls.lots', {
        outcomes: (verdict?.outcomes ?? []).map((outcome) => outcomeWords(translator, outcome)).join(' / '),
      });
  }
}

function value({ t, find }: Translator<'calls'>, field: Difference['field'], text: string): string {
  if (text === '') return t('calls.nothing');
  if (field === 'kind') return find(`verdict.word.${text}`) ?? text;
  return field === 'by' ? resourceText(text as ResourceId) : text;
}
