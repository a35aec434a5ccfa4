/** Copies what an issue about a wrong verdict needs. */
import { outcomeText } from '../../i18n/render/curlOutput.ts';
import { partyPlace, partyRole } from '../../i18n/render/names.ts';
import { stepLine } from '../../i18n/render/step.ts';
import { verdictSentence } from '../../i18n/render/verdict.ts';
import { formatCurl } from '../../state/curl/formatCurl.ts';
import { writingIn } from '../../state/curl/surroundings.ts';
import { wrongVerdictReport } from '../../state/report/wrongVerdict.ts';
import type { FinishedRun } from '../../state/studioState.ts';
import { decidingStep } from '../../trace/deciding.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { copyText } from '../shared/download.ts';
import { Icon } from '../shared/Icon.tsx';

export function ReportButton({ run }: { run: FinishedRun }) {
  const studio = useStudio();
  const translator = useTranslator('evidence');
  const { t } = translator;

  const copy = async (): Promise<void> => {
    const { workspace, engine } = studio.store.getState();
    const { trace } = run.answer;
    const path = run.moments.flatMap((moment) => {
      const hop = moment.kind === 'step' ? trace.hops.find(({ id }) => id === moment.hop) : undefined;
      if (hop === undefined || moment.kind !== 'step') return [];
      const party = `${partyPlace(translator, hop.party)} (${partyRole(translator, hop.party)})`;
      return [`${party}: ${stepLine(translator, moment.step)}`];
    });
    const report = wrongVerdictReport({
      workspace,
      trace,
      draft: run.draft,
      versions: t('app.fidelity'),
      verdict: `${t(`verdict.lead.${trace.disposition.kind}`)} ${verdictSentence(translator, trace, decidingStep(trace))}\n\n    ${outcomeText(trace.outcome)}`,
      path,
      title: t('evidence.report.title'),
      headings: {
        call: t('evidence.report.call'),
        simulated: t('evidence.report.simulated'),
        observed: t('evidence.report.observed'),
        mesh: t('evidence.report.mesh'),
        trace: t('evidence.report.trace'),
      },
      curl: (draft) => formatCurl(draft, writingIn(workspace.world, engine.graph)),
    });
    await copyText(studio, report);
  };

  return (
    <section>
      <h3 className="step-head">{t('evidence.report.ask')}</h3>
      <p className="muted">{t('evidence.report.what')}</p>
      <button type="button" className="button button-outlined evidence-report" onClick={() => void copy()}>
        <Icon name="copy" />
        {t('evidence.report.copy')}
      </button>
    </section>
  );
}
