/** The studio's own commands of the editor, in its context menu and on keys. */
import { useEffect } from 'react';
import { selectNodes } from '../../state/actions/look.ts';
import { nodeOfResource, resourceAt } from '../../state/selectors/nodeOfResource.ts';
import type { Studio } from '../../state/studio.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { fileOf } from './models.ts';
import { monaco } from './monaco.ts';

type Editor = monaco.editor.IStandaloneCodeEditor;

export function useCommands(editor: Editor | undefined): void {
  const studio = useStudio();
  const { t } = useTranslator('code');
  useEffect(() => {
    if (editor === undefined) return undefined;
    const { CtrlCmd, Alt } = monaco.KeyMod;
    const added = [
      editor.addAction({
        id: 'studio.showOnCanvas',
        label: t('code.action.showOnCanvas'),
        keybindings: [CtrlCmd | Alt | monaco.KeyCode.KeyO],
        contextMenuGroupId: 'navigation',
        contextMenuOrder: 2,
        run: (source) => showOnCanvas(studio, source),
      }),
    ];
    return () => {
      for (const each of added) each.dispose();
    };
  }, [studio, editor, t]);
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
