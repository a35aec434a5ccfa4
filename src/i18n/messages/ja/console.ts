import type { Messages } from '../messages.ts';

export const console: Messages['console'] = {
  title: 'コンソール',
  log: 'コンソールの出力',
  input: 'コマンドライン',
  hint: 'kubectl、istioctl、curl、openssl（Tab で補完、↑ で履歴、help で一覧）',
  running: '実行中',
  remark: {
    'unknown-command': '「{{command}}」には対応していません。使えるもの: {{known}}',
    'not-simulated': '未対応です: {{what}}',
    'analyze-by-webhook':
      'istioctl のアナライザーは再現していません。表示しているのは検証 Webhook の指摘です。そのほかの指摘は問題の一覧にあります。',
    'envoy-json': '設定の各項目は、インスペクターで Envoy の形式のまま確認できます。',
    'files-known': '使えるファイルは、このワークスペースの証明書です: {{names}}',
    'pods-recreated': 'コントローラーが Pod を作り直すため、何も変わりません。',
    'exec-only-curl': 'このメッシュのコンテナーで実行できるのは curl と openssl s_client だけです。',
    'cannot-tell':
      '判定を左右する要素がモデル化されていないため、curl の出力はわかりません。詳細は上の判定にあります。',
    'cannot-be-sent': 'この呼び出しは送信できません。理由はリクエストバーに表示されます。',
    'engine-failed': 'エンジンが停止しました。',
    'log-of-application': 'アプリケーションの出力は再現しません。アクセスログは -c istio-proxy で表示できます。',
    'log-without-call': '表示中の呼び出しはこのプロキシを通りません。以前の呼び出しのログは残りません。',
    help: '使えるもの: kubectl get、describe、apply -f -、delete、create namespace、create secret、label、exec … -- curl、logs … -c istio-proxy、api-resources。istioctl proxy-config、x describe pod、analyze。クラスター外からの curl。openssl s_client -connect。パイプの後の grep、head、tail、wc、base64 -d、sed s///、xargs。cat、echo、clear。export と変数。メッシュを変えるコマンドは YAML の編集になり、元に戻せます。',
  },
};
