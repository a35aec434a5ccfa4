/**
 * Monaco with what YAML needs and nothing more; loaded once, when the editor is first shown.
 * Its own undo is not used: keys go to the studio's one history.
 */
import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/languages/definitions/yaml/register';
import 'monaco-editor/features/anchorSelect/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/documentSymbols/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/gotoLine/register';
import 'monaco-editor/features/gotoSymbol/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/quickOutline/register';
import 'monaco-editor/features/referenceSearch/register';
import 'monaco-editor/features/rename/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/snippet/register';
// The feature `suggest` lacks its own controller in this version.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/tokenization/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/features/wordPartOperations/register';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

export const FONT = {
  fontFamily:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSize: 12.5,
  lineHeight: 19,
} as const;

/** Themes from the studio's own tokens, so that light and dark follow them. */
export function defineTheme(isDark: boolean): string {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => sixDigits(style.getPropertyValue(name).trim());
  const name = isDark ? 'studio-dark' : 'studio-light';
  const rule = (scope: string, value: string): monaco.editor.ITokenThemeRule => ({
    token: scope,
    foreground: token(value).slice(1),
  });
  monaco.editor.defineTheme(name, {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', '--text'),
      rule('type', '--code-key'),
      rule('string', '--code-string'),
      rule('number', '--code-number'),
      rule('keyword', '--code-number'),
      rule('comment', '--code-comment'),
      rule('operators', '--text-2'),
      rule('delimiter', '--text-2'),
      rule('tag', '--code-number'),
    ],
    colors: {
      'editor.background': token('--surface-0'),
      'editor.foreground': token('--text'),
      'editorLineNumber.foreground': token('--text-3'),
      'editorLineNumber.activeForeground': token('--text'),
      'editorCursor.foreground': token('--text'),
      'editor.lineHighlightBackground': token('--surface-1'),
      'editor.lineHighlightBorder': '#00000000',
      'editorGutter.background': token('--surface-0'),
      'editorIndentGuide.background1': token('--hairline'),
      'editorIndentGuide.activeBackground1': token('--edge'),
      'editorWidget.background': token('--surface-0'),
      'editorWidget.foreground': token('--text'),
      'editorWidget.border': token('--hairline'),
      'editorHoverWidget.background': token('--surface-0'),
      'editorHoverWidget.foreground': token('--text'),
      'editorHoverWidget.border': token('--hairline'),
      'editorSuggestWidget.background': token('--surface-0'),
      'editorSuggestWidget.foreground': token('--text'),
      'editorSuggestWidget.border': token('--hairline'),
      'editorSuggestWidget.selectedBackground': token('--surface-2'),
      'editorSuggestWidget.selectedForeground': token('--text'),
      'editorSuggestWidget.highlightForeground': token('--selection'),
      'editorSuggestWidget.focusHighlightForeground': token('--selection'),
      'menu.background': token('--surface-0'),
      'menu.foreground': token('--text'),
      'menu.border': token('--hairline'),
      'menu.separatorBackground': token('--hairline'),
      'menu.selectionBackground': token('--surface-2'),
      'menu.selectionForeground': token('--text'),
      'quickInput.background': token('--surface-0'),
      'quickInput.foreground': token('--text'),
      'quickInputList.focusBackground': token('--surface-2'),
      'quickInputList.focusForeground': token('--text'),
      'peekViewEditor.background': token('--surface-1'),
      'peekViewResult.background': token('--surface-1'),
      'peekViewResult.lineForeground': token('--text'),
      'peekViewResult.fileForeground': token('--text'),
      'peekViewResult.selectionBackground': token('--surface-2'),
      'peekViewResult.selectionForeground': token('--text'),
      'peekViewTitle.background': token('--surface-1'),
      'peekViewTitleLabel.foreground': token('--text'),
      'peekViewTitleDescription.foreground': token('--text-2'),
      'peekView.border': token('--focus'),
      'textLink.foreground': token('--focus'),
      'textCodeBlock.background': token('--surface-1'),
      'editorError.foreground': token('--refused'),
      'editorWarning.foreground': token('--plain'),
      'editorInfo.foreground': token('--allowed'),
      'diffEditor.insertedTextBackground': `${token('--allowed')}44`,
      'diffEditor.removedTextBackground': `${token('--refused')}44`,
      'diffEditor.insertedLineBackground': `${token('--allowed')}1c`,
      'diffEditor.removedLineBackground': `${token('--refused')}1c`,
      'diffEditor.unchangedRegionBackground': token('--surface-1'),
      'diffEditor.unchangedRegionForeground': token('--text-2'),
      'editorOverviewRuler.border': '#00000000',
      'scrollbarSlider.background': `${token('--edge')}55`,
      'scrollbarSlider.hoverBackground': `${token('--edge')}99`,
      'scrollbarSlider.activeBackground': `${token('--edge')}cc`,
      focusBorder: token('--focus'),
    },
  });
  return name;
}

/** Minified style sheets write #fff; Monaco wants all six. */
const sixDigits = (hex: string): string => (hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex);

export { monaco };
