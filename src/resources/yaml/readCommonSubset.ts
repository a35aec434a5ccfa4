/**
 * A fast reader of the YAML that people write for Kubernetes: block mappings and sequences, scalars
 * and flow collections on one line, literal blocks. It gives the value, or undefined for any text
 * that it is not sure of (and for every broken one): the library reads those. Whatever it gives is
 * what the library gives, without problems; a property test holds the two against each other.
 */
import { YAML_LIMITS } from './limits.ts';
import { readJson } from './readJson.ts';
import { resolvePlainScalar } from './resolveScalar.ts';

interface Line {
  readonly indent: number;
  /** Offset of the first character that is no space. */
  readonly start: number;
  /** Offset of the line break, or of the end. */
  readonly end: number;
}

interface Reader {
  readonly text: string;
  readonly lines: readonly Line[];
  /** The next line that holds something. */
  at: number;
  depth: number;
}

/** Thrown to leave the reader from any depth; never leaves this module. */
const NOT_SURE = Symbol('not sure');

function notSure(): never {
  throw NOT_SURE;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: anything but plain text is left to the library
const UNUSUAL = /[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ud800-\udfff\ufff0-\uffff]/;

/** The document's value, wrapped because a value may be anything. */
export function readCommonSubset(text: string): { readonly value: unknown } | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const reader: Reader = { text, lines: contentLines(text), at: 0, depth: 0 };
  try {
    const first = reader.lines[0];
    if (first !== undefined && first.indent === 0 && text.startsWith('---', first.start)) {
      if (!isBlank(text, first.start + 3, first.end)) return undefined;
      reader.at++;
    }
    const line = reader.lines[reader.at];
    if (line === undefined) return undefined;
    if (text.charAt(line.start) === '{') return readJson(text.slice(line.start));
    const value = readBlock(reader, line.indent);
    return reader.at === reader.lines.length ? { value } : undefined;
  } catch (reason) {
    if (reason === NOT_SURE) return undefined;
    throw reason;
  }
}

/** Lines that are neither empty nor only a comment. (Literal blocks go back to the text.) */
function contentLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf('\n', from);
    const end = next < 0 ? text.length : next;
    let start = from;
    while (text.charCodeAt(start) === 32) start++;
    if (start < end && text.charCodeAt(start) !== 35) lines.push({ indent: start - from, start, end });
    from = end + 1;
  }
  return lines;
}

/** Nothing but spaces, or a comment that a space precedes. */
function isBlank(text: string, from: number, end: number): boolean {
  let at = from;
  while (at < end && text.charCodeAt(at) === 32) at++;
  return at >= end || (text.charCodeAt(at) === 35 && at > from);
}

const isItem = (text: string, { start, end }: Line) =>
  text.charCodeAt(start) === 45 && (start + 1 === end || text.charCodeAt(start + 1) === 32);

/** The mapping or sequence whose lines begin at `indent`. */
function readBlock(reader: Reader, indent: number): unknown {
  const line = reader.lines[reader.at];
  if (line === undefined || ++reader.depth >= YAML_LIMITS.depth) notSure();
  const value = isItem(reader.text, line) ? readSequence(reader, indent) : readMapping(reader, indent, line.start);
  reader.depth--;
  return value;
}

function readSequence(reader: Reader, indent: number): unknown[] {
  const { text, lines } = reader;
  const items: unknown[] = [];
  for (let line = lines[reader.at]; line !== undefined && line.indent >= indent; line = lines[reader.at]) {
    if (line.indent > indent) notSure();
    if (!isItem(text, line)) return items;
    let start = line.start + 1;
    while (text.charCodeAt(start) === 32) start++;
    if (start >= line.end || text.charCodeAt(start) === 35) items.push(readBelow(reader, indent, false));
    else if (keyAt(text, start, line.end) === undefined) items.push(readInline(reader, line, start, indent));
    else {
      if (++reader.depth >= YAML_LIMITS.depth) notSure();
      items.push(readMapping(reader, indent + (start - line.start), start));
      reader.depth--;
    }
  }
  return items;
}

/** `start` is where the first key stands, which may be behind a dash. */
function readMapping(reader: Reader, indent: number, start: number): Record<string, unknown> {
  const { text, lines } = reader;
  const object: Record<string, unknown> = {};
  let from = start;
  for (let line = lines[reader.at]; line !== undefined; line = lines[reader.at], from = line?.start ?? 0) {
    const first = from === start;
    if (!first && line.indent < indent) return object;
    if (!first && (line.indent > indent || isItem(text, line))) notSure();
    const key = keyAt(text, from, line.end);
    if (key === undefined || Object.hasOwn(object, key.name) || key.name === '__proto__') notSure();
    let value = key.end;
    while (text.charCodeAt(value) === 32) value++;
    object[key.name] =
      value >= line.end || text.charCodeAt(value) === 35
        ? readBelow(reader, indent, true)
        : readInline(reader, line, value, indent);
  }
  return object;
}

/** The value on the lines below a key or a dash; a sequence under a key may stand as far left as the key. */
function readBelow(reader: Reader, indent: number, underKey: boolean): unknown {
  const next = reader.lines[++reader.at];
  if (next === undefined || next.indent < indent) return null;
  if (next.indent > indent) return readBlock(reader, next.indent);
  return underKey && isItem(reader.text, next) ? readBlock(reader, indent) : null;
}

interface Key {
  readonly name: string;
  /** Behind the colon. */
  readonly end: number;
}

const PLAIN_KEY = /[A-Za-z0-9_][A-Za-z0-9_./-]*(?=:(?: |\n|$))/y;
const QUOTED_KEY = /"([^"\\\n]*)"(?=:(?: |\n|$))|'([^'\n]*)'(?=:(?: |\n|$))/y;

/** The mapping key at `start`, if there is one on the line that ends at `end`. */
function keyAt(text: string, start: number, end: number): Key | undefined {
  const quote = text.charCodeAt(start);
  const pattern = quote === 34 || quote === 39 ? QUOTED_KEY : PLAIN_KEY;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  if (match === null || start + match[0].length >= end) return undefined;
  const after = start + match[0].length + 1;
  if (pattern === QUOTED_KEY) return { name: match[1] ?? match[2] ?? '', end: after };
  const name = resolvePlainScalar(match[0]);
  return name === null ? notSure() : { name: String(name), end: after };
}

/** A value on the line of its key or dash. */
function readInline(reader: Reader, line: Line, start: number, indent: number): unknown {
  const { text } = reader;
  const character = text.charAt(start);
  if (character === '|') return readLiteral(reader, line, start, indent);
  reader.at++;
  const next = reader.lines[reader.at];
  // A deeper line would go on with the scalar.
  if (next !== undefined && next.indent > indent) notSure();
  if (character === '"' || character === "'" || character === '[' || character === '{') {
    const flow = { text, at: start, end: line.end, depth: reader.depth };
    const value = readFlow(flow);
    return isBlank(text, flow.at, line.end) ? value : notSure();
  }
  return plainScalar(plainText(text, start, line.end));
}

/** Indicators that a plain scalar must not start with; a dash or colon may be one too. */
const INDICATOR = /^[-?:,[\]{}#&*!|>'"%@`]/;

function plainText(text: string, start: number, end: number): string {
  const rest = text.slice(start, end);
  const comment = rest.indexOf(' #');
  const scalar = (comment < 0 ? rest : rest.slice(0, comment)).trimEnd();
  const negative = /^-[A-Za-z0-9.]/.test(scalar);
  if ((INDICATOR.test(scalar) && !negative) || scalar.includes(': ') || scalar.endsWith(':')) notSure();
  return scalar;
}

function plainScalar(source: string): unknown {
  const value = resolvePlainScalar(source);
  return typeof value === 'number' && Number.isNaN(value) ? notSure() : value;
}

/** `|` and `|-`: lines as they stand, less the indentation of the first. */
function readLiteral(reader: Reader, header: Line, start: number, indent: number): string {
  const { text, lines } = reader;
  const indicator = text.slice(start, header.end).trimEnd();
  if (indicator !== '|' && indicator !== '|-') notSure();
  const content: string[] = [];
  let width = 0;
  let from = header.end + 1;
  for (; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    let first = from;
    while (text.charCodeAt(first) === 32) first++;
    const spaces = first - from;
    if (first >= end) {
      if (width === 0 && spaces > 0) notSure();
      content.push(width > 0 ? text.slice(Math.min(from + width, end), end) : '');
    } else {
      if (spaces <= indent) break;
      if (width === 0) width = spaces;
      if (spaces < width) notSure();
      content.push(text.slice(from + width, end));
    }
    from = end + 1;
  }
  if (width === 0) notSure();
  reader.at++;
  while ((lines[reader.at]?.start ?? Number.POSITIVE_INFINITY) < from) reader.at++;
  while (content.at(-1) === '') content.pop();
  const cutOff = from > text.length && !text.endsWith('\n');
  return content.join('\n') + (indicator === '|-' || cutOff ? '' : '\n');
}

interface Flow {
  readonly text: string;
  at: number;
  readonly end: number;
  depth: number;
}

/** A quoted scalar or a flow collection, all of it before `end`. */
function readFlow(flow: Flow): unknown {
  const character = flow.text.charAt(flow.at);
  if (character === '"' || character === "'") return readQuoted(flow, character);
  if (character !== '[' && character !== '{') return readFlowPlain(flow);
  if (++flow.depth >= YAML_LIMITS.depth) notSure();
  flow.at++;
  const value = character === '[' ? readFlowSequence(flow) : readFlowMapping(flow);
  flow.depth--;
  return value;
}

function readQuoted(flow: Flow, quote: string): string {
  const close = flow.text.indexOf(quote, flow.at + 1);
  if (close < 0 || close >= flow.end) notSure();
  const content = flow.text.slice(flow.at + 1, close);
  const escaped = quote === '"' ? content.includes('\\') : flow.text.charAt(close + 1) === "'";
  if (escaped) notSure();
  flow.at = close + 1;
  return content;
}

const FLOW_PLAIN = /-?[A-Za-z0-9_./$(^+~](?:[^\s,[\]{}:#'"]|:(?=[A-Za-z0-9/])| (?=[A-Za-z0-9_./]))*/y;

function readFlowPlain(flow: Flow): unknown {
  FLOW_PLAIN.lastIndex = flow.at;
  const match = FLOW_PLAIN.exec(flow.text)?.[0];
  if (match === undefined) notSure();
  flow.at += match.length;
  return plainScalar(match);
}

function skipSpaces(flow: Flow): string {
  while (flow.text.charCodeAt(flow.at) === 32) flow.at++;
  return flow.at < flow.end ? flow.text.charAt(flow.at) : notSure();
}

/** Behind an element: true at the closing bracket. */
function isClosed(flow: Flow, bracket: string): boolean {
  const character = skipSpaces(flow);
  flow.at++;
  if (character === bracket) return true;
  return character === ',' ? false : notSure();
}

function readFlowSequence(flow: Flow): unknown[] {
  const items: unknown[] = [];
  if (skipSpaces(flow) === ']') {
    flow.at++;
    return items;
  }
  do {
    skipSpaces(flow);
    items.push(readFlow(flow));
  } while (!isClosed(flow, ']'));
  return items;
}

function readFlowMapping(flow: Flow): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  if (skipSpaces(flow) === '}') {
    flow.at++;
    return object;
  }
  do {
    const first = skipSpaces(flow);
    const isQuoted = first === '"' || first === "'";
    if (!isQuoted && /[[{]/.test(first)) notSure();
    const key = readFlow(flow);
    const name = String(key);
    const adjacent = isQuoted && flow.text.charAt(flow.at) === ':';
    if (flow.text.charAt(flow.at) !== ':' || !(adjacent || flow.text.charAt(flow.at + 1) === ' ')) notSure();
    if (key === null || Object.hasOwn(object, name) || name === '__proto__') notSure();
    flow.at++;
    skipSpaces(flow);
    object[name] = readFlow(flow);
  } while (!isClosed(flow, '}'));
  return object;
}
