/** プロキシが求めるシークレット。ゲートウェイが何を使い、稼働中に何が届くか。 */
import type { Messages } from '../messages.ts';

export const sds: Messages['sds'] = {
  title: '提示する証明書',
  noServers: 'TLS を終端するサーバーがないため、credential は使われません。',
  own: '自身の ID',
  upstream: '自分から接続するとき',
  anyName: 'すべてのサーバー名',
  port: 'リスナー {{listener}}',
  clientCertificate: {
    required: 'クライアント証明書が必須です。',
    requested: 'クライアント証明書は任意です。',
    'not-requested': 'クライアント証明書を求めません。',
  },
  state: {
    serving: '提供中',
    waiting: 'シークレット待ち',
    refusing: 'シークレットを拒否',
    'not-listening': '待ち受けなし',
    unknown: '判断不能',
  },
  meets: {
    waiting:
      '応答がない間、新しいポートは最長 15 秒閉じたままです (curl 7)。リスナーのウォームアップ中だからです。その後ポートは開きますが、シークレットが届くまで、この名前への接続はリセットされます (curl 35)。同じポートの他のサーバーには影響しません。',
    refusing:
      'Envoy が読み込めません。いま起動するゲートウェイはすぐにポートを開き、この名前への接続をリセットします (curl 35)。稼働中のものは、それまでのシークレットを使い続けます。',
    'not-listening': 'Envoy がリスナー全体を拒否するため、どの名前でもポートは閉じています (curl 7)。',
    unknown: 'シークレットの中身はメッシュの外にあります。',
  },
  use: { certificate: '秘密鍵と証明書', 'trust-bundle': '相手の証明書を検証する CA', unknown: 'シークレット' },
  asks: {
    istiod: 'istiod が ADS で応答',
    'istio-agent': 'istio-agent がローカルソケットで応答',
  },
  serial: 'シリアル {{serial}}、{{date}} まで有効',
  none: '応答なし: {{why}}。',
  refused: 'Envoy が拒否: {{why}}。',
  crls_one: '失効リスト {{count}} 件',
  crls_other: '失効リスト {{count}} 件',
  system: 'プロキシイメージの OS の CA バンドル',
  log: {
    asRunning: '動いているまま呼び出す',
    title: '稼働中に届いたもの',
    empty: 'YAML の Secret を差し替えると、このゲートウェイに届いたものがここに並びます。',
    label: '届いたシークレット (新しい順)',
    show: 'シークレットを見る',
    close: '閉じる',
    supplied: '{{name}} を {{proxy}} に配信しました。シリアル {{now}}。再起動は不要です。',
    replaced:
      '{{name}} を {{proxy}} に配信しました。シリアル {{before}} → {{now}}。再起動は不要で、開いている接続は古い証明書のままです。',
    waiting:
      '{{proxy}} が {{name}} を求めていますが、応答がありません ({{why}})。新しいポートは最長 15 秒閉じたままで、その後このサーバーへの接続はリセットされます。',
    withdrawn:
      '{{name}} への応答がなくなりました ({{why}})。{{proxy}} は再起動までシリアル {{before}} を使い続けます。ここでの判定は、いま起動するゲートウェイのものです。',
    refused: '{{proxy}} が新しい {{name}} を拒否しました ({{why}})。いま起動するゲートウェイには何もありません。',
    refusedKept:
      '{{proxy}} が新しい {{name}} を拒否しました ({{why}})。シリアル {{before}} を使い続けます。ここでの判定は、いま起動するゲートウェイのものです。',
    released: '{{proxy}} は {{name}} を求めなくなりました。',
  },
  news: {
    supplied: '{{name}} を {{proxy}} に配信: シリアル {{now}}、再起動なし。',
    replaced: '{{name}} を {{proxy}} に配信: シリアル {{before}} → {{now}}、再起動なし。開いている接続は古いまま。',
    waiting: '{{name}} に応答がありません: {{why}}。',
    withdrawn: '{{name}} への応答がなくなりました。稼働中のゲートウェイはシリアル {{before}} を使い続けます。',
    refused: '{{proxy}} が {{name}} を拒否: {{why}}。',
    refusedKept: '{{proxy}} が {{name}} を拒否し、シリアル {{before}} を使い続けます。',
    released: '{{proxy}} は {{name}} を求めなくなりました。',
    more_one: '他 {{count}} 件',
    more_other: '他 {{count}} 件',
  },
  ways: {
    title: 'SDS とファイルマウントの違い',
    sds: 'SDS: credentialName に、ゲートウェイの Pod と同じ名前空間の Secret を書きます。istiod がそれを読んで配信します。差し替えは数秒で反映され、再起動は要りません。Pod は何もマウントしません。',
    files:
      'ファイル: Secret を Pod にマウントし、serverCertificate、privateKey、caCertificates にパスを書きます。istio-agent がファイルを監視し、file-cert: と file-root: のシークレットとして Envoy に渡します。変更が届くのは、kubelet がマウントを更新した後です。',
    containers:
      'kubectl の表示は 1/1 です。SDS は istio-agent と istiod に含まれています。古いリリースには ingress-sds という 2 つ目のコンテナがあり (2/2)、ログに「pushed key/cert pair to proxy」と出ていました。上の配信の記録がその行にあたります。',
    replicas_one: 'レプリカは 1 つです。増やしても、それぞれが同じ名前で求め、同じシークレットを受け取ります。',
    replicas_other: 'レプリカは {{count}} つです。それぞれが同じ名前で求め、同じシークレットを受け取ります。',
  },
};
