/** The step that playback stands at: what happened, what decided it, what was rejected on the way. */
import type { Origin } from '../../base/origin.ts';
import { partyPlace, partyRole, resourceText } from '../../i18n/render/names.ts';
import { reasonText } from '../../i18n/render/reason.ts';
import { stepLine } from '../../i18n/render/step.ts';
import { stepFacts } from '../../i18n/render/stepFacts.ts';
import { revealRange, showEvidence, showRightTab } from '../../state/actions/look.ts';
import { rangeOf, shownRun } from '../../state/selectors/select.ts';
import type { FinishedRun, StudioState } from '../../state/studioState.ts';
import { legsOf } from '../../trace/carriage.ts';
import type { Rejected, Step } from '../../trace/step.ts';
import type { Hop } from '../../trace/trace.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { keyed } from '../shared/keyed.ts';
import { OutcomeDetails } from './OutcomeDetails.tsx';
import { StepFrame } from './StepFrame.tsx';

const atOf = ({ playback }: StudioState) => playback.at;

export function StepDetails() {
  const { t } = useTranslator();
  const run = useStudioState(shownRun);
  const at = useStudioState(atOf);
  const moment = run?.moments[at];
  if (run === undefined || moment === undefined) return null;
  const hops = run.answer.trace.hops;
  if (moment.kind === 'step') {
    const hop = hops.find(({ id }) => id === moment.hop);
    return hop === undefined ? null : <Details run={run} hop={hop} index={moment.index} step={moment.step} />;
  }
  if (at === run.moments.length - 1) return <OutcomeDetails outcome={run.answer.trace.outcome} />;
  const far = hops.find(({ id }) => id === moment.far);
  const near = hops.find(({ id }) => id === moment.near);
  return (
    <StepFrame>
      <p className="step-party">
        {t(moment.direction === 'request' ? 'playback.passageRequest' : 'playback.passageReply')}
      </p>
      <p className="step-line">
        <Party hop={moment.direction === 'request' ? near : far} /> →{' '}
        <Party hop={moment.direction === 'request' ? far : near} />
      </p>
      <Carriage run={run} far={moment.far} />
    </StepFrame>
  );
}

/** What the bytes travel in on this stretch. */
function Carriage({ run, far }: { run: FinishedRun; far: number }) {
  const studio = useStudio();
  const { t } = useTranslator();
  const tunnels = legsOf(run.answer.trace).find((leg) => leg.far === far)?.tunnels ?? [];
  const isBroken = tunnels.some(({ established }) => !established);
  const isMutual = tunnels.some(({ mutual }) => mutual);
  const kind = tunnels.length === 0 ? 'plainText' : tunnels.length > 1 ? 'doubleTls' : isMutual ? 'mutualTls' : 'tls';
  return (
    <>
      <p className="carriage">
        <Icon name={tunnels.length === 0 || isBroken ? 'unlock' : 'lock'} />
        {isBroken ? t('step.tlsBroken') : t(`canvas.${kind}`)}
      </p>
      {tunnels.length > 0 && <OpenHandshake onOpen={() => showRightTab(studio, 'handshake')} />}
    </>
  );
}

function OpenHandshake({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslator();
  return (
    <button type="button" className="button button-outlined" onClick={onOpen}>
      <Icon name="lock" />
      {t('playback.openHandshake')}
    </button>
  );
}

function Party({ hop }: { hop: Hop | undefined }) {
  const translator = useTranslator();
  return hop === undefined ? null : (
    <span>{`${partyPlace(translator, hop.party)} (${partyRole(translator, hop.party)})`}</span>
  );
}

interface DetailsProps {
  readonly run: FinishedRun;
  readonly hop: Hop;
  readonly index: number;
  readonly step: Step;
}

function Details({ run, hop, index, step }: DetailsProps) {
  const studio = useStudio();
  const translator = useTranslator();
  const { t } = translator;
  const facts = stepFacts(translator, step);
  const rejected = 'rejected' in step ? step.rejected : [];
  return (
    <StepFrame>
      <p className="step-party">
        {partyPlace(translator, hop.party)} · {partyRole(translator, hop.party)}
      </p>
      <h2 className="step-line">{stepLine(translator, step)}</h2>
      {step.kind === 'tls-handshake' && <OpenHandshake onOpen={() => showRightTab(studio, 'handshake')} />}
      {facts.length > 0 && (
        <dl className="facts">
          {keyed(facts, ({ label, value }) => `${label} ${value}`).map(([key, { label, value, code, passed }]) => (
            <div key={key} className="fact" data-passed={passed}>
              <dt>
                {passed !== undefined && <Icon name={passed ? 'check' : 'close'} />}
                {label}
              </dt>
              <dd className={code ? 'mono' : ''}>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Origins run={run} origins={step.origins} />
      {rejected.length > 0 && <RejectedList rejected={rejected} />}
      <button type="button" className="link step-evidence" onClick={() => showEvidence(studio, { hop: hop.id, index })}>
        {t('app.titles.evidence')}
      </button>
    </StepFrame>
  );
}

function Origins({ run, origins }: { run: FinishedRun; origins: readonly Origin[] }) {
  const studio = useStudio();
  const { t } = useTranslator();
  if (origins.length === 0) return null;
  return (
    <section>
      <h3 className="step-head">{t('playback.decidedBy')}</h3>
      <ul>
        {distinct(origins).map((origin) => {
          const range = rangeOf(run.answer, origin);
          const field = origin.path.length === 0 ? '' : origin.path.join('.');
          return (
            <li key={`${origin.resource} ${field}`} className="origin">
              {range === undefined ? (
                <span>{resourceText(origin.resource)}</span>
              ) : (
                <button type="button" className="link" onClick={() => revealRange(studio, range)}>
                  {resourceText(origin.resource)}
                </button>
              )}
              {field !== '' && <code className="muted">{field}</code>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function RejectedList({ rejected }: { rejected: readonly Rejected[] }) {
  const translator = useTranslator();
  const { t } = translator;
  return (
    <section>
      <h3 className="step-head">{t('playback.considered')}</h3>
      <ul>
        {keyed(rejected, ({ name, reason }) => `${name} ${reason.code}`).map(([key, { name, reason }]) => (
          <li key={key} className="rejected">
            <code>{name}</code>
            <span className="muted">{reasonText(translator, reason)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same place twice is one line. */
const distinct = (origins: readonly Origin[]): readonly Origin[] => [
  ...new Map(origins.map((origin) => [`${origin.resource} ${origin.path.join('.')}`, origin])).values(),
];
