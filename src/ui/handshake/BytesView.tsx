/**
 * The bytes of one message, and what they mean: hex above, fields as a tree below; pointing at one
 * lights the other. Seen from the wire, what is encrypted is records of so many bytes and no more.
 */
import { useMemo, useState } from 'react';
import type { ByteField, HandshakeMessage } from '../../worker/certificateView.ts';
import { useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Meaning } from './bytes/Meaning.tsx';
import { Sealed } from './bytes/Sealed.tsx';
import { useTlsTexts } from './bytes/useTlsTexts.ts';
import './bytes.css';

interface Span {
  readonly start: number;
  readonly end: number;
}

export function BytesView({ message, onTheWire }: { message: HandshakeMessage; onTheWire: boolean }) {
  const { t } = useTranslator('handshake');
  const texts = useTlsTexts();
  const [lit, setLit] = useState<Span>();
  const shown = useMemo(
    () => (onTheWire ? wireOf(message) : { hex: message.plain, fields: message.fields }),
    [message, onTheWire],
  );
  return (
    <div className="bytes">
      <p className="muted">
        {t('handshake.bytes', { count: shown.hex.length / 2 })}
        {onTheWire && message.encrypted && ` · ${t('handshake.sealed')}`}
      </p>
      <Hex
        hex={shown.hex}
        lit={lit}
        onPoint={(at) => setLit(at === undefined ? undefined : deepest(shown.fields, at))}
      />
      <Meaning message={message} fields={shown.fields} lit={lit} onTheWire={onTheWire} />
      {/* Whoever only listens has none of these values. */}
      {!onTheWire && texts !== undefined && <Sealed message={message} texts={texts} />}
      <ul className="field-tree">
        {shown.fields.map((field) => (
          <FieldRow key={`${field.start}.${field.name}`} field={field} lit={lit} onLight={setLit} depth={0} />
        ))}
      </ul>
    </div>
  );
}

/** Records one after the other, with their fields' offsets counted through. */
function wireOf({ wire, records }: HandshakeMessage): { hex: string; fields: readonly ByteField[] } {
  let at = 0;
  const fields = records.flatMap((record) => {
    const moved = shift(record.fields, at);
    at += record.bytes.length / 2;
    return moved;
  });
  return { hex: wire, fields };
}

const shift = (fields: readonly ByteField[], by: number): readonly ByteField[] =>
  fields.map((field) => ({
    ...field,
    start: field.start + by,
    end: field.end + by,
    children: shift(field.children, by),
  }));

/** The innermost field that a byte belongs to. */
function deepest(fields: readonly ByteField[], at: number): Span | undefined {
  const field = fields.find(({ start, end }) => start <= at && at < end);
  return field === undefined ? undefined : (deepest(field.children, at) ?? field);
}

const ROW = 12;
/** A long certificate is shown to its end; an endless one is not. */
const LIMIT = 8192;

interface HexProps {
  readonly hex: string;
  readonly lit: Span | undefined;
  readonly onPoint: (at: number | undefined) => void;
}

function Hex({ hex, lit, onPoint }: HexProps) {
  const { t } = useTranslator('handshake');
  const bytes = hex.slice(0, LIMIT * 2).match(/../g) ?? [];
  const rows = Array.from({ length: Math.ceil(bytes.length / ROW) }, (_, row) =>
    bytes.slice(row * ROW, row * ROW + ROW),
  );
  return (
    <section
      className="hex mono"
      aria-label={t('handshake.hex')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
      tabIndex={0}
      onPointerLeave={() => onPoint(undefined)}
    >
      {rows.map((row, index) => (
        // Rows have no identity but their offset.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className="hex-row">
          <span className="hex-offset">{(index * ROW).toString(16).padStart(4, '0')}</span>
          {row.map((byte, column) => {
            const at = index * ROW + column;
            return (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                key={column}
                className="hex-byte"
                data-lit={lit !== undefined && lit.start <= at && at < lit.end}
                onPointerEnter={() => onPoint(at)}
              >
                {byte}
              </span>
            );
          })}
        </div>
      ))}
    </section>
  );
}

interface FieldRowProps {
  readonly field: ByteField;
  readonly lit: Span | undefined;
  readonly onLight: (span: Span | undefined) => void;
  readonly depth: number;
}

function FieldRow({ field, lit, onLight, depth }: FieldRowProps) {
  const [isOpen, setIsOpen] = useState(depth < 1);
  const { name, value, start, end, children } = field;
  const isLit = lit !== undefined && lit.start === start && lit.end === end;
  return (
    <li>
      <button
        type="button"
        className="field-row"
        style={{ paddingLeft: 4 + depth * 12 }}
        data-lit={isLit}
        aria-expanded={children.length === 0 ? undefined : isOpen}
        onClick={() => setIsOpen(!isOpen)}
        onPointerEnter={() => onLight(field)}
        onPointerLeave={() => onLight(undefined)}
        onFocus={() => onLight(field)}
        onBlur={() => onLight(undefined)}
      >
        <span className="field-twist">
          {children.length > 0 && <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />}
        </span>
        <span className="field-name mono">{name}</span>
        <span className="field-value mono">{value}</span>
      </button>
      {isOpen && children.length > 0 && (
        <ul>
          {children.map((child) => (
            <FieldRow
              key={`${child.start}.${child.name}`}
              field={child}
              lit={lit}
              onLight={onLight}
              depth={depth + 1}
            />
          ))}
        </ul>
      )}
    </li>
  );
}
