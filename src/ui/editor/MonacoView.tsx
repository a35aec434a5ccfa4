/** One file in Monaco. The store holds the text; the editor shows it and hands back what is typed. */
import { useEffect, useRef, useState } from 'react';
import { diagnosticText } from '../../i18n/render/reason.ts';
import { editText } from '../../state/actions/editText.ts';
import { redo, undo } from '../../state/actions/undo.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import { openDialog } from '../app/dialogs.ts';
import { useIsDark } from '../app/useAppearance.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { toMarkers, toMonacoRange } from './markers.ts';
import { modelOf, releaseModels, updateModel, uriOf } from './models.ts';
import { defineTheme, FONT, monaco } from './monaco.ts';
import { useCommands } from './useCommands.ts';
import { useDecisions } from './useDecisions.ts';
import { useLanguage } from './useLanguage.ts';

type Editor = monaco.editor.IStandaloneCodeEditor;

const diagnosticsOf = ({ engine }: StudioState) => engine.diagnostics;
const revealOf = ({ layout }: StudioState) => layout.reveal;
const filesOf = ({ workspace }: StudioState) => workspace.files;

export function MonacoView({ file }: { file: WorkspaceFileText }) {
  const studio = useStudio();
  const translator = useTranslator('editor');
  const isDark = useIsDark();
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();

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
      lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.On },
      quickSuggestions: { other: true, strings: true, comments: false },
      suggest: { showWords: false, preview: false },
      suggestSelection: 'first',
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
  useLanguage();
  useCommands(editor);
  useEffect(() => {
    editor?.updateOptions({ ariaLabel: translator.t('editor.label', { name: file.name }) });
  }, [editor, translator, file.name]);

  return (
    <>
      <Breadcrumbs editor={editor} file={file} />
      <div className="monaco-host">
        {editor === undefined && (
          <pre className="monaco-before" aria-hidden="true">
            {file.text}
          </pre>
        )}
        <div ref={host} className="monaco-frame" />
      </div>
    </>
  );
}

/** One model a file name, kept while the file exists, so that each keeps its cursor and folds. */
function useModel(editor: Editor | undefined, { name, text }: WorkspaceFileText): void {
  const studio = useStudio();
  const files = useStudioState(filesOf);
  const states = useRef(new Map<string, monaco.editor.ICodeEditorViewState | null>());
  /** What the model said last: when it comes back through the store there is nothing to take over. */
  const typed = useRef<string>(undefined);

  useEffect(() => {
    if (editor === undefined) return undefined;
    const current = studio.store.getState().workspace.files.find((candidate) => candidate.name === name)?.text ?? '';
    const model = modelOf({ name, text: current });
    editor.setModel(model);
    typed.current = undefined;
    const state = states.current.get(name);
    if (state !== undefined) editor.restoreViewState(state);
    const listening = model.onDidChangeContent(() => {
      typed.current = model.getValue();
      editText(studio, name, typed.current);
    });
    return () => {
      listening.dispose();
      states.current.set(name, editor.saveViewState());
    };
  }, [studio, editor, name]);

  // The text changed elsewhere (undo, an intention on the canvas): take over just what differs.
  useEffect(() => {
    const model = editor?.getModel();
    if (editor === undefined || model === null || model === undefined || text === typed.current) return;
    if (model.uri.toString() !== uriOf(name).toString()) return;
    // Typed on since this text was drawn: a newer one is on its way, and what is typed must not be taken back.
    if (text !== studio.store.getState().workspace.files.find((candidate) => candidate.name === name)?.text) return;
    const end = updateModel(model, text);
    if (end !== undefined) editor.setPosition(model.getPositionAt(end));
  }, [studio, editor, name, text]);

  useEffect(() => {
    if (editor !== undefined) releaseModels(new Set(files.map((file) => file.name)));
  }, [editor, files]);
}

function useMarkers(editor: Editor | undefined, name: string): void {
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

function useReveal(editor: Editor | undefined, name: string): void {
  const reveal = useStudioState(revealOf);
  useEffect(() => {
    if (editor === undefined || reveal?.file !== name) return;
    const range = toMonacoRange(reveal);
    editor.revealRangeInCenterIfOutsideViewport(range);
    editor.setPosition({ lineNumber: range.startLineNumber, column: range.startColumn });
  }, [editor, name, reveal]);
}
