/** The request bar: reads like curl, sends on Enter, takes a pasted curl command line. */
import { type ClipboardEvent, type KeyboardEvent, useId } from 'react';
import { changeDraft, pasteCurl } from '../../state/actions/changeCall.ts';
import { sendCall } from '../../state/actions/sendCall.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { CallMenu } from './CallMenu.tsx';
import { copyCurl } from './copyCurl.ts';
import { FromMenu } from './FromMenu.tsx';
import { MethodMenu } from './MethodMenu.tsx';
import { OptionsPopover } from './OptionsPopover.tsx';
import './request.css';

const requestOf = ({ request }: StudioState) => request;
const isSending = ({ run }: StudioState) => run.status === 'sending';

export function RequestBar() {
  const studio = useStudio();
  const { t } = useTranslator();
  const { draft, problem } = useStudioState(requestOf);
  const sending = useStudioState(isSending);
  const problemId = useId();

  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends an input method's composition is not for us.
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) void sendCall(studio, { play: true });
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (pasteCurl(studio, event.clipboardData.getData('text/plain'))) event.preventDefault();
  };

  return (
    <section className="request" aria-label={t('request.label')}>
      <CallMenu />
      <span className="request-divider" />
      <FromMenu />
      <div className="request-line">
        <span className="request-curl mono" aria-hidden="true">
          {draft.protocol === 'tcp' ? 'tcp' : 'curl'}
        </span>
        {draft.protocol === 'http' && <MethodMenu />}
        <input
          id="request-url"
          className="request-url mono"
          value={draft.url}
          spellCheck={false}
          autoComplete="off"
          aria-label={t(draft.protocol === 'tcp' ? 'request.tcpTarget' : 'request.url')}
          placeholder={t(draft.protocol === 'tcp' ? 'request.tcpTarget' : 'request.url')}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : problemId}
          onChange={(event) => changeDraft(studio, { url: event.target.value })}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {problem !== undefined && (
          <span id={problemId} className="request-problem" role="alert">
            {t(`request.problem.${problem.kind}`, { ...problem })}
          </span>
        )}
        <OptionsPopover />
        <IconButton icon="copy" label={t('request.copyCurl')} onClick={() => void copyCurl(studio)} />
      </div>
      <button
        type="button"
        className="button button-primary request-send"
        disabled={sending}
        onClick={() => void sendCall(studio, { play: true })}
      >
        {t(sending ? 'request.sending' : 'request.send')}
        <Icon name="send" />
      </button>
    </section>
  );
}
