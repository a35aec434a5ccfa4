/** Paints the lines that the trace on show rests on, and writes the verdict where it was decided. */
import { useEffect, useMemo } from 'react';
import { shownRun } from '../../state/selectors/select.ts';
import type { FinishedRun, StudioState } from '../../state/studioState.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { type Painted, paintedLines } from './decisions.ts';
import { plain } from './language/markdown.ts';
import { toMonacoRange } from './markers.ts';
import { monaco } from './monaco.ts';

/** A trace of another text than the one on show would paint the wrong lines. */
const currentRun = (state: StudioState): FinishedRun | undefined => {
  const run = shownRun(state);
  return run?.revision === state.engine.answered ? run : undefined;
};

export function useDecisions(editor: monaco.editor.IStandaloneCodeEditor | undefined, name: string): void {
  const translator = useTranslator('code', 'editor');
  const run = useStudioState(currentRun);
  const painted = useMemo(() => (run === undefined ? [] : paintedLines(translator, run)), [translator, run]);
  useEffect(() => {
    if (editor === undefined) return undefined;
    const here = painted.filter(({ range }) => range.file === name);
    const first = here.find(({ kind }) => kind === 'decides');
    const kind = run?.answer.trace.disposition.kind;
    const verdict = kind === undefined || kind === 'served' ? undefined : translator.t(`code.decision.here.${kind}`);
    const decorations = editor.createDecorationsCollection([
      ...here.map((each) =>
        decorationOf(each, HEADINGS[each.kind] === undefined ? '' : translator.t(HEADINGS[each.kind])),
      ),
      ...(first === undefined || verdict === undefined || kind === undefined ? [] : [note(first, verdict, kind)]),
    ]);
    return () => decorations.clear();
  }, [editor, name, painted, run, translator]);
}

const HEADINGS = {
  decides: 'editor.decides',
  'took-part': 'editor.tookPart',
  'passed-over': 'code.decision.considered',
} as const;

function decorationOf({ range, kind, lines }: Painted, heading: string): monaco.editor.IModelDeltaDecoration {
  return {
    range: toMonacoRange(range),
    options: {
      isWholeLine: true,
      className: `line-${kind}`,
      linesDecorationsClassName: `gutter-${kind}`,
      hoverMessage: { value: [`**${plain(heading)}**`, ...lines.map(plain)].join('\n\n') },
      ...(kind === 'decides'
        ? { overviewRuler: { color: '#6d4aff', position: monaco.editor.OverviewRulerLane.Left } }
        : {}),
    },
  };
}

/** The verdict in a few words behind the line that decided. */
function note({ range }: Painted, text: string, kind: string): monaco.editor.IModelDeltaDecoration {
  const { startLine } = range;
  return {
    range: new monaco.Range(startLine, 1, startLine, Number.MAX_SAFE_INTEGER),
    options: {
      after: {
        content: `  ${text}`,
        inlineClassName: `verdict-note verdict-note-${kind}`,
        cursorStops: monaco.editor.InjectedTextCursorStops.None,
      },
    },
  };
}
