/** Go's strconv and net.SplitHostPort: values and errors. */
import { err, ok, type Result } from '../../base/result.ts';
import { goQuote } from './quote.ts';

const syntax = (name: string, text: string) => err(`strconv.${name}: parsing ${goQuote(text)}: invalid syntax`);
const range = (name: string, text: string) => err(`strconv.${name}: parsing ${goQuote(text)}: value out of range`);

export function atoi(text: string): Result<number, string> {
  if (!/^[-+]?[0-9]+$/.test(text)) return syntax('Atoi', text);
  const value = BigInt(text.replace('+', ''));
  return value > 9223372036854775807n || value < -9223372036854775808n ? range('Atoi', text) : ok(Number(value));
}

/** ParseUint(text, 10, 32). */
export function parseUint32(text: string): Result<number, string> {
  if (!/^[0-9]+$/.test(text)) return syntax('ParseUint', text);
  const value = BigInt(text);
  return value > 4294967295n ? range('ParseUint', text) : ok(Number(value));
}

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

export function parseBool(text: string): Result<boolean, string> {
  if (TRUE.includes(text)) return ok(true);
  return FALSE.includes(text) ? ok(false) : syntax('ParseBool', text);
}

/** On error both parts are empty, as in Go. */
export function splitHostPort(text: string): { host: string; port: string; error?: string } {
  const fail = (reason: string) => ({ host: '', port: '', error: text === '' ? reason : `address ${text}: ${reason}` });
  const colon = text.lastIndexOf(':');
  if (colon < 0) return fail('missing port in address');
  let host: string;
  let openFrom = 0;
  let closeFrom = 0;
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    if (end < 0) return fail("missing ']' in address");
    if (end + 1 === text.length) return fail('missing port in address');
    if (end + 1 !== colon) {
      return fail(text.charAt(end + 1) === ':' ? 'too many colons in address' : 'missing port in address');
    }
    host = text.slice(1, end);
    openFrom = 1;
    closeFrom = end + 1;
  } else {
    host = text.slice(0, colon);
    if (host.includes(':')) return fail('too many colons in address');
  }
  if (text.indexOf('[', openFrom) >= 0) return fail("unexpected '[' in address");
  if (text.indexOf(']', closeFrom) >= 0) return fail("unexpected ']' in address");
  return { host, port: text.slice(colon + 1) };
}
