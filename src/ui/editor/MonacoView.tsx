/** One file in Monaco. The store holds the text; the editor shows it and hands back what is typed. */
import { useEffect, useRef, useState } from 'react';
import type { SourceRange } from '../../base/origin.ts';
import { diagnosticText } from '../../i18n/render/reason.ts';
import { editText } from '../../state/actions/editText.ts';
import { redo, undo } from '../../state/actions/undo.ts';
import { rangeOf, shownRun } from '../../state/selectors/select.ts';
import type { StudioState } from '../../state/studioState.ts';
import { originsOf } from '../../trace/deciding.ts';
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import { openDialog } from '../app/dialogs.ts';
import { useIsDark } from '../app/useAppearance.ts';
import { useShallowState, useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { differenceOf, toMarkers, toMonacoRange } from './markers.ts';
import { defineTheme, FONT, monaco } from './monaco.ts';

const diagnosticsOf = ({ engine }: StudioState) => engine.diagnostics;
const revealOf = ({ layout }: StudioState) => layout.reveal;

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

export function MonacoView({ file }: { file: WorkspaceFileText }) {
  const studio = useStudio();
  const translator = useTranslator('editor');
  const isDark = useIsDark();
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<monaco.editor.IStandaloneCodeEditor>();

  useEffect(() => {
    if (host.current === null) return undefined;
    const created = monaco.editor.create(host.current, {
      ...FONT,
      model: null,
      automaticLayout: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      renderLineHighlight: 'line',
      lineNumbersMinChars: 3,
      glyphMargin: false,
      folding: true,
      padding: { top: 8, bottom: 8 },
      tabSize: 2,
      insertSpaces: true,
      detectIndentation: false,
      wordBasedSuggestions: 'off',
      fixedOverflowWidgets: true,
      overviewRulerLanes: 2,
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
      'semanticHighlighting.enabled': false,
    });
    const { CtrlCmd, Shift } = monaco.KeyMod;
    created.addCommand(CtrlCmd | monaco.KeyCode.KeyZ, () => undo(studio));
    created.addCommand(CtrlCmd | Shift | monaco.KeyCode.KeyZ, () => redo(studio));
    created.addCommand(CtrlCmd | monaco.KeyCode.KeyY, () => redo(studio));
    // Monaco would wait for the second half of a chord of its own.
    created.addCommand(CtrlCmd | monaco.KeyCode.KeyK, () => openDialog('commands'));
    setEditor(created);
    return () => created.dispose();
  }, [studio]);

  useEffect(() => {
    monaco.editor.setTheme(defineTheme(isDark));
  }, [isDark]);

  useModel(editor, file);
  useMarkers(editor, file.name);
  useDecisions(editor, file.name);
  useReveal(editor, file.name);
  useEffect(() => {
    editor?.updateOptions({ ariaLabel: translator.t('editor.label', { name: file.name }) });
  }, [editor, translator, file.name]);

  return (
    <div className="monaco-host">
      {editor === undefined && (
        <pre className="monaco-before" aria-hidden="true">
          {file.text}
        </pre>
      )}
      <div ref={host} className="monaco-frame" />
    </div>
  );
}

/** One model a file name, kept while the editor lives, so that each file keeps its cursor and folds. */
function useModel(editor: monaco.editor.IStandaloneCodeEditor | undefined, file: WorkspaceFileText): void {
  const studio = useStudio();
  const states = useRef(new Map<string, monaco.editor.ICodeEditorViewState | null>());
  const { name, text } = file;

  useEffect(() => {
    if (editor === undefined) return undefined;
    const uri = uriOf(name);
    const current = studio.store.getState().workspace.files.find((candidate) => candidate.name === name)?.text ?? '';
    const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(current, 'yaml', uri);
    editor.setModel(model);
    const state = states.current.get(name);
    if (state !== undefined) editor.restoreViewState(state);
    const listening = model.onDidChangeContent(() => editText(studio, name, model.getValue()));
    return () => {
      listening.dispose();
      states.current.set(name, editor.saveViewState());
    };
  }, [studio, editor, name]);

  // The text changed elsewhere (undo, an intention on the canvas): take over just what differs.
  useEffect(() => {
    const model = editor?.getModel();
    if (
      editor === undefined ||
      model === null ||
      model === undefined ||
      model.uri.toString() !== uriOf(name).toString()
    )
      return;
    // Typed on since this text was drawn: a newer one is on its way, and what is typed must not be taken back.
    if (text !== studio.store.getState().workspace.files.find((candidate) => candidate.name === name)?.text) return;
    const change = differenceOf(model.getValue(), text);
    if (change === undefined) return;
    const range = monaco.Range.fromPositions(model.getPositionAt(change.start), model.getPositionAt(change.end));
    model.applyEdits([{ range, text: change.text }]);
    editor.setPosition(model.getPositionAt(change.start + change.text.length));
  }, [studio, editor, name, text]);
}

function uriOf(name: string): monaco.Uri {
  return monaco.Uri.from({ scheme: 'workspace', path: `/${name}` });
}

function useMarkers(editor: monaco.editor.IStandaloneCodeEditor | undefined, name: string): void {
  const translator = useTranslator('diagnostic');
  const diagnostics = useStudioState(diagnosticsOf);
  useEffect(() => {
    const model = editor?.getModel();
    if (model === null || model === undefined) return;
    const markers = toMarkers(diagnostics, name, (diagnostic) => diagnosticText(translator, diagnostic));
    monaco.editor.setModelMarkers(
      model,
      'engine',
      markers.map((marker) => ({ ...marker })),
    );
  }, [editor, name, diagnostics, translator]);
}

/** The lines the open trace rests on; those that decided, strongest. */
function useDecisions(editor: monaco.editor.IStandaloneCodeEditor | undefined, name: string): void {
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

function useReveal(editor: monaco.editor.IStandaloneCodeEditor | undefined, name: string): void {
  const reveal = useStudioState(revealOf);
  useEffect(() => {
    if (editor === undefined || reveal?.file !== name) return;
    const range = toMonacoRange(reveal);
    editor.revealRangeInCenterIfOutsideViewport(range);
    editor.setPosition({ lineNumber: range.startLineNumber, column: range.startColumn });
  }, [editor, name, reveal]);
}
