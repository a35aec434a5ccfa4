/** Quoted and plain scalars of YAML, read leniently: a quote that is never closed ends with its line. */
import type { TextScalar } from './tree.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/** The scalar that opens with the quote at `start`. */
export function readQuoted(text: string, start: number): TextScalar {
  const quote = text[start];
  let value = '';
  let at = start + 1;
  for (; at < text.length; at++) {
    const sign = text[at];
    if (sign === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else break;
    } else if (quote === '"' && sign === '\\') {
      at++;
      value += ESCAPES[text[at] ?? ''] ?? text[at] ?? '';
      continue;
    }
    value += text[at];
  }
  const style = quote === '"' ? 'double' : 'single';
  if (at < text.length) return { kind: 'scalar', style, start, end: at + 1, text: value, column: -1 };
  const lineEnd = endOfLine(text, start);
  const rest = text.slice(start + 1, lineEnd);
  return { kind: 'scalar', style, start, end: lineEnd, text: rest, column: -1 };
}

/** A plain scalar on one line; in flow style it ends at the signs that structure the flow. */
export function readPlain(text: string, start: number, flow: boolean): TextScalar {
  let end = endOfLine(text, start);
  for (let at = start; at < end; at++) {
    const sign = text[at];
    const isComment = sign === '#' && (at === start || isBlank(text[at - 1]));
    const ends = flow && (sign === ',' || sign === ']' || sign === '}' || isFlowColon(text, at));
    if (isComment || ends) {
      end = at;
      break;
    }
  }
  while (end > start && isBlank(text[end - 1])) end--;
  return { kind: 'scalar', style: 'plain', start, end, text: text.slice(start, end), column: -1 };
}

const isFlowColon = (text: string, at: number): boolean =>
  text[at] === ':' && (at + 1 >= text.length || /[\s,[\]{}]/.test(text[at + 1] ?? ''));

export const isBlank = (sign: string | undefined): boolean => sign === ' ' || sign === '\t' || sign === '\r';

/** Offset of the line break that ends the line of `offset`, or the end of the text. */
export function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at;
}
