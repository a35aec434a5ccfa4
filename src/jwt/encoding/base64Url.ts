/**
 * Base64url as Envoy decodes the parts of a token (absl::WebSafeBase64Unescape): white space is
 * skipped anywhere, padding with `=` or `.` is optional but then complete, left-over bits are
 * ignored. Stricter decoders would refuse tokens that a real proxy accepts.
 */
import { type Bytes, fromBase64Url } from '../../crypto/bytes.ts';

const SPACE = /[\t\n\v\f\r ]+/g;
const PADDED = /^([A-Za-z0-9_-]*)([=.]*)$/;

/** Undefined when Envoy calls it an invalid encoding. */
export function decodeBase64Url(text: string): Bytes | undefined {
  const match = PADDED.exec(text.replace(SPACE, ''));
  if (match === null) return undefined;
  const [, digits = '', padding = ''] = match;
  const expected = (4 - (digits.length % 4)) % 4;
  if (expected === 3) return undefined;
  if (padding.length !== 0 && padding.length !== expected) return undefined;
  return fromBase64Url(digits);
}
