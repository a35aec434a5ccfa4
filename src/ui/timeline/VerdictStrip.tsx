/** The verdict: its mark and word, the sentence of who decided and why, and what curl prints. */

import { lazy, Suspense } from 'react';
import { type LocalizedText, localize } from '../../base/localizedText.ts';
import { outcomeText } from '../../i18n/render/curlOutput.ts';
import { partyPlace } from '../../i18n/render/names.ts';
import { reasonText } from '../../i18n/render/reason.ts';
import { clockText } from '../../i18n/render/step.ts';
import { verdictSentence } from '../../i18n/render/verdict.ts';
import { revealRange } from '../../state/actions/look.ts';
import { seekStep } from '../../state/actions/playback.ts';
import { rangeOf } from '../../state/selectors/select.ts';
import type { FinishedRun, StudioState } from '../../state/studioState.ts';
import { legsOf } from '../../trace/carriage.ts';
import { decidingResource, decidingStep } from '../../trace/deciding.ts';
import type { Trace } from '../../trace/trace.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { VERDICT_TONES, VerdictMark } from '../shared/VerdictMark.tsx';
import { SuggestionsButton } from './Suggestions.tsx';
import './verdictStrip.css';

const Remedy = lazy(async () => ({ default: (await import('./Remedy.tsx')).Remedy }));

const GatewayNote = lazy(async () => ({ default: (await import('../request/GatewayMoment.tsx')).GatewayNote }));

const momentOf = ({ connections }: StudioState) => connections.gateways;
const runOf = ({ run }: StudioState) => run;

export function VerdictStrip() {
  const { t } = useTranslator();
  const run = useStudioState(runOf);
  return (
    <div id="verdict" className="verdict" role="status" aria-live="polite" tabIndex={-1}>
      {run.status === 'done' ? (
        <Verdict run={run} />
      ) : run.status === 'sending' && run.previous !== undefined ? (
        <Verdict run={run.previous} />
      ) : (
        <Waiting text={run.status === 'sending' ? t('verdict.sending') : undefined} />
      )}
    </div>
  );
}

/** The note of the saved call that this is a run of. */
function noteOf({ workspace }: StudioState, { draft }: FinishedRun): LocalizedText | undefined {
  return workspace.calls.find(
    ({ note, from, container, url, connectTo, cert, tlsMax, insecure, cacert }) =>
      note !== undefined &&
      from === draft.from &&
      container === draft.container &&
      url === draft.url &&
      connectTo === draft.connectTo &&
      cert === draft.cert &&
      tlsMax === draft.tlsMax &&
      insecure === draft.insecure &&
      cacert.join() === draft.cacert.join(),
  )?.note;
}

function Waiting({ text }: { text: string | undefined }) {
  const translator = useTranslator();
  const { t } = translator;
  const run = useStudioState(runOf);
  if (run.status === 'failed') {
    return <p>{t('verdict.failed', { message: reasonText(translator, run.reason) })}</p>;
  }
  return (
    <p className="verdict-none">
      <strong>{text ?? t('verdict.none')}</strong>
      {text === undefined && <span className="muted"> {t('verdict.noneHint')}</span>}
    </p>
  );
}

function Verdict({ run }: { run: FinishedRun }) {
  const studio = useStudio();
  const translator = useTranslator();
  const { t } = translator;
  const { trace } = run.answer;
  const { kind } = trace.disposition;
  const gateways = useStudioState(momentOf);
  const note = useStudioState((state) => noteOf(state, run));
  const decided = decidingStep(trace);
  const origin = decided === undefined ? undefined : decidingResource(decided.step);
  const range = origin === undefined ? undefined : rangeOf(run.answer, origin);
  const encryption = useEncryption(trace);
  const open = trace.hops.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'tls-handshake' && step.earlier ? [step.earlier.at] : [])),
  );
  const others = trace.choices.reduce((sum, choice) => sum + choice.options.length - 1, 0);

  return (
    <>
      <div className={`verdict-main tone-${VERDICT_TONES[kind]}`}>
        <VerdictMark kind={kind} />
        <p className="verdict-sentence">
          <span className="verdict-word">{t(`verdict.lead.${kind}`)}</span>{' '}
          <span>{verdictSentence(translator, trace, decided)}</span>
          {kind === 'served' && <span className="muted"> {encryption}</span>}
          {open.length > 0 && (
            <span className="muted">
              {' '}
              {t('verdict.overOpen', { at: [...new Set(open.map(clockText))].join(', ') })}
            </span>
          )}
          {others > 0 && <span className="muted"> {t('verdict.possible', { count: others })}</span>}
        </p>
        <CurlOutput run={run} />
        {note !== undefined && <span className="verdict-remedy">{localize(note, translator.language)}</span>}
        {gateways !== undefined && (
          <Suspense>
            <GatewayNote />
          </Suspense>
        )}
        {kind !== 'served' && (
          <Suspense>
            <Remedy trace={trace} />
          </Suspense>
        )}
      </div>
      <div className="verdict-side">
        {kind === 'refused' && <SuggestionsButton call={trace.call} />}
        {range !== undefined && decided !== undefined && (
          <button
            type="button"
            className="button button-outlined verdict-link"
            onClick={() => {
              seekStep(studio, decided.hop.id, decided.index);
              revealRange(studio, range);
            }}
          >
            <Icon name="file" />
            {range.file}:{range.startLine}
          </button>
        )}
      </div>
    </>
  );
}

function CurlOutput({ run }: { run: FinishedRun }) {
  const { t } = useTranslator();
  const { outcome } = run.answer.trace;
  const also = outcome.kind === 'http' && outcome.alsoPossible.length > 0 ? outcome.alsoPossible.join(', ') : undefined;
  return (
    <span className="verdict-output" title={t('verdict.prints')}>
      <span className="visually-hidden">{t('verdict.prints')}: </span>
      <code>{outcomeText(outcome)}</code>
      {also !== undefined && <span className="muted"> {t('verdict.alsoExit', { codes: also })}</span>}
    </span>
  );
}

/** Which stretches between workloads anybody on the wire could have read. */
function useEncryption(trace: Trace): string {
  const translator = useTranslator();
  const { t } = translator;
  const place = (id: number): string => {
    const hop = trace.hops.find((candidate) => candidate.id === id);
    return hop === undefined ? '?' : partyPlace(translator, hop.party);
  };
  const plain = legsOf(trace)
    .filter(({ tunnels }) => tunnels.length === 0)
    .map(({ near, far }) => [place(near), place(far)] as const)
    .filter(([near, far]) => near !== far)
    .map(([near, far]) => `${near} → ${far}`);
  return plain.length === 0 ? t('verdict.allEncrypted') : t('verdict.plainLegs', { legs: plain.join(', ') });
}
