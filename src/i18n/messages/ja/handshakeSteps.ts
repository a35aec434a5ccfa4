/** ハンドシェイクの 6 つの手順。 */
export const handshakeSteps = {
  title: '6 つの手順',
  request: '{{client}} が接続し、{{name}} を求めます。',
  'server-presents': '{{server}} が証明書を提示します。',
  'client-verifies': '{{client}} が、信頼する CA と名前を検証します。',
  'client-presents': '{{client}} が自分の証明書を提示します。',
  'server-verifies': '{{server}} が、クライアント用の CA で検証します。',
  forwarded: '接続は安全になり、リクエストがその中を進みます。',
  compared: '（期待: {{wanted}}、実際: {{saw}}）',
  state: { done: '完了', failed: '失敗', 'not-reached': '未到達', skipped: '要求なし' },
} as const;
