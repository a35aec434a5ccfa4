import type { Messages } from '../messages.ts';

export const connections: Messages['connections'] = {
  tab: '開いている接続',
  hint: '証明書が検証されるのはハンドシェイクのときだけです。接続を開いてから時計を動かしたり、Secret や CA を変えたりしてみてください。開いている接続の呼び出しは通り続け、新しい接続は失敗します。',
  open: '保存した呼び出しの接続を開く',
  none: '開いている接続はありません。呼び出しのたびに新しい接続を開きます。',
  noCalls: '先に呼び出しを保存してください。その接続を開いたままにできます。',
  use: '開いている接続で呼び出す',
  useHint: 'オフのときは呼び出しごとに接続を開き、判定は新しい接続のものになります。',
  over: '開いている接続では',
  anew: '新しい接続では',
  calls: '保存した呼び出し',
  callsNone: '開いている接続を使う呼び出しはありません。',
  list: '開いている接続',
  opened: '{{date}} に確立',
  serverUntil: 'サーバー証明書は {{date}} まで',
  serverEnded: 'サーバー証明書は {{date}} に期限切れ (誰も見ない)',
  clientUntil: 'クライアント証明書は {{date}} まで',
  clientEnded: 'クライアント証明書は {{date}} に期限切れ (誰も見ない)',
  end: {
    restarted: '終了: どちらかの Pod が入れ替わりました。',
    'cluster-changed': '終了: istiod がクライアントに新しいクラスタを配り、Envoy が古いものをドレインします。',
    'listener-changed': '終了: istiod がサーバーに新しいフィルタチェーンを配り、Envoy が古いものをドレインします。',
  },
  outside: '外部',
  ofCaller: '呼び出し元が保持',
  close: '接続 {{name}} を閉じる',
  closeAll: 'すべて閉じる',
  assumed:
    '前提: リクエストが十分に続き、アイドルタイムアウト (設定がなければ 1 時間) で切れないこと。呼び出し元は、接続プールを持つクライアントのように接続を保つこと。保たれるのはプロキシ間の HTTP 接続と、呼び出し元からプロキシへの TLS です。途中のプロキシが中身を見ずに通す接続は、そのつど開き直します。',
  usedBy_one: '{{count}} 本の開いている接続がこれで確立',
  usedBy_other: '{{count}} 本の開いている接続がこれで確立',
};
