/**
 * How each record of an encrypted message was sealed: key, nonce, additional data, what went in.
 * With these values anybody can make the record again.
 */
import { Fragment } from 'react';
import type { TlsTexts } from '../../../i18n/tls/index.ts';
import type { HandshakeMessage } from '../../../worker/certificateView.ts';
import { ShellCommand } from './ShellCommand.tsx';
import { sealingCommand } from './shellCommand.ts';

export function Sealed({ message, texts }: { message: HandshakeMessage; texts: TlsTexts }) {
  const sealed = message.records.flatMap(({ bytes, protection }) => (protection ? [{ bytes, protection }] : []));
  if (sealed.length === 0) return null;
  return (
    <details className="sealed">
      <summary>{texts.view.sealed}</summary>
      {sealed.map(({ bytes, protection }) => (
        <Fragment key={`${protection.keys}.${protection.sequence}`}>
          <dl className="sealed-values">
            <Value name={`${protection.keys}, key`} value={protection.key} text={texts.view.sealedKey} />
            <Value
              name="nonce"
              value={protection.nonce}
              text={texts.view.sealedNonce.replace('{what}', String(protection.sequence))}
            />
            <Value name="additional data" value={protection.additionalData} text={texts.view.sealedData} />
            <Value name="plaintext" value={protection.plaintext} text={texts.view.sealedPlain} />
            <Value name="record" value={bytes} text={texts.view.sealedRecord} />
          </dl>
          <ShellCommand command={sealingCommand(protection)} note={texts.view.shellSealed} texts={texts} />
        </Fragment>
      ))}
    </details>
  );
}

/** Long values scroll in their own box. */
const Value = ({ name, value, text }: { name: string; value: string; text: string }) => (
  <div>
    <dt>
      <code>{name}</code> <span className="muted">{text}</span>
    </dt>
    <dd className="mono sealed-hex">{value}</dd>
  </div>
);
