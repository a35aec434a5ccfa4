/** What the YAML editor can be told to do, once: the palette and the sheet of shortcuts read this list. No Monaco. */
import type { MessageKey } from '../../i18n/messages/messages.ts';

export interface EditorCommand {
  /** Monaco's own action, or one of useCommands.ts. */
  readonly id: string;
  readonly name: MessageKey<'shortcut'>;
  /** Absent: only by name. */
  readonly keys?: string;
}

export const EDITOR_COMMANDS: readonly EditorCommand[] = [
  { id: 'editor.action.triggerSuggest', name: 'shortcut.complete', keys: 'Mod+Space' },
  { id: 'editor.action.showHover', name: 'shortcut.explain' },
  { id: 'editor.action.quickFix', name: 'shortcut.quickFix', keys: 'Mod+.' },
  { id: 'editor.action.revealDefinition', name: 'shortcut.definition', keys: 'F12' },
  { id: 'editor.action.goToReferences', name: 'shortcut.references', keys: 'Shift+F12' },
  { id: 'editor.action.rename', name: 'shortcut.renameSymbol', keys: 'F2' },
  { id: 'editor.action.quickOutline', name: 'shortcut.outline', keys: 'Mod+Shift+O' },
  { id: 'editor.action.marker.nextInFiles', name: 'shortcut.nextProblem', keys: 'F8' },
  { id: 'editor.action.marker.prevInFiles', name: 'shortcut.previousProblem', keys: 'Shift+F8' },
  { id: 'studio.showOnCanvas', name: 'shortcut.showOnCanvas', keys: 'Mod+Alt+O' },
  { id: 'actions.find', name: 'shortcut.findInText', keys: 'Mod+F' },
  { id: 'editor.action.startFindReplaceAction', name: 'shortcut.replace', keys: 'Mod+H' },
  { id: 'editor.action.gotoLine', name: 'shortcut.goToLine', keys: 'Ctrl+G' },
  { id: 'editor.action.commentLine', name: 'shortcut.comment', keys: 'Mod+/' },
  { id: 'editor.foldAll', name: 'shortcut.foldAll', keys: 'Alt+Shift+[' },
  { id: 'editor.unfoldAll', name: 'shortcut.unfoldAll', keys: 'Alt+Shift+]' },
  { id: 'studio.toggleWordWrap', name: 'shortcut.wordWrap', keys: 'Alt+Z' },
  { id: 'editor.action.toggleTabFocusMode', name: 'shortcut.tabMovesFocus', keys: 'Ctrl+M' },
];
