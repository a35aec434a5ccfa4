/** Everything that is found in some text, as the studio would show it, with places. */
import { findings } from '../analysis/findings.ts';
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { Drawing } from '../editing/intentions/intention.ts';
import type { WorkspaceFile } from '../resources/types.ts';
import { drawingOf } from './drawing.ts';

export function findingsOf(files: readonly WorkspaceFile[]): {
  readonly drawing: Drawing;
  readonly found: readonly Diagnostic[];
} {
  const drawing = drawingOf(files);
  const found = [...drawing.parsed.diagnostics, ...findings(drawing.mesh)].map((diagnostic) => {
    const range = diagnostic.range ?? (diagnostic.origin && drawing.parsed.locate(diagnostic.origin));
    return range === undefined ? diagnostic : { ...diagnostic, range };
  });
  return { drawing, found };
}
