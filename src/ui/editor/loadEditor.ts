/**
 * Loads the editor. Monaco reads the words of its own menus once, when it is loaded: in the language
 * that the studio speaks at that moment.
 */
export async function loadEditor() {
  if (document.documentElement.lang === 'ja') await import('monaco-editor/nls/lang/ja');
  return import('./EditorPanel.tsx');
}
