/**
 * Reads a pasted curl command line into a draft of the request bar.
 *
 * Takes what changes a verdict here; options that only change what curl prints are dropped without
 * a word, options we cannot follow are named in `ignored`, so that nothing is lost silently. Also
 * understands the line around it: `kubectl exec DEPLOY -n NS -c CONTAINER -- curl ...`, variables,
 * redirections and pipes. Files (`--cacert ca.pem`) become names: the base name without extension,
 * unless the world around knows the path.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { type CallDraft, EMPTY_DRAFT } from '../workspace/workspace.ts';
import { destinationOf, type Rule } from './destination.ts';
import { readKubectlExec } from './kubectlExec.ts';
import {
  ALIASES,
  type FileNames,
  FOLLOWED,
  HARMLESS,
  HARMLESS_WITH_VALUE,
  UNFOLLOWED_WITH_VALUE,
  VALUED_SHORT,
} from './options.ts';
import { type ShellVariables, splitShellWords } from './shellWords.ts';

export interface ParsedCurl {
  readonly draft: CallDraft;
  /** Options that were given but have no effect here. */
  readonly ignored: readonly string[];
}

export type CurlProblem =
  | { readonly kind: 'not-curl' }
  | { readonly kind: 'no-url' }
  | { readonly kind: 'missing-value'; readonly option: string };

/** What the line may speak of. */
export interface CurlSurroundings {
  readonly variables: ShellVariables;
  readonly namesOf: FileNames;
}

export const nameOfFile = (file: string): string =>
  (file.split(/[\\/]/).pop() ?? file).replace(/\.(pem|crt|cer|cert|key)$/i, '');

const NO_SURROUNDINGS: CurlSurroundings = { variables: {}, namesOf: (file) => [nameOfFile(file)] };

export function parseCurl(line: string, around = NO_SURROUNDINGS): Result<ParsedCurl, CurlProblem> {
  const words = splitShellWords(line.trim().replace(/^\$\s+/, ''), around.variables);
  const start = words.findIndex((word) => /(^|\/)curl(\.exe)?$/.test(word));
  if (start < 0) return err({ kind: 'not-curl' });
  let draft: CallDraft = { ...EMPTY_DRAFT, ...readKubectlExec(words.slice(0, start)) };
  const ignored: string[] = [];
  const rules: Rule[] = [];
  const keys: string[] = [];
  let hasMethod = false;
  let byAlpn = false;

  for (let at = start + 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      if (draft.url === '') draft = { ...draft, url: word };
      else ignored.push(word);
      continue;
    }
    for (const { option, attached } of explode(word)) {
      const name = ALIASES[option] ?? option;
      if (HARMLESS.has(name)) continue;
      let value = attached ?? '';
      if (takesValue(name) && attached === undefined) {
        const next = words[++at];
        if (next === undefined) return err({ kind: 'missing-value', option });
        value = next;
      }
      if (name === '-X' || name === '-I') hasMethod = true;
      if (name === '--resolve' || name === '--connect-to') rules.push({ option: name, text: value });
      else if (name === '--key') keys.push(value);
      else if (name === '--http2') byAlpn = true;
      else if (FOLLOWED[name] !== undefined) {
        const change = FOLLOWED[name].apply(value, draft, around.namesOf);
        if (change === undefined) ignored.push(value === '' ? option : `${option} ${value}`);
        else draft = { ...draft, ...change };
      } else if (!HARMLESS_WITH_VALUE.has(name)) ignored.push(option);
      if (!hasMethod && POSTS.test(name)) draft = { ...draft, method: 'POST' };
    }
  }
  if (draft.url === '') return err({ kind: 'no-url' });
  // Over plain text it asks for an upgrade, which is not followed.
  if (byAlpn && /^https:/i.test(draft.url)) draft = { ...draft, httpVersion: '2' };
  else if (byAlpn) ignored.push('--http2');
  const { connectTo, ignored: unfit } = destinationOf(draft.url, rules);
  if (connectTo !== undefined) draft = { ...draft, connectTo };
  if (/^tcp:\/\/|^telnet:\/\//i.test(draft.url)) {
    draft = { ...draft, protocol: 'tcp', url: draft.url.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, '') };
  }
  const strangeKeys = keys.filter((key) => !isKeyOf(key, draft.cert, around.namesOf));
  return ok({ draft, ignored: [...ignored, ...unfit, ...strangeKeys.map((key) => `--key ${key}`)] });
}

/** They make curl send a body, and POST unless told otherwise. */
const POSTS = /^(-d|--data.*|--json|-F|--form.*)$/;

const takesValue = (name: string): boolean =>
  FOLLOWED[name]?.value ?? (RULES.includes(name) || HARMLESS_WITH_VALUE.has(name) || UNFOLLOWED_WITH_VALUE.has(name));

const RULES = ['--resolve', '--connect-to', '--key'];

/** A certificate and its key are one entry here; the key of another one cannot be had. */
function isKeyOf(key: string, cert: string | undefined, namesOf: FileNames): boolean {
  const names = namesOf(key);
  return cert !== undefined && (names.length === 0 || names.includes(cert) || names[0] === nameOfFile(key));
}

/** `-sSk` is three options; `-XPOST` and `--option=value` carry their value. */
function* explode(word: string): Generator<{ option: string; attached?: string }> {
  if (word.startsWith('--')) {
    const equals = word.indexOf('=');
    yield equals < 0 ? { option: word } : { option: word.slice(0, equals), attached: word.slice(equals + 1) };
    return;
  }
  for (let at = 1; at < word.length; at++) {
    const option = `-${word.charAt(at)}`;
    if (VALUED_SHORT.includes(word.charAt(at)) && at + 1 < word.length) {
      yield { option, attached: word.slice(at + 1) };
      return;
    }
    yield { option };
  }
}
