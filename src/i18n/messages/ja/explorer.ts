import type { Messages } from '../messages.ts';

export const explorer: Messages['explorer'] = {
  tree: '名前空間ごとのメッシュ',
  calls: '呼び出し',
  workloads: 'ワークロード',
  services: 'Service',
  policies: 'ポリシー',
  other: 'その他',
  clusterScoped: 'クラスター全体',
  empty: 'まだ何もありません。例を開くか、エディターに Namespace と Deployment を書いてください。',
  noCalls: '保存した呼び出しはありません。リクエストバーに書き、「呼び出しを保存」で残せます。',
  status: {
    'in-force': '有効',
    rejected: '拒否される',
    shadowed: '後の文書で置き換え',
    unsupported: '未対応の kind',
    invalid: 'リソースではない',
  },
};
