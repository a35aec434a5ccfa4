/**
 * Writes a draft as the curl command line that would do the same, ready for a terminal; calls from
 * a workload are wrapped in `kubectl exec`. `parseCurl` reads it back to the same draft.
 */
import type { CallDraft } from '../workspace/workspace.ts';
import { quoteShellWord } from './shellWords.ts';

export function formatCurl(draft: CallDraft): string {
  return [
    ...kubectlExec(draft),
    'curl',
    ...curlOptions(draft),
    draft.protocol === 'tcp' ? `telnet://${draft.url}` : draft.url,
  ]
    .map(quoteShellWord)
    .join(' ');
}

/** The options only: what the request bar shows beside method and URL. */
export function curlOptions(draft: CallDraft): string[] {
  if (draft.protocol === 'tcp') return connectOption(draft);
  return [
    ...(draft.method === 'GET' || draft.method === '' ? [] : draft.method === 'HEAD' ? ['-I'] : ['-X', draft.method]),
    ...draft.headers.flatMap(([name, value]) => ['-H', value === '' ? `${name};` : `${name}: ${value}`]),
    ...(draft.token === undefined ? [] : ['-H', `Authorization: Bearer $${draft.token}`]),
    ...(draft.cacert.length === 0 ? [] : ['--cacert', draft.cacert.map((name) => `${name}.pem`).join(',')]),
    ...(draft.cert === undefined ? [] : ['--cert', `${draft.cert}.pem`]),
    ...(draft.insecure ? ['-k'] : []),
    ...(draft.httpVersion === '1.0' ? ['--http1.0'] : draft.httpVersion === '2' ? ['--http2-prior-knowledge'] : []),
    ...(draft.tlsMax === undefined ? [] : ['--tls-max', draft.tlsMax]),
    ...(draft.pathAsIs ? ['--path-as-is'] : []),
    ...connectOption(draft),
  ];
}

const connectOption = ({ connectTo }: CallDraft): string[] =>
  connectTo === undefined || connectTo === ''
    ? []
    : ['--connect-to', `::${connectTo.includes(':') ? `[${connectTo}]` : connectTo}:`];

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
  ];
}
