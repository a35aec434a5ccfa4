/**
 * Where the whole value of a plain document lies, without a syntax tree: text that the fast reader took ->
 * the range that the library would give, or undefined where that is not certain (comments, block
 * scalars, an empty last value). Asked of every document of a mesh, so that it must cost nothing.
 */
import type { NodeRange } from './locateNode.ts';

/** Signs of what may end elsewhere than its last line does. */
const UNCERTAIN = /[#|>&*!?]/;

export function plainExtent(text: string): NodeRange | undefined {
  if (UNCERTAIN.test(text)) return undefined;
  const start = /^(?:---[ ]*\n)?\s*/.exec(text)?.[0].length ?? 0;
  const last = text.trimEnd();
  if (last.length <= start || /[:-]$/.test(last) || !/^[A-Za-z]/.test(text.charAt(start))) return undefined;
  const lineBreak = text.indexOf('\n', last.length);
  return { start, end: lineBreak < 0 ? text.length : lineBreak + 1 };
}
