/** What the field under the pointer means; without one, what the message is for. */
import type { ByteField, HandshakeMessage } from '../../../worker/certificateView.ts';
import { useTlsTexts } from './useTlsTexts.ts';
import './conversation.css';

interface MeaningProps {
  readonly message: HandshakeMessage;
  readonly fields: readonly ByteField[];
  readonly lit: { readonly start: number; readonly end: number } | undefined;
  readonly onTheWire: boolean;
}

export function Meaning({ message, fields, lit, onTheWire }: MeaningProps) {
  const texts = useTlsTexts();
  if (texts === undefined) return null;
  const field = lit && fieldAt(fields, lit.start, lit.end);
  const isHidden = onTheWire && message.encrypted;
  const ofMessage = (texts.message as Readonly<Record<string, string>>)[message.name];
  return (
    <p className="meaning" aria-live="polite">
      {field === undefined ? (
        <>
          {!isHidden && ofMessage} <span className="muted">{texts.view.pointAtField}</span>
        </>
      ) : (
        <>
          <code>{field.name}</code> {texts.field[field.meaning]}
        </>
      )}
    </p>
  );
}

function fieldAt(fields: readonly ByteField[], start: number, end: number): ByteField | undefined {
  for (const field of fields) {
    if (field.start === start && field.end === end) return field;
    const inside = field.start <= start && end <= field.end ? fieldAt(field.children, start, end) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}
