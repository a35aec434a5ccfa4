/** 拒否された呼び出しを通す、最小の変更。 */
export const suggest = {
  intro: 'どの変更も実際に試し、この呼び出しが通ることを確かめています。',
  none: 'この呼び出しを通すポリシーの変更は見つかりませんでした。',
  apply: '適用',
  applied: '変更を適用しました。元に戻すこともできます。',
  kind: {
    'widen-rule': '{{resource}} の最も近いルールを広げる',
    'add-rule': '{{resource}} にルールを追加する',
    'add-policy': 'ポリシー {{resource}} を追加する',
    'except-from-deny': '{{resource}} からこの呼び出しを除外する',
    'drop-value': '{{resource}} から値を 1 つ外す',
    'permissive-port': '{{resource}} で平文を受け入れる',
    'remove-rule': '{{resource}} からルールを削除する',
    'remove-policy': '{{resource}} を削除する',
  },
  opensNone: '試した {{tried}} 件のうち、ほかに通るようになる呼び出しはありません。',
  opens_one: '試した {{tried}} 件のうち、ほかに 1 件が通るようになります：',
  opens_other: '試した {{tried}} 件のうち、ほかに {{count}} 件が通るようになります（例）：',
  lines_one: '1 行',
  lines_other: '{{count}} 行',
  remedies: 'ポリシーを変えずに',
  remedy: {
    'present-token': 'メッシュが受け入れるトークンを付けて送信します。',
    'present-valid-token': '発行者・対象者・鍵・有効期限の検査に通るトークンを送信します。',
    'call-through-a-sidecar': 'サイドカーのあるワークロードから、相互 TLS で呼び出します。',
  },
} as const;
