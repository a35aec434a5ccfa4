/**
 * A transcript as a page shows it: structured-clonable, bytes as hex, every field with the code of
 * its explanation and with who can read it, and what was computed, decided and concluded between the
 * messages. `readableBy` is about this layer: inside another TLS, only that one's parties read at all.
 */
import type { TlsDecisionTopic, TlsFieldMeaning, TlsValueName } from '../../base/tlsVocabulary.ts';
import { concatBytes, toHex } from '../../crypto/bytes.ts';
import type { Field } from './codec/field.ts';
import type { Epoch, HandshakeEvent, MessageEvent, SideOutcome } from './endpoint/events.ts';
import { isSecretValue, type Operation } from './keys/computation.ts';
import type { ContentType, KeySetName, WireRecord } from './record/records.ts';
import type { Side } from './side.ts';
import type { HandshakeResult, HandshakeTranscript, Negotiated } from './transcript/types.ts';

export interface HandshakeView {
  readonly result: HandshakeResult;
  readonly negotiated?: Negotiated;
  readonly serverName?: string;
  readonly client: SideOutcome;
  readonly server: SideOutcome;
  /** In the order sent. */
  readonly messages: readonly MessageView[];
  /** What happens between messages, in order. */
  readonly steps: readonly StepView[];
  /** NSS key log. */
  readonly keyLog: string;
}

export interface MessageView {
  readonly from: Side;
  /** `client_hello`, `hello_retry_request`, `certificate_verify`, `alert`, `application_data`, `unreadable` ... */
  readonly name: string;
  readonly content: ContentType | 'unreadable';
  /** Keys that protect it. */
  readonly epoch: Epoch;
  /** An eavesdropper sees only records of so many bytes. */
  readonly encrypted: boolean;
  /** All its records on the wire, hex. */
  readonly wire: string;
  /** The message in the clear, hex; offsets of `fields` count in it. */
  readonly plain: string;
  readonly fields: readonly FieldView[];
  readonly records: readonly RecordView[];
}

export interface FieldView {
  readonly name: string;
  readonly meaning: TlsFieldMeaning;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly readableBy: 'anyone' | 'parties';
  readonly children: readonly FieldView[];
}

export interface RecordView {
  readonly bytes: string;
  /** Offsets count in `bytes`: what the wire shows. */
  readonly fields: readonly FieldView[];
  /** Hex. What was sealed, and with what: anybody with these can recompute the record. */
  readonly protection?: {
    readonly keys: KeySetName;
    readonly aead: 'aes-gcm' | 'chacha20-poly1305';
    readonly sequence: number;
    readonly key: string;
    readonly nonce: string;
    readonly additionalData: string;
    readonly plaintext: string;
    /** Offsets count in `plaintext`. */
    readonly fields: readonly FieldView[];
  };
}

interface StepBase {
  readonly by: Side;
  /** Index of the message it follows; -1: before the first. */
  readonly after: number;
}
export interface ValueView {
  readonly name: TlsValueName;
  /** Hex; empty for `messages`, which are shown anyway. */
  readonly value: string;
}
export type StepView =
  | (StepBase & {
      readonly kind: 'computation';
      readonly name: TlsValueName;
      readonly value: string;
      /** Only the parties can know it. */
      readonly secret: boolean;
      readonly operation: Operation;
      readonly inputs: readonly ValueView[];
    })
  | (StepBase & {
      readonly kind: 'decision';
      readonly topic: TlsDecisionTopic;
      /** Absent: nothing suits. */
      readonly chosen?: string;
      readonly offered: readonly string[];
      readonly supported: readonly string[];
    })
  | (StepBase & { readonly kind: 'outcome'; readonly outcome: SideOutcome });

const fieldViews = (fields: readonly Field[], readableBy: FieldView['readableBy']): readonly FieldView[] =>
  fields.map((field) => ({ ...field, readableBy, children: fieldViews(field.children, readableBy) }));

/** TLS 1.3: what is sealed is content, then its type; TLS 1.2: the content alone. */
function innerFields(keys: KeySetName, plaintext: Uint8Array): readonly Field[] {
  const hasType = !keys.endsWith('_write');
  const end = hasType ? plaintext.length - 1 : plaintext.length;
  const content: Field = {
    name: 'content',
    meaning: 'inner_plaintext.content',
    value: String(end),
    start: 0,
    end,
    children: [],
  };
  if (!hasType) return [content];
  const type = String(plaintext[end] ?? '');
  return [
    content,
    { name: 'type', meaning: 'inner_plaintext.type', value: type, start: end, end: plaintext.length, children: [] },
  ];
}

function recordView({ bytes, fields, protection }: WireRecord): RecordView {
  return {
    bytes: toHex(bytes),
    fields: fieldViews(fields, 'anyone'),
    ...(protection === undefined
      ? {}
      : {
          protection: {
            keys: protection.keys,
            aead: protection.aead,
            sequence: protection.sequence,
            key: toHex(protection.key),
            nonce: toHex(protection.nonce),
            additionalData: toHex(protection.additionalData),
            plaintext: toHex(protection.plaintext),
            fields: fieldViews(innerFields(protection.keys, protection.plaintext), 'parties'),
          },
        }),
  };
}

function messageView(event: MessageEvent): MessageView {
  const encrypted = event.epoch !== 'plaintext';
  const wire = event.records.length === 0 ? event.plain : concatBytes(...event.records.map((record) => record.bytes));
  return {
    from: event.from,
    name: event.name,
    content: event.content,
    epoch: event.epoch,
    encrypted,
    wire: toHex(wire),
    plain: toHex(event.plain),
    fields: fieldViews(event.fields, encrypted ? 'parties' : 'anyone'),
    records: event.records.map(recordView),
  };
}

function stepView(event: Exclude<HandshakeEvent, MessageEvent>, after: number): StepView {
  if (event.kind !== 'computation') return { ...event, after };
  const { by, output, operation, inputs } = event;
  return {
    kind: 'computation',
    by,
    after,
    name: output.name,
    value: toHex(output.value),
    secret: isSecretValue(output.name),
    operation,
    inputs: inputs.map(({ name, value }) => ({ name, value: name === 'messages' ? '' : toHex(value) })),
  };
}

export function handshakeView(transcript: HandshakeTranscript): HandshakeView {
  const messages: MessageView[] = [];
  const steps: StepView[] = [];
  for (const event of transcript.events) {
    if (event.kind === 'message') messages.push(messageView(event));
    else steps.push(stepView(event, messages.length - 1));
  }
  const { result, client, server, keyLog, negotiated, serverName } = transcript;
  return {
    result,
    client,
    server,
    messages,
    steps,
    keyLog,
    ...(negotiated === undefined ? {} : { negotiated }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}
