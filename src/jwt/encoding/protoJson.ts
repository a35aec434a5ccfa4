/**
 * JSON as protobuf reads it into a google.protobuf.Struct, which is how Envoy reads token headers,
 * payloads and key sets. It differs from RFC 8259 both ways: single quotes, bare keys, trailing
 * commas and control characters in strings are accepted; repeated keys, more than 100 levels and
 * numbers beyond a double are refused. Authority: protobuf json_internal::JsonLexer with
 * allow_legacy_syntax. Objects have no prototype, so a claim named `__proto__` is only a claim.
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MAX_DEPTH = 100;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const BARE_WORD = /[A-Za-z_$][A-Za-z0-9_$]*/y;
const ESCAPES: ReadonlyMap<string | undefined, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** The object that the text is (`null` is an empty one), or undefined when protobuf refuses it. */
export function parseProtoJson(text: string): JsonObject | undefined {
  let at = 0;

  // Each reader returns undefined where protobuf stops with an error.
  const skipSpace = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  };
  const take = (char: string): boolean => {
    skipSpace();
    if (text[at] !== char) return false;
    at++;
    return true;
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const word = <T extends Json>(name: string, value: T): T | undefined => {
    if (!text.startsWith(name, at)) return undefined;
    at += name.length;
    return value;
  };

  function number(): number | undefined {
    const digits = match(NUMBER);
    const value = Number(digits);
    return digits === undefined || !Number.isFinite(value) || /[0-9.]/.test(text[at] ?? '') ? undefined : value;
  }

  function codeUnit(): number | undefined {
    const digits = text.slice(at, at + 4);
    at += 4;
    return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
  }

  function unicodeEscape(): string | undefined {
    const unit = codeUnit();
    if (unit === undefined || unit < 0xd800 || unit > 0xdfff)
      return unit === undefined ? undefined : String.fromCharCode(unit);
    if (unit > 0xdbff || text.slice(at, at + 2) !== '\\u') return undefined;
    at += 2;
    const low = codeUnit();
    return low === undefined || low < 0xdc00 || low > 0xdfff ? undefined : String.fromCharCode(unit, low);
  }

  function string(): string | undefined {
    const quote = text[at++];
    let out = '';
    while (at < text.length) {
      const char = text.charAt(at++);
      if (char === quote) return out;
      if (char !== '\\') {
        out += char;
        continue;
      }
      const code = text[at++];
      const escaped = code === 'u' ? unicodeEscape() : ESCAPES.get(code);
      if (escaped === undefined) return undefined;
      out += escaped;
    }
    return undefined;
  }

  function key(): string | undefined {
    skipSpace();
    return text[at] === '"' || text[at] === "'" ? string() : match(BARE_WORD);
  }

  function object(depth: number): JsonObject | undefined {
    if (depth === 0 || !take('{')) return undefined;
    const out = Object.create(null) as Record<string, Json>;
    let more = !take('}');
    while (more) {
      const name = key();
      if (name === undefined || name in out || !take(':')) return undefined;
      const field = value(depth - 1);
      if (field === undefined) return undefined;
      out[name] = field;
      const comma = take(',');
      more = !take('}');
      if (more && !comma) return undefined;
    }
    return out;
  }

  function array(depth: number): readonly Json[] | undefined {
    if (depth === 0 || !take('[')) return undefined;
    const out: Json[] = [];
    let more = !take(']');
    while (more) {
      const item = value(depth - 1);
      if (item === undefined) return undefined;
      out.push(item);
      const comma = take(',');
      more = !take(']');
      if (more && !comma) return undefined;
    }
    return out;
  }

  function value(depth: number): Json | undefined {
    skipSpace();
    switch (text[at]) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"':
      case "'":
        return string();
      case 't':
        return word('true', true);
      case 'f':
        return word('false', false);
      case 'n':
        return word('null', null);
      default:
        return number();
    }
  }

  skipSpace();
  const result = text[at] === 'n' ? word('null', Object.create(null) as JsonObject) : object(MAX_DEPTH);
  skipSpace();
  return at < text.length ? undefined : result;
}
