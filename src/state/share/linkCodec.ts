/**
 * Plain data as the fragment of a link, and back: `#mesh:1:` and the JSON, compressed (zlib, whose
 * checksum tells a link that was cut or changed on its way) in base64url. See decision 10.
 *
 * A link is somebody else's text. Whatever it says there is an answer and no exception, and neither
 * its length, nor what it unpacks to, nor how deeply that is nested goes beyond the limits.
 */
import { err, ok, type Result } from '../../base/result.ts';

export const LINK_VERSION = 1;

export const LINK_LIMITS = {
  /** Characters of the fragment. */
  length: 1_000_000,
  /** Bytes of JSON that it may unpack to. */
  unpacked: 4_000_000,
  /** As deep as YAML may be nested. */
  depth: 64,
} as const;

export type LinkProblem =
  /** Written by a later version of the studio. */
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'too-large' }
  /** Cut off, mistyped or changed on the way. */
  | { readonly kind: 'damaged' };

const SHAPE = /^#?mesh(?::|%3A)(\d{1,6})(?::|%3A)(.*)$/is;

export async function encodeLink(value: unknown): Promise<string> {
  const packed = await collect(
    through(new TextEncoder().encode(JSON.stringify(value)), new CompressionStream('deflate')),
  );
  return `#mesh:${LINK_VERSION}:${toBase64Url(packed ?? new Uint8Array())}`;
}

export async function decodeLink(fragment: string): Promise<Result<unknown, LinkProblem>> {
  if (fragment.length > LINK_LIMITS.length) return err({ kind: 'too-large' });
  const shape = SHAPE.exec(fragment);
  if (shape === null) return err({ kind: 'damaged' });
  const version = Number(shape[1]);
  if (version > LINK_VERSION) return err({ kind: 'newer', version });
  if (version !== LINK_VERSION) return err({ kind: 'damaged' });
  const packed = fromBase64Url(shape[2] ?? '');
  if (packed === undefined) return err({ kind: 'damaged' });
  try {
    const bytes = await collect(through(packed, new DecompressionStream('deflate')), LINK_LIMITS.unpacked);
    if (bytes === undefined) return err({ kind: 'too-large' });
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (isTooDeep(text)) return err({ kind: 'too-large' });
    return ok(JSON.parse(text));
  } catch {
    return err({ kind: 'damaged' });
  }
}

function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough<Uint8Array>(transform);
}

/** All of it, or undefined as soon as it is more than the limit. */
async function collect(
  stream: ReadableStream<Uint8Array>,
  limit = Number.POSITIVE_INFINITY,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(next.value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Brackets outside of strings; the text need not be JSON. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (isString) {
      if (sign === '\\') at++;
      else if (sign === '"') isString = false;
    } else if (sign === '"') isString = true;
    else if (sign === '{' || sign === '[') {
      depth++;
      if (depth > LINK_LIMITS.depth) return true;
    } else if (sign === '}' || sign === ']') depth--;
  }
  return false;
}

const CHUNK = 0x8000;

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}
