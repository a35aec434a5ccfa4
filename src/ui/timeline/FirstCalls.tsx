/** Before the first call: what belongs here, and the saved calls to begin with. */
import { lazy, Suspense } from 'react';
import { localize } from '../../base/localizedText.ts';
import { chooseSavedCall } from '../../state/actions/changeCall.ts';
import { sendCall } from '../../state/actions/sendCall.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { VerdictMark } from '../shared/VerdictMark.tsx';
import './firstCalls.css';

const StartHint = lazy(async () => ({ default: (await import('../start/StartHint.tsx')).StartHint }));

const hintOf = ({ layout }: StudioState) => layout.startHint;
const callsOf = ({ workspace }: StudioState) => workspace.calls;
const verdictsOf = ({ verdicts }: StudioState) => verdicts;

export function FirstCalls() {
  const studio = useStudio();
  const { t, language } = useTranslator();
  const calls = useStudioState(callsOf);
  const verdicts = useStudioState(verdictsOf);
  const hint = useStudioState(hintOf);
  return (
    <div className="first-calls">
      <div className="first-calls-head">
        <p className="muted">{t('playback.empty')}</p>
        {hint && (
          <Suspense>
            <StartHint />
          </Suspense>
        )}
      </div>
      <ul className="first-calls-list">
        {calls.map(({ id, name }) => {
          const kind = verdicts[id]?.answer?.trace.disposition.kind;
          return (
            <li key={id}>
              <button
                type="button"
                className="button first-call"
                onClick={() => {
                  chooseSavedCall(studio, id);
                  void sendCall(studio, { play: true });
                }}
              >
                {kind === undefined ? <Icon name="send" /> : <VerdictMark kind={kind} size={16} />}
                {kind !== undefined && <span className="visually-hidden">{t(`verdict.word.${kind}`)}: </span>}
                <span className="first-call-name">{localize(name, language)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
