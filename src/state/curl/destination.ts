/**
 * Where `--resolve` and `--connect-to` send the connection of a URL. Each rule names hosts and ports
 * that it is for, and only the first that fits counts; a rule for another host changes nothing.
 */

export interface Rule {
  readonly option: '--resolve' | '--connect-to';
  readonly text: string;
}

export interface Redirected {
  readonly connectTo?: string;
  /** Rules, or parts of them, that are not followed. */
  readonly ignored: readonly string[];
}

/** `--connect-to` is looked at first: what it names is then resolved, and `--resolve` is for names. */
export function destinationOf(url: string, rules: readonly Rule[]): Redirected {
  const { host, port } = targetOf(url);
  const ignored: string[] = [];
  let connectTo: string | undefined;
  for (const { option, text } of [...rules].sort((a, b) => a.option.localeCompare(b.option))) {
    const parts = option === '--resolve' ? resolveParts(text) : connectToParts(text);
    const fits =
      parts !== undefined &&
      (parts.host === '' || parts.host === '*' || parts.host.toLowerCase() === host) &&
      (parts.port === '' || parts.port === '*' || parts.port === port);
    if (!fits) {
      ignored.push(`${option} ${text}`);
      continue;
    }
    // The second port is where the connection would go instead: it stays that of the URL here.
    if (parts.toPort !== '' && parts.toPort !== port) ignored.push(`${option} …:${parts.toPort}`);
    connectTo ??= parts.to === '' ? undefined : parts.to;
  }
  return { ignored, ...(connectTo === undefined ? {} : { connectTo }) };
}

function targetOf(url: string): { readonly host: string; readonly port: string } {
  const [, scheme = 'http', host = '', port] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/?#@]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?/i.exec(url) ?? [];
  return {
    host: bare(host).toLowerCase(),
    port: port === undefined || port === '' ? (scheme.toLowerCase() === 'https' ? '443' : '80') : port,
  };
}

interface RuleParts {
  readonly host: string;
  readonly port: string;
  readonly to: string;
  readonly toPort: string;
}

/** `[+]HOST:PORT:ADDRESS[,ADDRESS]...`: the first address is tried first. `-HOST:PORT` takes one away. */
function resolveParts(text: string): RuleParts | undefined {
  const match = /^\+?(\[[^\]]*\]|[^:]*):([^:]*):(\[[^\]]*\]|[^,]+)/.exec(text);
  if (match === null || text.startsWith('-')) return undefined;
  return { host: bare(match[1] ?? ''), port: match[2] ?? '', to: bare(match[3] ?? ''), toPort: '' };
}

/** `HOST1:PORT1:HOST2:PORT2`, where each may be empty. */
function connectToParts(text: string): RuleParts | undefined {
  const match = /^(\[[^\]]*\]|[^:]*):([^:]*):(\[[^\]]*\]|[^:]*)(?::([^:]*))?$/.exec(text);
  if (match === null) return undefined;
  return { host: bare(match[1] ?? ''), port: match[2] ?? '', to: bare(match[3] ?? ''), toPort: match[4] ?? '' };
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
