/** Go's encoding/json: what it reads, and its syntax errors. */
import { err, ok, type Result } from '../../base/result.ts';
import { goQuote } from './quote.ts';

/** json.Unmarshal: the message for a text that is not exactly one JSON value; undefined if it is. */
export function jsonSyntaxError(text: string): string | undefined {
  const scanner: Scanner = { text, at: 0 };
  const problem = value(scanner, 0);
  if (problem !== undefined) return problem;
  skipSpace(scanner);
  if (scanner.at >= text.length) return undefined;
  return invalid(scanner, 'after top-level value');
}

/** json.Decoder.Decode: the first value of a text, whatever follows it. */
export function firstJsonValue(text: string): Result<unknown, string> {
  const scanner: Scanner = { text, at: 0 };
  const problem = value(scanner, 0);
  if (problem === undefined) return ok(JSON.parse(text.slice(0, scanner.at)) as unknown);
  if (scanner.at < text.length) return err(problem);
  return err(text.trim() === '' ? 'EOF' : 'unexpected EOF');
}

const UNEXPECTED_END = 'unexpected end of JSON input';

interface Scanner {
  readonly text: string;
  at: number;
}

/** Go refuses deeper nesting at 10,000; our own stack is smaller. */
const MAX_DEPTH = 1_000;

function skipSpace(scanner: Scanner): void {
  while (/[ \t\r\n]/.test(scanner.text.charAt(scanner.at))) scanner.at++;
}

/** Where white space may stand; at the end of the text Go tries one space more. */
function invalid(scanner: Scanner, context: string): string {
  return scanner.at >= scanner.text.length ? UNEXPECTED_END : invalidHere(scanner, context);
}

function invalidHere(scanner: Scanner, context: string): string {
  const atEnd = scanner.at >= scanner.text.length;
  return `invalid character ${atEnd ? "' '" : quoteByte(scanner.text, scanner.at)} ${context}`;
}

/** Go looks at bytes: of a character beyond ASCII it shows the first byte as if it were Latin-1. */
function quoteByte(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === "'") return "'\\''";
  if (character === '"') return `'"'`;
  const [byte = 0] = new TextEncoder().encode(character);
  return `'${goQuote(String.fromCharCode(byte)).slice(1, -1)}'`;
}

function value(scanner: Scanner, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return 'exceeded max depth';
  skipSpace(scanner);
  const first = scanner.text.charAt(scanner.at);
  if (first === '{') return object(scanner, depth);
  if (first === '[') return array(scanner, depth);
  if (first === '"') return string(scanner);
  if (first === '-' || (first >= '0' && first <= '9')) return number(scanner);
  for (const word of ['true', 'false', 'null']) if (first === word.charAt(0)) return literal(scanner, word);
  return invalid(scanner, 'looking for beginning of value');
}

function literal(scanner: Scanner, word: string): string | undefined {
  for (const character of word) {
    if (scanner.text.charAt(scanner.at) !== character) {
      return invalidHere(scanner, `in literal ${word} (expecting '${character}')`);
    }
    scanner.at++;
  }
  return undefined;
}

function string(scanner: Scanner): string | undefined {
  for (scanner.at++; ; scanner.at++) {
    const character = scanner.text.charAt(scanner.at);
    if (character === '') return UNEXPECTED_END;
    if (character === '"') {
      scanner.at++;
      return undefined;
    }
    if (character < ' ') return invalid(scanner, 'in string literal');
    if (character === '\\') {
      scanner.at++;
      const sequence = scanner.text.charAt(scanner.at);
      if (sequence === 'u') {
        for (let i = 0; i < 4; i++) {
          scanner.at++;
          if (!/[0-9a-fA-F]/.test(scanner.text.charAt(scanner.at))) {
            return invalidHere(scanner, 'in \\u hexadecimal character escape');
          }
        }
      } else if (sequence === '' || !'"\\/bfnrt'.includes(sequence)) {
        return invalidHere(scanner, 'in string escape code');
      }
    }
  }
}

function number(scanner: Scanner): string | undefined {
  if (scanner.text.charAt(scanner.at) === '-') scanner.at++;
  const digit = () => /[0-9]/.test(scanner.text.charAt(scanner.at));
  if (!digit()) return invalidHere(scanner, 'in numeric literal');
  if (scanner.text.charAt(scanner.at) === '0') scanner.at++;
  else while (digit()) scanner.at++;
  if (scanner.text.charAt(scanner.at) === '.') {
    scanner.at++;
    if (!digit()) return invalidHere(scanner, 'after decimal point in numeric literal');
    while (digit()) scanner.at++;
  }
  if (/[eE]/.test(scanner.text.charAt(scanner.at))) {
    scanner.at++;
    if (/[-+]/.test(scanner.text.charAt(scanner.at))) scanner.at++;
    if (!digit()) return invalidHere(scanner, 'in exponent of numeric literal');
    while (digit()) scanner.at++;
  }
  return undefined;
}

function array(scanner: Scanner, depth: number): string | undefined {
  scanner.at++;
  skipSpace(scanner);
  if (scanner.text.charAt(scanner.at) === ']') {
    scanner.at++;
    return undefined;
  }
  for (;;) {
    const problem = value(scanner, depth + 1);
    if (problem !== undefined) return problem;
    skipSpace(scanner);
    const next = scanner.text.charAt(scanner.at);
    if (next === ']') {
      scanner.at++;
      return undefined;
    }
    if (next !== ',') return invalid(scanner, 'after array element');
    scanner.at++;
  }
}

function object(scanner: Scanner, depth: number): string | undefined {
  scanner.at++;
  skipSpace(scanner);
  if (scanner.text.charAt(scanner.at) === '}') {
    scanner.at++;
    return undefined;
  }
  for (;;) {
    skipSpace(scanner);
    if (scanner.text.charAt(scanner.at) !== '"') return invalid(scanner, 'looking for beginning of object key string');
    const key = string(scanner);
    if (key !== undefined) return key;
    skipSpace(scanner);
    if (scanner.text.charAt(scanner.at) !== ':') return invalid(scanner, 'after object key');
    scanner.at++;
    const problem = value(scanner, depth + 1);
    if (problem !== undefined) return problem;
    skipSpace(scanner);
    const next = scanner.text.charAt(scanner.at);
    if (next === '}') {
      scanner.at++;
      return undefined;
    }
    if (next !== ',') return invalid(scanner, 'after object key:value pair');
    scanner.at++;
  }
}
