/** An annotated range of bytes: what a message says, field by field, nested as it is encoded. */
import type { TlsFieldMeaning } from '../../../base/tlsVocabulary.ts';

export interface Field {
  /** The specification's own name, e.g. `legacy_version`. */
  readonly name: string;
  /** Says which explanation belongs to the field; texts are looked up by it. */
  readonly meaning: TlsFieldMeaning;
  /** The value as short text: a registered name, a number, hex; no sentences. */
  readonly value: string;
  /** Half-open range of offsets in the message (header included). */
  readonly start: number;
  readonly end: number;
  readonly children: readonly Field[];
}

/** The field's own name: what stands after the structure's. */
export const nameOfMeaning = (meaning: TlsFieldMeaning): string => meaning.slice(meaning.indexOf('.') + 1);
