/** Diagnostics and deciding ranges as Monaco wants them. */

import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import type { SourceRange } from '../../base/origin.ts';

export interface Marker {
  readonly severity: 8 | 4 | 2;
  readonly message: string;
  readonly code: string;
  readonly startLineNumber: number;
  readonly startColumn: number;
  readonly endLineNumber: number;
  readonly endColumn: number;
}

/** monaco.MarkerSeverity, by its values. */
const SEVERITIES = { error: 8, warning: 4, info: 2 } as const;

export function toMarkers(
  diagnostics: readonly Diagnostic[],
  file: string,
  text: (diagnostic: Diagnostic) => string,
): Marker[] {
  return diagnostics.flatMap((diagnostic) => {
    const { range, severity, code } = diagnostic;
    if (range?.file !== file) return [];
    return [{ severity: SEVERITIES[severity], message: text(diagnostic), code, ...toMonacoRange(range) }];
  });
}

export const toMonacoRange = ({ startLine, startColumn, endLine, endColumn }: SourceRange) => ({
  startLineNumber: startLine,
  startColumn,
  endLineNumber: endLine,
  endColumn,
});

/** The one stretch in which two texts differ, as offsets in the old one. */
export function differenceOf(before: string, after: string): { start: number; end: number; text: string } | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
