/**
 * The options of curl by what becomes of them here: followed, harmless (they change what is printed,
 * not what happens), or left out and named. Which ones take a value matters for all of them: a value
 * must never be taken for the URL. Authority: curl 7.88, src/tool_getparam.c.
 */
import type { TlsVersion } from '../../trace/call.ts';
import type { CallDraft } from '../workspace/workspace.ts';

export type DraftPart = Partial<{ -readonly [K in keyof CallDraft]: CallDraft[K] }>;

export interface FollowedOption {
  readonly value: boolean;
  /** `undefined`: not with this value. */
  readonly apply: (value: string, draft: CallDraft, namesOf: FileNames) => DraftPart | undefined;
}

/** What a file on a command line is called here; a bundle may be several. */
export type FileNames = (path: string) => readonly string[];

const header =
  (name: string): FollowedOption['apply'] =>
  (value, { headers }) => ({ headers: [...headers, [name, value]] });

export const FOLLOWED: Readonly<Record<string, FollowedOption>> = {
  '-X': { value: true, apply: (method) => ({ method }) },
  '-H': { value: true, apply: (value, draft) => readHeader(value, draft) },
  '-A': { value: true, apply: header('User-Agent') },
  // A file of cookies is not at hand.
  '-b': {
    value: true,
    apply: (value, draft, names) => (value.includes('=') ? header('Cookie')(value, draft, names) : undefined),
  },
  '-e': { value: true, apply: header('Referer') },
  '-r': { value: true, apply: (range, draft, names) => header('Range')(`bytes=${range}`, draft, names) },
  '--compressed': {
    value: false,
    apply: (_, { headers }) => ({ headers: [...headers, ['Accept-Encoding', 'deflate, gzip, br, zstd']] }),
  },
  '-I': { value: false, apply: () => ({ method: 'HEAD' }) },
  '-k': { value: false, apply: () => ({ insecure: true }) },
  '--cacert': { value: true, apply: (file, _, namesOf) => ({ cacert: file.split(',').flatMap(namesOf) }) },
  '--cert': { value: true, apply: (file, _, namesOf) => one(namesOf(withoutPassword(file)), (cert) => ({ cert })) },
  '-0': { value: false, apply: () => ({ httpVersion: '1.0' }) },
  '--http1.1': { value: false, apply: () => ({ httpVersion: '1.1' }) },
  '--http2-prior-knowledge': { value: false, apply: () => ({ httpVersion: '2' }) },
  '--path-as-is': { value: false, apply: () => ({ pathAsIs: true }) },
  '--tls-max': { value: true, apply: (version) => (isTlsVersion(version) ? { tlsMax: version } : undefined) },
  '--tlsv1.0': { value: false, apply: () => ({ tlsMin: '1.0' }) },
  '--tlsv1.1': { value: false, apply: () => ({ tlsMin: '1.1' }) },
  '--tlsv1.2': { value: false, apply: () => ({ tlsMin: '1.2' }) },
  '--tlsv1.3': { value: false, apply: () => ({ tlsMin: '1.3' }) },
  '--oauth2-bearer': { value: true, apply: (token, draft) => readHeader(`Authorization: Bearer ${token}`, draft) },
  '--url': { value: true, apply: (url) => ({ url }) },
};

export const ALIASES: Readonly<Record<string, string>> = {
  '--request': '-X',
  '--header': '-H',
  '--user-agent': '-A',
  '--cookie': '-b',
  '--referer': '-e',
  '--range': '-r',
  '--head': '-I',
  '--insecure': '-k',
  '-E': '--cert',
  '--http1.0': '-0',
  '-1': '--tlsv1.0',
  '--tlsv1': '--tlsv1.0',
};

/** They change what is printed, or how curl looks for what is here anyway. */
export const HARMLESS: ReadonlySet<string> = new Set([
  ...['-s', '-S', '-v', '-i', '-g', '-#', '-N', '-4', '-a', '-J', '-O', '-p', '-R', '-q'],
  ...['--silent', '--show-error', '--verbose', '--include', '--no-buffer', '--globoff', '--progress-bar'],
  ...['--no-progress-meter', '--ipv4', '--remote-name', '--remote-header-name', '--no-keepalive', '--disable'],
  ...['--cert-status', '--no-alpn-warning', '--create-dirs', '--no-sessionid', '--fail-early'],
]);

export const HARMLESS_WITH_VALUE: ReadonlySet<string> = new Set([
  ...['-o', '-w', '-D', '-c'],
  ...['--output', '--write-out', '--stderr', '--dump-header', '--cookie-jar', '--trace', '--trace-ascii'],
  ...['--output-dir', '--keepalive-time', '--cert-type', '--key-type', '--limit-rate', '--noproxy'],
]);

/** Left out and named, each with a value. */
export const UNFOLLOWED_WITH_VALUE: ReadonlySet<string> = new Set([
  ...['-d', '-F', '-T', '-u', '-x', '-m', '-K', '-C', '-P', '-Q', '-t', '-U', '-y', '-Y', '-z'],
  ...['--data', '--data-raw', '--data-binary', '--data-ascii', '--data-urlencode', '--form', '--form-string', '--json'],
  ...['--upload-file', '--user', '--proxy', '--proxy-user', '--preproxy', '--socks4', '--socks4a', '--socks5'],
  ...['--socks5-hostname', '--interface', '--local-port', '--dns-servers', '--doh-url', '--unix-socket'],
  ...['--abstract-unix-socket', '--ciphers', '--tls13-ciphers', '--curves', '--capath', '--crlfile', '--pass'],
  ...['--pinnedpubkey', '--proxy-cacert', '--proxy-cert', '--proxy-key', '--engine', '--config', '--continue-at'],
  ...['--max-time', '--connect-timeout', '--expect100-timeout', '--retry', '--retry-delay', '--retry-max-time'],
  ...['--speed-limit', '--speed-time', '--max-redirs', '--proto', '--proto-redir', '--proto-default'],
  ...['--time-cond', '--aws-sigv4', '--request-target', '--haproxy-clientip', '--alt-svc', '--hsts', '--url-query'],
]);

/** Short options whose value may be attached. */
export const VALUED_SHORT = 'XHAbeErdFTuxowmDcKCPQtUyYz';

/** `Authorization: Bearer $NAME` names a token of the workspace. */
function readHeader(text: string, draft: CallDraft): DraftPart | undefined {
  const token = /^authorization:\s*bearer\s+\$\{?([\w-]+)\}?$/i.exec(text)?.[1];
  if (token !== undefined) return { token };
  // A file of headers is not at hand.
  if (text.startsWith('@')) return undefined;
  return { headers: [...draft.headers, ...parseHeader(text)] };
}

function parseHeader(text: string): [string, string][] {
  const colon = text.indexOf(':');
  if (colon > 0) {
    const value = text.slice(colon + 1).trim();
    // `-H 'Name:'` takes curl's own header away.
    return [[value === '' ? text.slice(0, colon + 1).trim() : text.slice(0, colon).trim(), value]];
  }
  // `-H 'Name;'` sends the header empty; anything else without colon sends nothing.
  return text.endsWith(';') ? [[text.slice(0, -1).trim(), '']] : [];
}

const one = (names: readonly string[], make: (name: string) => DraftPart): DraftPart | undefined =>
  names[0] === undefined ? undefined : make(names[0]);

/** `--cert FILE:PASSWORD`; a drive letter is no password. */
const withoutPassword = (file: string): string => file.replace(/^(.[^:]+):[^\\/]*$/, '$1');

const isTlsVersion = (value: string): value is TlsVersion => /^1\.[0-3]$/.test(value);
