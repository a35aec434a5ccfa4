import type { Messages } from '../messages.ts';

export const evidence: Messages['evidence'] = {
  title: 'この判定の根拠',
  empty: '呼び出しを送ると、判定を裏づける記録がここに表示されます。',
  counting: '数え方',
  about:
    '記録は、本物の istiod のコード (Istio {{istio}}) と本物の Envoy {{envoy}} が返した応答です。同じメッシュをシミュレーションして同種の決定に至り、記録された内容がすべて一致した呼び出しだけを数えています。件数はその規則が検証された回数であり、このメッシュ自体を検証した回数ではありません。',
  allRecorded: 'この呼び出しに含まれる {{kinds}} 種類の決定は、すべて記録の中に見つかります。',
  someRecorded:
    'この呼び出しに含まれる {{kinds}} 種類の決定のうち {{unrecorded}} 種類は、記録に例がありません。仕様だけに基づきます。',
  decided: '結果を決めたもの',
  onTheWay: '途中でのそのほかの決定',
  logged: 'プロキシのログ',
  outcome: '呼び出し元が受け取るもの',
  calls_one: '{{number}} 件',
  calls_other: '{{number}} 件',
  bySpecification: '仕様のみ',
  noneRecorded: '同種の決定をした記録はありません。Istio と Envoy のドキュメントとソースコードに基づきます。',
  notSimulated: 'シミュレーションの対象外なので、裏づけはありません。',
  counted_one: '記録 {{number}} 件で同じ決定をしています。',
  counted_other: '記録 {{number}} 件で同じ決定をしています。',
  countedDecided_one: '記録 {{number}} 件で同じ決定をし、うち {{decided}} 件ではそれが結果を決めました。',
  countedDecided_other: '記録 {{number}} 件で同じ決定をし、うち {{decided}} 件ではそれが結果を決めました。',
  held: '一致 {{number}} 件',
  failed: '不一致 {{number}} 件',
  kind: '同種とみなす条件:',
  goToStep: 'このステップへ移動',
  examples: '記録の例',
  sent: '送信',
  answered: '応答',
  log: 'ログ',
};
