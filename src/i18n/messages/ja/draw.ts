import type { Messages } from '../messages.ts';

export const draw: Messages['draw'] = {
  add: '追加',
  addLabel: 'メッシュに追加',
  addFirst: '最初の要素を追加',
  title: {
    namespace: '名前空間',
    workload: 'ワークロード',
    'ingress-gateway': 'イングレスゲートウェイ',
    'egress-gateway': 'イーグレスゲートウェイ',
    'external-server': '外部サーバー',
    issuer: 'CA（ClusterIssuer）',
  },
  hint: {
    namespace: 'ワークロードの部屋。ラベルでサイドカーを注入。',
    workload: 'サービスアカウント付きの Deployment とポート 80 の Service。',
    'ingress-gateway': '外部からの呼び出しの入口。ロードバランサーの後ろ。',
    'egress-gateway': 'メッシュから出る呼び出しの出口。',
    'external-server': 'メッシュの外のサーバーと ServiceEntry。',
    issuer: '自分の鍵で署名する cert-manager の発行者。',
  },
  name: '名前',
  host: 'DNS 名',
  namespace: '名前空間',
  port: 'アプリケーションのポート',
  serverPort: 'ポート',
  injection: 'サイドカーを注入（istio-injection: enabled）',
  cancel: 'キャンセル',
  badName: '英小文字、数字、「-」。先頭と末尾は英小文字か数字。50 文字まで。',
  badHost: 'api.example.com のような DNS 名。',
  badPort: '1 から 65535 までの数。',
};
