import type { Messages } from '../messages.ts';

export const diagnostic: Messages['diagnostic'] = {
  'yaml-syntax': 'YAML として正しくありません: {{message}}',
  'yaml-too-large': 'テキストの大きさは {{size}} です。読み込むのは {{limit}} までです。',
  'yaml-template': 'YAML になる前のテンプレートです: {{action}}',
  'yaml-too-deep': '入れ子が {{limit}} 段を超えています。',
  'yaml-too-many-documents': '文書が {{limit}} 個を超えています。残りは読み込みません。',
  'yaml-alias-bomb': 'エイリアスにより文書が際限なく膨らむため、読み込みません。',
  'duplicate-key': 'キー {{key}} が重複しています。後のものが有効です。',
  'document-not-an-object': 'リソースは apiVersion、kind、metadata を持つマッピングですが、これは違います。',
  'missing-api-version': 'apiVersion がありません。',
  'missing-kind': 'kind がありません。',
  'missing-name': 'metadata.name がありません。',
  'unknown-kind': '{{apiVersion}} に kind {{kind}} はありません。この文書は効果を持ちません。',
  'unsupported-kind': '{{kind}}（{{apiVersion}}）は未対応です。判定に関わる場合は「判定不能」になります。',
  'duplicate-resource': '{{kind}} {{namespace}}/{{name}} が再び定義されています。後のこちらが有効です。',
  'wrong-type': '{{field}} は {{actual}} ではなく {{expected}} でなければなりません。',
  'unknown-field': 'フィールド {{field}} はありません。',
  'exclusive-fields': '{{field}}: {{fields}} のうち設定できるのは 1 つだけです。',
  'unmodelled-field': '{{field}} は未対応です: {{reason}}',
  'invalid-timestamp': '{{value}} は RFC 3339 の時刻ではありません。',
  'webhook-rejected': 'クラスターはこれを拒否します: {{message}}',
  'webhook-warning': 'クラスターは警告します: {{message}}',
  'proxy-nack': '{{proxy}} のプロキシがこれを拒否します: {{message}}',
  'mesh-config-invalid': 'メッシュの設定が正しくありません: {{message}}',
  'workload-certificate-refused':
    '証明書を得られないプロキシ: {{count}} 個 (最初は {{proxy}})。Ready になりません。{{message}}',
  'certificate-not-issued': 'Certificate {{certificate}} は発行されず、Secret {{secret}} ができません。{{message}}',
  'missing-reference': '{{kind}} {{value}} がありません。',
  'port-protocol-unknown':
    'Service {{service}} のポート {{port}} はプロトコルを宣言していません。プロキシが先頭のバイトから判別します。',
  'policy-without-proxy':
    'この {{kind}} は何も保護していません。{{namespace}} で選択される Pod ({{count}} 個) にサイドカーがありません。',
  'age-decides':
    '2 つの {{kind}} のうち古い方の {{winner}} が有効で、{{loser}} は無効です。確実にするには creationTimestamp を設定してください。',
};

export const diagnosticUi: Messages['diagnosticUi'] = {
  severity: { error: 'エラー', warning: '警告', info: '注記' },
};
