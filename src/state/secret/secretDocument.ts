/** A Secret as kubectl writes it: every value in base64, keys in the order given. */
import type { SecretDraft } from './kubectlSecret.ts';

export function secretDocument({ namespace, name, type, entries }: SecretDraft): string {
  return [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${name}`,
    `  namespace: ${namespace}`,
    `type: ${type}`,
    'data:',
    ...entries.map(({ key, value }) => `  ${key}: ${base64(value)}`),
    '',
  ].join('\n');
}

function base64(text: string): string {
  const encoded = btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
  // An empty plain scalar would be null.
  return encoded === '' ? '""' : encoded;
}

/** What keeps a draft from being written. */
export type SecretProblem = 'no-name' | 'bad-name' | 'no-entries' | 'bad-key' | 'empty-value';

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

export function secretProblem({ namespace, name, entries }: SecretDraft): SecretProblem | undefined {
  if (name === '' || namespace === '') return 'no-name';
  if (!NAME.test(name) || !NAME.test(namespace)) return 'bad-name';
  if (entries.length === 0) return 'no-entries';
  if (entries.some(({ key }) => !/^[-._a-zA-Z0-9]+$/.test(key))) return 'bad-key';
  return entries.some(({ value }) => value === '') ? 'empty-value' : undefined;
}
