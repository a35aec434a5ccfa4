/** Offsets to lines and columns, computed once a text. */
import type { SourceRange } from '../../base/origin.ts';

export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function rangeOf(file: string, starts: readonly number[], start: number, end: number): SourceRange {
  const first = lineAt(starts, start);
  const last = lineAt(starts, end);
  return {
    file,
    start,
    end,
    startLine: first + 1,
    startColumn: start - (starts[first] ?? 0) + 1,
    endLine: last + 1,
    endColumn: end - (starts[last] ?? 0) + 1,
  };
}
