/** The studio's own commands of the editor, in its context menu and on keys; and those that come from the palette. */
import { useEffect } from 'react';
import { changeSettings, selectNodes } from '../../state/actions/look.ts';
import { nodeOfResource, resourceAt } from '../../state/selectors/nodeOfResource.ts';
import type { Studio } from '../../state/studio.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { onEditorCommand } from './commandBus.ts';
import { fileOf } from './models.ts';
import { monaco } from './monaco.ts';

type Editor = monaco.editor.IStandaloneCodeEditor;

const wordWrapOf = ({ settings }: StudioState) => settings.wordWrap;

export function useCommands(editor: Editor | undefined): void {
  const studio = useStudio();
  const { t } = useTranslator('code');
  useEffect(() => {
    if (editor === undefined) return undefined;
    const { CtrlCmd, Alt, Shift } = monaco.KeyMod;
    const added = [
      editor.addAction({
        id: 'studio.showOnCanvas',
        label: t('code.action.showOnCanvas'),
        keybindings: [CtrlCmd | Alt | monaco.KeyCode.KeyO],
        contextMenuGroupId: 'navigation',
        contextMenuOrder: 2,
        run: (source) => showOnCanvas(studio, source),
      }),
      editor.addAction({
        id: 'studio.toggleWordWrap',
        label: t('code.action.wordWrap'),
        keybindings: [Alt | monaco.KeyCode.KeyZ],
        run: () => changeSettings(studio, { wordWrap: !studio.store.getState().settings.wordWrap }),
      }),
      // Monaco has these on chords that begin with the palette's key.
      monaco.editor.addKeybindingRules([
        { keybinding: Alt | Shift | monaco.KeyCode.BracketLeft, command: 'editor.foldAll', when: 'editorTextFocus' },
        { keybinding: Alt | Shift | monaco.KeyCode.BracketRight, command: 'editor.unfoldAll', when: 'editorTextFocus' },
      ]),
    ];
    return () => {
      for (const each of added) each.dispose();
    };
  }, [studio, editor, t]);

  useEffect(() => {
    if (editor === undefined) return undefined;
    return onEditorCommand((id) => {
      editor.focus();
      editor.trigger('palette', id, undefined);
    });
  }, [editor]);

  const wordWrap = useStudioState(wordWrapOf);
  useEffect(() => {
    editor?.updateOptions({ wordWrap: wordWrap ? 'on' : 'off' });
  }, [editor, wordWrap]);
}

function showOnCanvas(studio: Studio, editor: monaco.editor.ICodeEditor): void {
  const model = editor.getModel();
  const position = editor.getPosition();
  if (model === null || position === null) return;
  const state = studio.store.getState();
  const resource = resourceAt(state, fileOf(model.uri), model.getOffsetAt(position));
  const node = resource === undefined ? undefined : nodeOfResource(state, resource);
  if (node !== undefined) selectNodes(studio, [node]);
}
