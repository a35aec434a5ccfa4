/** Changes between two texts as the diff editor tells them, in lines; and the edit that takes one back. */

/** Lines from 1; an end of 0 says that there are none on that side, and the start is the line before. */
export interface LineChange {
  readonly originalStartLineNumber: number;
  readonly originalEndLineNumber: number;
  readonly modifiedStartLineNumber: number;
  readonly modifiedEndLineNumber: number;
}

export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edit of the newer text that makes those lines what they were in the older one. */
export function revertEdit(before: string, after: string, change: LineChange): TextChange {
  const then = linesOf(before, change.originalStartLineNumber, change.originalEndLineNumber);
  const now = linesOf(after, change.modifiedStartLineNumber, change.modifiedEndLineNumber);
  const text = before.slice(then.start, then.end);
  // Only the last line of a text may be without an end; in the midst it needs one, and at the end none of the other's.
  if (now.end < after.length && text !== '' && !text.endsWith('\n')) return { ...now, text: `${text}\n` };
  if (now.start === after.length && after !== '' && !after.endsWith('\n') && text !== '')
    return { ...now, text: `\n${text}` };
  return { ...now, text };
}

function linesOf(text: string, first: number, last: number): { start: number; end: number } {
  const at = (line: number): number => {
    let offset = 0;
    for (let count = 1; count < line; count++) {
      const next = text.indexOf('\n', offset);
      if (next < 0) return text.length;
      offset = next + 1;
    }
    return offset;
  };
  return last === 0 ? { start: at(first + 1), end: at(first + 1) } : { start: at(first), end: at(last + 1) };
}
