/**
 * Writes a draft as the curl command line that would do the same, ready for a terminal; calls from
 * a workload are wrapped in `kubectl exec`. `parseCurl` reads it back to the same draft.
 */
import type { CallDraft } from '../workspace/workspace.ts';
import { quoteShellWord } from './shellWords.ts';

/** What the draft's names are called in a terminal. */
export interface FormatSurroundings {
  /** Of a Service or workload. */
  readonly addressOf: (place: string) => string | undefined;
  readonly fileOf: (name: string, part: 'certificate' | 'key') => string | undefined;
}

const NO_SURROUNDINGS: FormatSurroundings = { addressOf: () => undefined, fileOf: () => undefined };

export function formatCurl(draft: CallDraft, around = NO_SURROUNDINGS): string {
  return [
    ...kubectlExec(draft),
    'curl',
    ...curlOptions(draft, around),
    quoteShellWord(draft.protocol === 'tcp' ? `telnet://${draft.url}` : draft.url),
  ].join(' ');
}

/** Quoted. */
function curlOptions(draft: CallDraft, around: FormatSurroundings): string[] {
  if (draft.protocol === 'tcp') return connectOption(draft, around);
  const plain = [
    ...(draft.method === 'GET' || draft.method === '' ? [] : draft.method === 'HEAD' ? ['-I'] : ['-X', draft.method]),
    ...draft.headers.flatMap(([name, value]) => ['-H', headerText(name, value)]),
    ...(draft.token === undefined ? [] : ['-H', `Authorization: Bearer $${draft.token}`]),
  ];
  const files = [
    ...(draft.cert === undefined
      ? []
      : [
          '--cert',
          around.fileOf(draft.cert, 'certificate') ?? `${draft.cert}.pem`,
          '--key',
          around.fileOf(draft.cert, 'key') ?? `${draft.cert}.key`,
        ]),
    ...(draft.insecure ? ['-k'] : []),
    ...(draft.httpVersion === '1.0' ? ['--http1.0'] : draft.httpVersion === '2' ? [http2Option(draft)] : []),
    ...(draft.tlsMin === undefined ? [] : [`--tlsv${draft.tlsMin}`]),
    ...(draft.tlsMax === undefined ? [] : ['--tls-max', draft.tlsMax]),
    ...(draft.pathAsIs ? ['--path-as-is'] : []),
  ];
  return [
    ...plain.map(quoteShellWord),
    ...bundleOption(draft, around),
    ...files.map(quoteShellWord),
    ...connectOption(draft, around),
  ];
}

/** curl takes one file: several are put together on the way. */
function bundleOption({ cacert }: CallDraft, { fileOf }: FormatSurroundings): string[] {
  const files = [...new Set(cacert.map((name) => fileOf(name, 'certificate') ?? `${name}.pem`))].map(quoteShellWord);
  const [only] = files;
  if (only === undefined) return [];
  return ['--cacert', files.length === 1 ? only : `<(cat ${files.join(' ')})`];
}

/** Over TLS, HTTP/2 is agreed on by ALPN; over plain text it has to be known. */
const http2Option = ({ url }: CallDraft): string => (/^https:/i.test(url) ? '--http2' : '--http2-prior-knowledge');

function connectOption({ url, connectTo }: CallDraft, { addressOf }: FormatSurroundings): string[] {
  if (connectTo === undefined || connectTo === '') return [];
  const address = addressOf(connectTo);
  const target = /^(https?):\/\/([^/?#:@[\]]+)(?::(\d+))?(?=[/?#]|$)/i.exec(url);
  if (address === undefined || target === null) {
    return ['--connect-to', quoteShellWord(`::${bracketed(address ?? connectTo)}:`)];
  }
  const [, scheme = '', host = '', port] = target;
  const at = port ?? (scheme.toLowerCase() === 'https' ? '443' : '80');
  return ['--resolve', quoteShellWord(`${host}:${at}:${bracketed(address)}`)];
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function kubectlExec({ from, container }: CallDraft): string[] {
  if (from === 'outside') return [];
  const [namespace = '', name = ''] = from.split('/');
  return [
    'kubectl',
    'exec',
    `deploy/${name}`,
    '-n',
    namespace,
    ...(container === 'istio-proxy' ? ['-c', container] : []),
    '--',
  ].map(quoteShellWord);
}

/** `Name;` sends it empty, `Name:` takes curl's own away. */
function headerText(name: string, value: string): string {
  if (value !== '') return `${name}: ${value}`;
  return name.endsWith(':') ? name : `${name};`;
}
