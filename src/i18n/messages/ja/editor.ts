import type { Messages } from '../messages.ts';

export const editor: Messages['editor'] = {
  files: 'ファイル',
  newFile: '新しいファイル',
  rename: '名前を変更',
  remove: '削除',
  fileName: 'ファイル名',
  fileMenu: 'ファイル {{name}}',
  label: '{{name}} の YAML',
  problems: '問題',
  noProblems: '問題なし',
  errors_one: 'エラー {{count}} 件',
  errors_other: 'エラー {{count}} 件',
  warnings_one: '警告 {{count}} 件',
  warnings_other: '警告 {{count}} 件',
  line: '{{line}} 行目',
  decides: 'この呼び出しの決め手',
  tookPart: 'この呼び出しに関与',
};
