/**
 * The whole conversation: every message with its bytes, in between what the parties compute and
 * decide, and what can be taken away: a capture of the call, its key log, the certificates as PEM.
 */
import { type ReactNode, useState } from 'react';
import { certificateOf } from '../../../state/selectors/select.ts';
import type { FinishedRun } from '../../../state/studioState.ts';
import type { TlsHandshakeStep } from '../../../trace/tlsStep.ts';
import type { HandshakeBytes, HandshakeMessage } from '../../../worker/certificateView.ts';
import { useStudio, useTranslator } from '../../shared/context.tsx';
import { downloadBytes, downloadText } from '../../shared/download.ts';
import { Icon } from '../../shared/Icon.tsx';
import { BytesView } from '../BytesView.tsx';
import { StepRow } from './StepRow.tsx';
import { useTlsTexts } from './useTlsTexts.ts';
import './conversation.css';

interface ConversationProps {
  readonly run: FinishedRun;
  readonly handshake: TlsHandshakeStep;
  readonly bytes: HandshakeBytes;
  readonly onTheWire: boolean;
}

export function Conversation({ run, handshake, bytes, onTheWire }: ConversationProps) {
  const texts = useTlsTexts();
  if (texts === undefined) return null;
  const { messages, steps, result } = bytes;
  // An eavesdropper sees what is sent, and nothing of what is thought.
  const stepsAfter = (index: number): ReactNode =>
    onTheWire
      ? null
      : steps
          .filter(({ after }) => after === index)
          // Their order is their identity.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          .map((step, at) => <StepRow key={`${index}.${at}`} step={step} messages={messages} texts={texts} />);
  return (
    <section className="conversation">
      <Saves run={run} handshake={handshake} bytes={bytes} />
      {result.kind === 'cannot-tell' && <p className="muted">{texts.view.noBytes}</p>}
      <details>
        <summary className="conversation-title">{texts.view.conversation}</summary>
        <p className="muted">{texts.view.conversationHint}</p>
        {stepsAfter(-1)}
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have no identity but their place
          <div key={index} className="conversation-part">
            <MessageRow message={message} onTheWire={onTheWire} recordText={texts.view.record} />
            {stepsAfter(index)}
          </div>
        ))}
      </details>
    </section>
  );
}

function MessageRow({
  message,
  onTheWire,
  recordText,
}: {
  message: HandshakeMessage;
  onTheWire: boolean;
  recordText: string;
}) {
  const { t } = useTranslator('handshake');
  const [isOpen, setIsOpen] = useState(false);
  const isHidden = onTheWire && message.encrypted;
  return (
    <>
      <button
        type="button"
        className="message-row"
        data-from={message.from}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name={message.encrypted ? 'lock' : 'unlock'} size={12} />
        <span className="muted">{t(`handshake.${message.from}`)}</span>
        <strong className="mono">{isHidden ? recordText : message.name}</strong>
        <span className="muted message-size">{message.wire.length / 2}</span>
        <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
      </button>
      {isOpen && <BytesView message={message} onTheWire={onTheWire} />}
    </>
  );
}

function Saves({ run, handshake, bytes }: Omit<ConversationProps, 'onTheWire'>) {
  const studio = useStudio();
  const texts = useTlsTexts();
  if (texts === undefined) return null;
  const capture = async (): Promise<void> => {
    const { call } = run.answer.trace;
    const reply = await studio.engine.ask({ kind: 'export-pcap', revision: run.revision, call });
    if (reply.kind !== 'answer' || reply.answer === undefined) return;
    downloadBytes('call.pcap', reply.answer.pcap);
    downloadText('call-keys.log', reply.answer.keyLog);
  };
  const pemOf = (fingerprints: readonly string[]): string =>
    fingerprints.map((fingerprint) => certificateOf(run.answer, fingerprint)?.pem ?? '').join('');
  const chains = [
    ['client-chain.pem', texts.view.saveClientChain, pemOf(handshake.client.certificateChain)],
    ['server-chain.pem', texts.view.saveServerChain, pemOf(handshake.server.certificateChain)],
  ] as const;
  return (
    <div className="saves">
      {/* A capture of now has no handshake of then. */}
      {handshake.earlier === undefined && <Save label={texts.view.saveCapture} onSave={() => void capture()} />}
      {bytes.keyLog !== '' && (
        <Save label={texts.view.saveKeyLog} onSave={() => downloadText('keys.log', bytes.keyLog)} />
      )}
      {chains.map(
        ([file, label, pem]) => pem !== '' && <Save key={file} label={label} onSave={() => downloadText(file, pem)} />,
      )}
    </div>
  );
}

const Save = ({ label, onSave }: { label: string; onSave: () => void }) => (
  <button type="button" className="button button-outlined" onClick={onSave}>
    <Icon name="download" size={12} />
    {label}
  </button>
);
