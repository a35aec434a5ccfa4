/** One sheet: picture of the mesh, the call, the verdict, and the path as an ordered list. */
import { localize } from '../../base/localizedText.ts';
import { outcomeText } from '../../i18n/render/curlOutput.ts';
import { partyPlace, partyRole } from '../../i18n/render/names.ts';
import { stepLine } from '../../i18n/render/step.ts';
import { verdictSentence } from '../../i18n/render/verdict.ts';
import { formatCurl } from '../../state/curl/formatCurl.ts';
import { writingIn } from '../../state/curl/surroundings.ts';
import { shownRun } from '../../state/selectors/select.ts';
import type { FinishedRun, StudioState } from '../../state/studioState.ts';
import type { Moment, StepMoment } from '../../state/trace/moments.ts';
import { decidingStep } from '../../trace/deciding.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { VERDICT_TONES, VerdictMark } from '../shared/VerdictMark.tsx';
import { MeshPicture } from './MeshPicture.tsx';

const stateOf = (state: StudioState) => state;

export function PrintSheet() {
  const { t, language } = useTranslator('print');
  const { workspace } = useStudioState(stateOf);
  const run = useStudioState(shownRun);
  return (
    <article className="print-sheet">
      <header>
        <h1>{localize(workspace.name, language)}</h1>
        <p>
          {t('app.title')} · {t('app.fidelity')} · {t('print.clock', { now: workspace.world.now })}
        </p>
      </header>
      <MeshPicture label={t('print.picture')} />
      {run === undefined ? <p>{t('print.noCall')}</p> : <Call run={run} />}
    </article>
  );
}

function Call({ run }: { run: FinishedRun }) {
  const translator = useTranslator('print');
  const { t } = translator;
  const { workspace, engine } = useStudioState(stateOf);
  const { trace } = run.answer;
  const { kind } = trace.disposition;
  const decided = decidingStep(trace);
  const from = run.draft.from === 'outside' ? t('playback.party.outside') : run.draft.from;
  return (
    <>
      <section>
        <h2>
          {t('print.call')} <small>{t('print.from', { from })}</small>
        </h2>
        <pre>{formatCurl(run.draft, writingIn(workspace.world, engine.graph))}</pre>
      </section>
      <section>
        <h2>{t('print.verdict')}</h2>
        <p className={`print-verdict tone-${VERDICT_TONES[kind]}`}>
          <VerdictMark kind={kind} />
          <span>
            <strong>{t(`verdict.lead.${kind}`)}</strong> {verdictSentence(translator, trace, decided)}
          </span>
        </p>
        <h3>{t('print.prints')}</h3>
        <pre>{outcomeText(trace.outcome)}</pre>
      </section>
      <section>
        <h2>{t('print.path')}</h2>
        <ol className="print-path">
          {stretchesOf(run.moments).map(({ first, hop, steps }) => {
            const party = trace.hops.find(({ id }) => id === hop)?.party;
            return (
              <li key={first}>
                <h3>
                  {party !== undefined && (
                    <>
                      {partyPlace(translator, party)} <small>{partyRole(translator, party)}</small>
                    </>
                  )}
                </h3>
                <ol start={first}>
                  {steps.map(({ step, index }) => {
                    const decides = decided?.hop.id === hop && decided.index === index;
                    return (
                      <li key={index} className={decides ? 'print-decides' : undefined}>
                        {stepLine(translator, step)}
                        {decides && <em> ({t('print.decides')})</em>}
                      </li>
                    );
                  })}
                </ol>
              </li>
            );
          })}
        </ol>
      </section>
    </>
  );
}

interface Stretch {
  /** Number of its first step, counted over the whole call. */
  readonly first: number;
  readonly hop: number;
  readonly steps: readonly StepMoment[];
}

/** Steps in the order in which they happened, as long as they are of one party. */
function stretchesOf(moments: readonly Moment[]): readonly Stretch[] {
  const stretches: { first: number; hop: number; steps: StepMoment[] }[] = [];
  let count = 0;
  for (const moment of moments) {
    if (moment.kind !== 'step') continue;
    count++;
    const last = stretches.at(-1);
    if (last !== undefined && last.hop === moment.hop) last.steps.push(moment);
    else stretches.push({ first: count, hop: moment.hop, steps: [moment] });
  }
  return stretches;
}
