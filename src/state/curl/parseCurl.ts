/**
 * Reads a pasted curl command line into a draft of the request bar.
 *
 * Takes what changes a verdict here; options that only change what curl prints are dropped without
 * a word, options we cannot follow are named in `ignored`, so that nothing is lost silently. Also
 * understands the line around it: `kubectl exec DEPLOY -n NS -c CONTAINER -- curl ...`.
 * Files (`--cacert ca.pem`) become names: the base name without extension.
 */
import { err, ok, type Result } from '../../base/result.ts';
import type { TlsVersion } from '../../trace/call.ts';
import { type CallDraft, EMPTY_DRAFT } from '../workspace/workspace.ts';
import { splitShellWords } from './shellWords.ts';

export interface ParsedCurl {
  readonly draft: CallDraft;
  /** Options that were given but have no effect here. */
  readonly ignored: readonly string[];
}

export type CurlProblem =
  | { readonly kind: 'not-curl' }
  | { readonly kind: 'no-url' }
  | { readonly kind: 'missing-value'; readonly option: string };

type Change = Partial<{ -readonly [K in keyof CallDraft]: CallDraft[K] }>;

/** Options that are followed; those with a value take it as argument. */
const followed: Record<
  string,
  { readonly value: boolean; readonly apply: (value: string, draft: CallDraft) => Change }
> = {
  '-X': { value: true, apply: (method) => ({ method }) },
  '-H': { value: true, apply: (header, draft) => readHeader(header, draft) },
  '-A': { value: true, apply: (agent, draft) => ({ headers: [...draft.headers, ['User-Agent', agent]] }) },
  '-b': { value: true, apply: (cookie, draft) => ({ headers: [...draft.headers, ['Cookie', cookie]] }) },
  '-e': { value: true, apply: (referer, draft) => ({ headers: [...draft.headers, ['Referer', referer]] }) },
  '-I': { value: false, apply: () => ({ method: 'HEAD' }) },
  '-k': { value: false, apply: () => ({ insecure: true }) },
  '--cacert': { value: true, apply: (file) => ({ cacert: file.split(',').map(nameOfFile) }) },
  '--cert': { value: true, apply: (file) => ({ cert: nameOfFile(file) }) },
  '--key': { value: true, apply: () => ({}) },
  '-0': { value: false, apply: () => ({ httpVersion: '1.0' }) },
  '--http1.1': { value: false, apply: () => ({ httpVersion: '1.1' }) },
  '--http2-prior-knowledge': { value: false, apply: () => ({ httpVersion: '2' }) },
  '--path-as-is': { value: false, apply: () => ({ pathAsIs: true }) },
  '--tls-max': { value: true, apply: (version) => (isTlsVersion(version) ? { tlsMax: version } : {}) },
  '--resolve': { value: true, apply: (rule) => resolveTo(rule) },
  '--connect-to': { value: true, apply: (rule) => connectTo(rule) },
  '--oauth2-bearer': {
    value: true,
    apply: (token, draft) => ({ headers: [...draft.headers, ['Authorization', `Bearer ${token}`]] }),
  },
  '--url': { value: true, apply: (url) => ({ url }) },
};

const aliases: Record<string, string> = {
  '--request': '-X',
  '--header': '-H',
  '--user-agent': '-A',
  '--cookie': '-b',
  '--referer': '-e',
  '--head': '-I',
  '--insecure': '-k',
  '-E': '--cert',
  '--http1.0': '-0',
};

/** They change what is printed or how long curl waits, not what happens. */
const harmless = new Set([
  '-s',
  '-S',
  '-v',
  '-i',
  '-f',
  '-L',
  '-g',
  '-#',
  '-N',
  '--silent',
  '--show-error',
  '--verbose',
  '--include',
  '--fail',
  '--no-buffer',
  '--compressed',
  '--globoff',
  '--progress-bar',
]);
const harmlessWithValue = new Set([
  '-o',
  '-w',
  '-m',
  '--output',
  '--write-out',
  '--max-time',
  '--connect-timeout',
  '--retry',
  '--stderr',
]);
const unfollowedWithValue = new Set([
  '-d',
  '-F',
  '-T',
  '-u',
  '-x',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-urlencode',
  '--form',
  '--upload-file',
  '--user',
  '--proxy',
  '--interface',
  '--ciphers',
  '--capath',
  '--cert-type',
  '--key-type',
  '--pass',
  '--json',
  '--unix-socket',
]);

export function parseCurl(line: string): Result<ParsedCurl, CurlProblem> {
  const words = splitShellWords(line.trim().replace(/^\$\s+/, ''));
  const start = words.findIndex((word) => /(^|\/)curl(\.exe)?$/.test(word));
  if (start < 0) return err({ kind: 'not-curl' });
  let draft: CallDraft = { ...EMPTY_DRAFT, ...readKubectlExec(words.slice(0, start)) };
  const ignored: string[] = [];
  let hasMethod = false;

  for (let at = start + 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      if (draft.url === '') draft = { ...draft, url: word };
      else ignored.push(word);
      continue;
    }
    for (const { option, attached } of explode(word)) {
      const name = aliases[option] ?? option;
      const known = followed[name];
      if (harmless.has(name)) continue;
      const takesValue = known?.value ?? (harmlessWithValue.has(name) || unfollowedWithValue.has(name));
      let value = attached ?? '';
      if (takesValue && attached === undefined) {
        const next = words[++at];
        if (next === undefined) return err({ kind: 'missing-value', option });
        value = next;
      }
      if (name === '-X' || name === '-I') hasMethod = true;
      if (known !== undefined) draft = { ...draft, ...known.apply(value, draft) };
      else if (!harmlessWithValue.has(name)) ignored.push(option);
      if (!hasMethod && /^(-d|--data.*|--json|-F|--form)$/.test(name)) draft = { ...draft, method: 'POST' };
    }
  }
  if (draft.url === '') return err({ kind: 'no-url' });
  if (/^tcp:\/\/|^telnet:\/\//i.test(draft.url)) {
    draft = { ...draft, protocol: 'tcp', url: draft.url.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, '') };
  }
  return ok({ draft, ignored });
}

const VALUED_SHORT = 'XHAbeEdFTuxowm';

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

/** `Authorization: Bearer $NAME` names a token of the workspace. */
function readHeader(header: string, draft: CallDraft): Change {
  const token = /^authorization:\s*bearer\s+\$\{?([\w-]+)\}?$/i.exec(header)?.[1];
  return token === undefined ? { headers: [...draft.headers, ...parseHeader(header)] } : { token };
}

function parseHeader(header: string): [string, string][] {
  const colon = header.indexOf(':');
  if (colon > 0) return [[header.slice(0, colon).trim(), header.slice(colon + 1).trim()]];
  // `-H 'Name;'` sends the header empty; anything else without colon sends nothing.
  return header.endsWith(';') ? [[header.slice(0, -1).trim(), '']] : [];
}

const nameOfFile = (file: string): string =>
  (file.split(/[\\/]/).pop() ?? file).replace(/\.(pem|crt|cer|cert|key)$/i, '');

const isTlsVersion = (value: string): value is TlsVersion => /^1\.[0-3]$/.test(value);

/** `HOST:PORT:ADDRESS`: the connection goes to ADDRESS. */
function resolveTo(rule: string): Change {
  const address = /^\+?[^:]+:[^:]+:\[?([^,\]]+)/.exec(rule)?.[1];
  return address === undefined ? {} : { connectTo: address };
}

/** `HOST1:PORT1:HOST2:PORT2`: the connection goes to HOST2. */
function connectTo(rule: string): Change {
  const host = /^[^:]*:[^:]*:(\[[^\]]+\]|[^:]+)/.exec(rule)?.[1];
  return host === undefined ? {} : { connectTo: host.replace(/^\[|\]$/g, '') };
}

/** `kubectl exec [-it] deploy/NAME -n NS -c CONTAINER --` says where the call comes from. */
function readKubectlExec(words: readonly string[]): Change {
  const exec = words.indexOf('exec');
  if (exec < 0 || !words.slice(0, exec).some((word) => /(^|\/)kubectl$/.test(word))) return {};
  let namespace = 'default';
  let container: CallDraft['container'] = 'app';
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
