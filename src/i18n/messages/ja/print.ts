import type { Messages } from '../messages.ts';

export const print: Messages['print'] = {
  picture: 'メッシュ',
  call: '呼び出し',
  from: '呼び出し元: {{from}}',
  verdict: '判定',
  prints: '呼び出し元に見えるもの',
  path: '経路 (順番)',
  decides: '決め手',
  noCall: '呼び出しはまだ送信されていません。',
  clock: 'メッシュの時計 {{now}}',
};
