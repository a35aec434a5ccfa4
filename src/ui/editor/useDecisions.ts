/** Paints the lines that the trace on show rests on; those that decided, strongest. */
import { useEffect } from 'react';
import type { SourceRange } from '../../base/origin.ts';
import { rangeOf, shownRun } from '../../state/selectors/select.ts';
import type { StudioState } from '../../state/studioState.ts';
import { originsOf } from '../../trace/deciding.ts';
import { useShallowState, useTranslator } from '../shared/context.tsx';
import { toMonacoRange } from './markers.ts';
import { monaco } from './monaco.ts';

/** Ranges in the text that the trace on show rests on. */
const decidingRanges = (state: StudioState): readonly SourceRange[] => rangesOf(state, 'deciding');
const otherRanges = (state: StudioState): readonly SourceRange[] => rangesOf(state, 'others');

function rangesOf(state: StudioState, which: 'deciding' | 'others'): readonly SourceRange[] {
  const run = shownRun(state);
  if (run === undefined || run.revision !== state.engine.answered) return [];
  const ranges = originsOf(run.answer.trace)[which].flatMap((origin) => rangeOf(run.answer, origin) ?? []);
  return ranges.filter(
    (range, at) =>
      ranges.findIndex(({ file, start, end }) => file === range.file && start === range.start && end === range.end) ===
      at,
  );
}

export function useDecisions(editor: monaco.editor.IStandaloneCodeEditor | undefined, name: string): void {
  const { t } = useTranslator('editor');
  const deciding = useShallowState(decidingRanges);
  const others = useShallowState(otherRanges);
  useEffect(() => {
    if (editor === undefined) return undefined;
    const paint = (ranges: readonly SourceRange[], kind: 'decides' | 'took-part', hover: string) =>
      ranges
        .filter((range) => range.file === name)
        .map((range) => ({
          range: toMonacoRange(range),
          options: {
            isWholeLine: true,
            className: `line-${kind}`,
            linesDecorationsClassName: `gutter-${kind}`,
            hoverMessage: { value: hover },
            ...(kind === 'decides'
              ? { overviewRuler: { color: '#6d4aff', position: monaco.editor.OverviewRulerLane.Left } }
              : {}),
          },
        }));
    const painted = editor.createDecorationsCollection([
      ...paint(
        others.filter((range) => !isWholeDocument(range)),
        'took-part',
        t('editor.tookPart'),
      ),
      ...paint(deciding, 'decides', t('editor.decides')),
    ]);
    return () => painted.clear();
  }, [editor, name, deciding, others, t]);
}

/** A document that took part as a whole would paint everything. */
const isWholeDocument = ({ startLine, endLine }: SourceRange): boolean => endLine - startLine > 6;
