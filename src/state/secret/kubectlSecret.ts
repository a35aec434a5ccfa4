/**
 * Reads `kubectl create secret generic|tls NAME ...` as people paste it: where the Secret goes, and
 * which key comes from which file or literal. What the command has besides is left out.
 */
import { splitShellWords } from '../curl/shellWords.ts';

export interface SecretDraft {
  readonly namespace: string;
  readonly name: string;
  readonly type: 'Opaque' | 'kubernetes.io/tls';
  readonly entries: readonly SecretEntry[];
}

export interface SecretEntry {
  readonly key: string;
  /** The file that the command names. */
  readonly path?: string;
  readonly value: string;
}

/** What a file holds, if it is one that the workspace knows. */
export type ReadFile = (path: string) => string | undefined;

const VALUED = ['-n', '--namespace', '--from-file', '--from-literal', '--cert', '--key', '--type', '-o', '--output'];

export function parseKubectlSecret(line: string, read: ReadFile): SecretDraft | undefined {
  const words = splitShellWords(line.trim().replace(/^\$\s+/, ''));
  const start = words.findIndex((word) => /(^|\/)kubectl$/.test(word));
  if (start < 0) return undefined;
  const plain: string[] = [];
  const options: (readonly [name: string, value: string])[] = [];
  for (let at = start + 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) {
      plain.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    if (equals > 0) options.push([word.slice(0, equals), word.slice(equals + 1)]);
    else if (VALUED.includes(word)) options.push([word, words[++at] ?? '']);
  }
  const [verb, noun, kind, name] = plain;
  if (verb !== 'create' || noun !== 'secret' || (kind !== 'generic' && kind !== 'tls') || name === undefined) {
    return undefined;
  }
  const last = (...names: string[]): string | undefined => options.findLast(([option]) => names.includes(option))?.[1];
  const file = (key: string, path: string): SecretEntry => ({ key, path, value: read(path) ?? '' });
  const entries = options.flatMap(([option, value]): SecretEntry[] => {
    if (option === '--from-file') {
      const equals = value.indexOf('=');
      const path = value.slice(equals + 1);
      return [file(equals > 0 ? value.slice(0, equals) : (path.split('/').pop() ?? path), path)];
    }
    if (option === '--from-literal') {
      const equals = value.indexOf('=');
      return equals > 0 ? [{ key: value.slice(0, equals), value: value.slice(equals + 1) }] : [];
    }
    if (option === '--cert') return [file('tls.crt', value)];
    return option === '--key' ? [file('tls.key', value)] : [];
  });
  return {
    namespace: last('-n', '--namespace') ?? 'default',
    name,
    type: kind === 'tls' ? 'kubernetes.io/tls' : 'Opaque',
    entries,
  };
}
