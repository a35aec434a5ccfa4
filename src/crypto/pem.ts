/**
 * PEM (RFC 7468): the blocks of a text, tolerant of anything around them as OpenSSL is (begin and end
 * stand at the start of a line); and writing.
 * A block that begins and is broken is reported, so that a caller can decide as its model would.
 */
import { type Bytes, fromBase64, toBase64 } from './bytes.ts';

export interface PemBlock {
  /** e.g. `CERTIFICATE`, `EC PRIVATE KEY`. */
  readonly label: string;
  /** Undefined when the body is not base64 or the end line is missing. */
  readonly bytes: Bytes | undefined;
  /** RFC 1421 headers are present (an encrypted legacy key). */
  readonly encrypted: boolean;
  /** Offset of the begin line in the text. */
  readonly start: number;
}

const BEGIN = /^-----BEGIN ([A-Z0-9 ]+)-----[ \t]*(?:\r?\n|$)/gm;

/** Every block of the text, in order. */
export function readPem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  for (const match of text.matchAll(BEGIN)) {
    const label = match[1] ?? '';
    const bodyStart = match.index + match[0].length;
    const bodyEnd = text.startsWith(`-----END ${label}-----`, bodyStart)
      ? bodyStart
      : text.indexOf(`\n-----END ${label}-----`, bodyStart);
    const body = bodyEnd < 0 ? undefined : text.slice(bodyStart, bodyEnd);
    const headers = body?.includes(':') === true;
    const content = headers ? body?.replace(/^[\s\S]*?\r?\n\r?\n/, '') : body;
    const bytes = content === undefined ? undefined : fromBase64(content);
    blocks.push({
      label,
      bytes: bytes !== undefined && bytes.length > 0 ? bytes : undefined,
      encrypted: headers || label === 'ENCRYPTED PRIVATE KEY',
      start: match.index,
    });
  }
  return blocks;
}

/** One block, 64 characters a line, ending with a newline. */
export function writePem(label: string, bytes: Bytes): string {
  const lines = toBase64(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
