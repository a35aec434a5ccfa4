import type { Messages } from '../messages.ts';

export const start: Messages['start'] = {
  title: '新規作成または開く',
  examples: '例',
  own: '自分の YAML',
  ownHint:
    'kubectl get -o yaml の出力、Helm や Kustomize の生成結果、ダウンロードしたメッシュなど。内容はこのページの外に出ません。',
  paste: 'YAML、JSON、または共有メッシュのリンク',
  placeholder: 'apiVersion: v1\nkind: Namespace\n…',
  openNew: '新しいメッシュとして開く',
  add: 'このメッシュに追加',
  choose: 'ファイルを選択…',
  drop: 'ファイルはウィンドウのどこにでもドロップできます。',
  blank: '空のメッシュ',
  blankHint: '何もないキャンバスに描き始めます。',
  pastedName: '読み込んだメッシュ',
  pastedFile: 'imported.yaml',
  recent: '最近の作業',
  recentNone: '作業した内容がここに並びます (このブラウザーに残っている間)。',
  back: '今開いているメッシュは履歴に残り、「元に戻す」で戻せます。',
  hint: 'これは例です。ほかの例、空のメッシュ、自分の YAML からも始められます。',
  hintOpen: '新規作成または開く…',
  hintClose: '今後表示しない',
};
