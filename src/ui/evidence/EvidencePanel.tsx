/** What the verdict on show rests on: each decision of the call, and the recorded calls that bear it out. */
import { type ReactNode, use, useEffect, useRef } from 'react';
import { outcomeText } from '../../i18n/render/curlOutput.ts';
import { partyPlace, partyRole } from '../../i18n/render/names.ts';
import { stepLine } from '../../i18n/render/step.ts';
import { seekStep } from '../../state/actions/playback.ts';
import { shownRun } from '../../state/selectors/select.ts';
import type { FinishedRun, StudioState } from '../../state/studioState.ts';
import { decisionsOf, type Evidence, type RecordedCall } from '../../trace/evidence.ts';
import type { Trace } from '../../trace/trace.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import './evidence.css';
import { Examples } from './Examples.tsx';
import { type EvidenceRow, nearestExamples, verdictEvidence } from './evidenceRows.ts';
import { loadIndex } from './loadIndex.ts';
import { ReportButton } from './ReportButton.tsx';

const askedOf = ({ layout }: StudioState) => layout.evidence;

export function EvidencePanel() {
  const { t } = useTranslator('evidence');
  const run = useStudioState(shownRun);
  if (run === undefined) {
    return (
      <div className="placeholder">
        <p>{t('evidence.empty')}</p>
      </div>
    );
  }
  return <VerdictEvidenceView run={run} />;
}

function VerdictEvidenceView({ run }: { run: FinishedRun }) {
  const { t } = useTranslator('evidence');
  const { trace } = run.answer;
  const index = use(loadIndex());
  const { deciding, others, logs, outcome, kinds, unrecorded, cannotTell } = verdictEvidence(trace, index);
  const rows = useAskedRow(trace);
  return (
    <div className="evidence" ref={rows}>
      <section>
        <h2>{t('evidence.title')}</h2>
        <p className="evidence-sum">
          <Icon name={cannotTell || unrecorded > 0 ? 'info' : 'check'} />
          <span>
            {cannotTell
              ? t('evidence.cannotTell')
              : unrecorded === 0
                ? t('evidence.allRecorded', { kinds })
                : t('evidence.someRecorded', { kinds, unrecorded })}
          </span>
        </p>
      </section>
      {deciding !== undefined && (
        <Group title={t('evidence.decided')}>
          <StepRow row={deciding} isOpen />
        </Group>
      )}
      {others.length > 0 && (
        <Group title={t('evidence.onTheWay')}>
          {others.map((row) => (
            <StepRow key={`${row.place.hop} ${row.place.index}`} row={row} />
          ))}
        </Group>
      )}
      {logs.length > 0 && (
        <Group title={t('evidence.logged')}>
          {logs.map((row) => (
            <LogRow key={row.hop.id} row={row} />
          ))}
        </Group>
      )}
      {outcome.kind !== undefined && (
        <Group title={t('evidence.outcome')}>
          <Row name={<code>{outcomeText(trace.outcome)}</code>} place={t('playback.party.client')} evidence={outcome} />
        </Group>
      )}
      <section>
        <h3 className="step-head">{t('evidence.counting')}</h3>
        <p className="muted">{t('evidence.about', { istio: index.istio, envoy: index.envoy })}</p>
      </section>
      <ReportButton run={run} />
    </div>
  );
}

/** Opens and shows the row of the step whose evidence was asked for, each time one is. */
function useAskedRow(trace: Trace) {
  const rows = useRef<HTMLDivElement>(null);
  const asked = useStudioState(askedOf);
  useEffect(() => {
    if (asked === undefined) return;
    const place = decisionsOf(trace).find(({ hop, index }) => hop === asked.hop && index === asked.index);
    const row = [...(rows.current?.querySelectorAll('details') ?? [])].find(
      ({ dataset }) => dataset['kind'] === place?.kind,
    );
    if (row === undefined) return;
    row.open = true;
    row.scrollIntoView({ block: 'nearest' });
    row.querySelector('summary')?.focus({ preventScroll: true });
  }, [asked, trace]);
  return rows;
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="step-head">{title}</h3>
      <ul className="evidence-rows">{children}</ul>
    </section>
  );
}

function StepRow({ row, isOpen = false }: { row: EvidenceRow; isOpen?: boolean }) {
  const studio = useStudio();
  const translator = useTranslator('evidence');
  const { t, language } = translator;
  const { place, hop, evidence, fields } = row;
  const { index } = place;
  const step = index === undefined ? undefined : hop.steps[index];
  if (index === undefined || step === undefined) return null;
  return (
    <Row
      name={stepLine(translator, step)}
      place={`${partyPlace(translator, hop.party)} · ${partyRole(translator, hop.party)}`}
      evidence={evidence}
      isOpen={isOpen}
      examples={nearestExamples(row)}
    >
      {fields.length > 0 && (
        <p className="evidence-fields">
          {fields.map(({ kind = '', calls }) => (
            <span key={kind} className="tag" data-recorded={calls > 0}>
              <code>{kind.split(' ').at(-1)}</code>{' '}
              {calls === 0
                ? t('evidence.bySpecification')
                : t(kind.includes(' held ') ? 'evidence.held' : 'evidence.failed', {
                    number: numberText(language, calls),
                  })}
            </span>
          ))}
        </p>
      )}
      <button type="button" className="link" onClick={() => seekStep(studio, hop.id, index)}>
        {t('evidence.goToStep')}
      </button>
    </Row>
  );
}

function LogRow({ row: { hop, evidence } }: { row: EvidenceRow }) {
  const translator = useTranslator('evidence');
  const { log } = hop;
  if (log === undefined) return null;
  const words = [log.status, log.flags.join(',') || '-', log.details ?? log.termination ?? '-'].join(' ');
  return (
    <Row
      name={<code>{words}</code>}
      place={`${partyPlace(translator, hop.party)} · ${partyRole(translator, hop.party)}`}
      evidence={evidence}
    />
  );
}

interface RowProps {
  readonly name: ReactNode;
  readonly place: string;
  readonly evidence: Evidence;
  readonly isOpen?: boolean;
  /** Absent: those of the evidence itself. */
  readonly examples?: readonly RecordedCall[];
  readonly children?: ReactNode;
}

function Row({ name, place, evidence, isOpen = false, examples = evidence.examples, children }: RowProps) {
  const { t, language } = useTranslator('evidence');
  const { calls, kind } = evidence;
  const number = numberText(language, calls);
  const decided = numberText(language, evidence.decided);
  return (
    <li>
      <details className="evidence-row" open={isOpen} data-kind={kind}>
        <summary>
          <Icon name="chevronRight" size={12} />
          <span className="evidence-name">
            {name}
            <span className="muted">{place}</span>
          </span>
          <span className="evidence-count" data-recorded={calls > 0}>
            {kind === undefined
              ? t('evidence.unsimulated')
              : calls === 0
                ? t('evidence.bySpecification')
                : t('evidence.calls', { count: calls, number })}
          </span>
        </summary>
        <div className="evidence-body">
          <p>
            {kind === undefined
              ? t('evidence.notSimulated')
              : calls === 0
                ? t('evidence.noneRecorded')
                : evidence.decided > 0
                  ? t('evidence.countedDecided', { count: calls, number, decided })
                  : t('evidence.counted', { count: calls, number })}
          </p>
          {children}
          {kind !== undefined && (
            <p className="muted evidence-kind">
              {t('evidence.kind')} <code>{kind}</code>
            </p>
          )}
          <Examples calls={examples} />
        </div>
      </details>
    </li>
  );
}

const numberText = (language: string, count: number): string => new Intl.NumberFormat(language).format(count);
