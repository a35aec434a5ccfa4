import type { Messages } from '../messages.ts';

export const reason: Messages['reason'] = {
  'engine-failed': '{{message}}',
  'auto-mtls': '自動 mTLS: エンドポイントにサイドカーがある',
  'auto-mtls-no-sidecar': '自動 mTLS: エンドポイントにサイドカーがない',
};
