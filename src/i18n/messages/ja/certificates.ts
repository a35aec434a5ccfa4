import type { Messages } from '../messages.ts';

export const certificates: Messages['certificates'] = {
  title: 'メッシュの証明書',
  hint: '各バーは証明書の有効期間、線はメッシュの時計です。動かすと、何が期限切れになり何が壊れるかが分かります。',
  clock: 'メッシュの時計 (UTC)',
  back: '{{days}} 日戻す',
  forward_one: '{{count}} 日進める',
  forward_other: '{{count}} 日進める',
  heldBy: {
    proxy: 'プロキシ {{name}}',
    signer: 'CA {{name}}',
    anchor: '{{name}} のトラストアンカー',
    secret: 'Secret {{name}}',
    'cert-manager': 'cert-manager、{{name}}',
    'mesh-config': 'メッシュ設定、{{name}}',
    caller: '呼び出し元 {{name}}',
  },
  more: 'ほか {{count}} 件',
  expired: '期限切れ',
  notYet: 'まだ有効でない',
  until: '{{date}} まで',
  proxiesLeftOut: 'ほかに {{count}} 個のプロキシが同様の証明書を持ちます。',
};
