/** `kubectl exec [-it] deploy/NAME -n NS -c CONTAINER --` in front of curl says where the call comes from. */
import type { DraftPart } from './options.ts';

export function readKubectlExec(words: readonly string[]): DraftPart {
  const exec = words.indexOf('exec');
  if (exec < 0 || !words.slice(0, exec).some((word) => /(^|\/)kubectl$/.test(word))) return {};
  let namespace = 'default';
  let container: 'app' | 'istio-proxy' = 'app';
  let name: string | undefined;
  const argumentOf = (word: string, at: number): string | undefined =>
    word.includes('=') ? word.slice(word.indexOf('=') + 1) : words[at + 1];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') break;
    if (/^(-n|--namespace)(=|$)/.test(word)) {
      namespace = argumentOf(word, at) ?? namespace;
      if (!word.includes('=')) at++;
    } else if (/^(-c|--container)(=|$)/.test(word)) {
      container = argumentOf(word, at) === 'istio-proxy' ? 'istio-proxy' : 'app';
      if (!word.includes('=')) at++;
    } else if (at > exec && !word.startsWith('-')) {
      name ??= word.replace(/^[a-z.]+\//, '');
    }
  }
  return name === undefined ? { container } : { from: `${namespace}/${name}`, container };
}
