/** Loads the view of two texts; Monaco reads its words once, as for the editor. */
export async function loadDiff() {
  if (document.documentElement.lang === 'ja') await import('monaco-editor/nls/lang/ja');
  return import('./DiffView.tsx');
}
