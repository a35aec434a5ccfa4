/**
 * The values of `kind: Secret` in a text, whatever its form: documents and items of a List, block
 * and flow style, JSON in many lines or one, and the JSON that `last-applied-configuration` carries.
 * By lines and shapes, because the text may not even parse.
 */

/** Gets a value and says what stands in its place: the value itself where it may stay. */
export type Take = (value: string) => string;

const KIND = /^(\s*(?:- )?)["']?kind["']?\s*:\s*["']?Secret["']?\s*,?\s*(?:#.*)?$/;
const IN_ONE_LINE = /\\*["']?kind\\*["']?\s*:\s*\\*["']?Secret\b/;
const DATA_HEAD = /^\s*(?:- )?["']?(?:data|stringData)["']?\s*:\s*\{?\s*(?:#.*)?$/;
const ENTRY = /^(\s*(?:"[^"]*"|'[^']*'|[^\s:#]+)\s*:\s+)(\S.*?)(,?\s*)$/;
const BLOCK_SCALAR = /^[|>][+-]?\d?[+-]?(\s+#.*)?$/;
const FLOW_DATA = /((?:data|stringData)\\*["']?\s*:\s*)\{([^{}]*)\}/g;
const FLOW_VALUE = /(:\s*)(\\*"(?:[^"\\]|\\[^"])*\\*"|'[^']*'|[^\s,"'\\][^,}]*)/g;

export function takeSecretValues(text: string, take: Take): string {
  return text
    .split(/^(---.*)$/m)
    .map((document) => (/Secret/.test(document) ? inDocument(document, take) : document))
    .join('');
}

function inDocument(document: string, take: Take): string {
  const lines = document.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const kind = KIND.exec(bare(lines[at]));
    if (kind !== null) {
      const [from, to] = blockAround(lines, at, (kind[1] ?? '').length);
      inBlock(lines, from, to, take);
    } else if (IN_ONE_LINE.test(lines[at] ?? '')) {
      lines[at] = inFlow(lines[at] ?? '', take);
    }
  }
  // A line that was folded away into the one before.
  return lines.filter((line) => line !== FOLDED).join('\n');
}

const FOLDED = '\u0000folded';
const bare = (line: string | undefined): string => (line ?? '').replace(/\r$/, '');
const indentOf = (line: string): number => line.search(/\S/);

/** The lines of the mapping that the line stands in: those that are indented as far, or further. */
function blockAround(lines: readonly string[], at: number, depth: number): readonly [number, number] {
  const isInside = (line: string): boolean => indentOf(line) < 0 || indentOf(line) >= depth || line === FOLDED;
  const isStart = (line: string): boolean => new RegExp(`^\\s{0,${Math.max(0, depth - 2)}}- \\S`).test(line);
  let from = at;
  while (from > 0 && !isStart(lines[from] ?? '') && isInside(lines[from - 1] ?? '')) from--;
  if (from > 0 && !isStart(lines[from] ?? '') && isStart(lines[from - 1] ?? '')) from--;
  let to = at + 1;
  while (to < lines.length && isInside(lines[to] ?? '')) to++;
  return [from, to];
}

function inBlock(lines: string[], from: number, to: number, take: Take): void {
  /** How far `data:` is indented; below it, everything further in is a value. */
  let depth = -1;
  for (let at = from; at < to; at++) {
    const line = bare(lines[at]);
    const indent = indentOf(line);
    if (indent < 0 || line === FOLDED) continue;
    if (depth >= 0 && indent <= depth) depth = -1;
    if (DATA_HEAD.test(line)) {
      depth = line.startsWith('- ', indent) ? indent + 2 : indent;
    } else if (depth < 0) {
      lines[at] = inFlow(lines[at] ?? '', take);
    } else {
      at = inEntry(lines, at, to, take);
    }
  }
}

/** One `name: value` below `data:`; returns the last line that belongs to it. */
function inEntry(lines: string[], at: number, to: number, take: Take): number {
  const line = lines[at] ?? '';
  const entry = ENTRY.exec(bare(line));
  if (entry === null) return at;
  const [, key = '', value = '', tail = ''] = entry;
  const end = line.endsWith('\r') ? '\r' : '';
  if (!BLOCK_SCALAR.test(value)) {
    lines[at] = `${key}${replaced(value, take)}${tail}${end}`;
    return at;
  }
  const indent = indentOf(line);
  let last = at;
  while (last + 1 < to && (indentOf(lines[last + 1] ?? '') > indent || /^\s*$/.test(lines[last + 1] ?? ''))) last++;
  const body = lines.slice(at + 1, last + 1);
  const text = body.map((each) => each.trim()).join('\n');
  const kept = take(text);
  if (text.trim() === '' || kept === text) return last;
  const first = body.find((each) => indentOf(each) >= 0) ?? '';
  lines.splice(
    at + 1,
    body.length,
    `${' '.repeat(Math.max(indent + 1, indentOf(first)))}${kept}${end}`,
    ...body.slice(1).map(() => FOLDED),
  );
  return last;
}

const inFlow = (line: string, take: Take): string =>
  line.replace(
    FLOW_DATA,
    (_, head: string, body: string) =>
      `${head}{${body.replace(FLOW_VALUE, (_all, colon: string, value: string) => `${colon}${replaced(value, take)}`)}}`,
  );

/** Quotes stay where they are, so that JSON stays JSON. */
function replaced(value: string, take: Take): string {
  const [, open = '', inner = '', close = ''] = /^(\\*["']?)([\s\S]*?)(\\*["']?)$/.exec(value) ?? [];
  if (open === '' || open !== close) return take(value);
  const kept = take(inner);
  return kept === inner ? value : `${open}${kept}${close}`;
}
