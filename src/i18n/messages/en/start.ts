/** The start screen: what a mesh can begin with. */
export const start = {
  title: 'New or open',
  examples: 'Examples',
  own: 'Your own YAML',
  ownHint:
    'Output of kubectl get -o yaml, a Helm or Kustomize rendering, or a downloaded mesh. Nothing of it leaves this page.',
  paste: 'YAML, JSON or a link to a shared mesh',
  placeholder: 'apiVersion: v1\nkind: Namespace\n…',
  openNew: 'Open as a new mesh',
  add: 'Add to this mesh',
  choose: 'Choose files…',
  drop: 'Files can also be dropped anywhere on the window.',
  blank: 'Blank mesh',
  blankHint: 'An empty canvas to draw on.',
  pastedName: 'Imported mesh',
  pastedFile: 'imported.yaml',
  recent: 'Recent work',
  recentNone: 'What you work on will be listed here, for as long as this browser keeps it.',
  back: 'The mesh that is open now stays in the history, and undo brings it back.',
  hint: 'This is an example. Take another one, a blank mesh, or your own YAML.',
  hintOpen: 'New or open…',
  hintClose: 'Do not show this again',
} as const;
