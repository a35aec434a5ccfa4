/** Go's url.Parse, as far as webhook messages need it: scheme, port, and the errors. */
import { err, ok, type Result } from '../../../base/result.ts';
import { goQuote } from './quote.ts';

export interface GoUrl {
  readonly scheme: string;
  readonly port: string;
}

export function parseUrl(text: string): Result<GoUrl, string> {
  const hash = text.indexOf('#');
  const url = hash < 0 ? text : text.slice(0, hash);
  const parsed = parse(url);
  if (!parsed.ok) return err(`parse ${goQuote(url)}: ${parsed.error}`);
  const fragment = hash < 0 ? undefined : escapeProblem(text.slice(hash + 1), 'path');
  return fragment === undefined ? parsed : err(`parse ${goQuote(text)}: ${fragment}`);
}

function parse(url: string): Result<GoUrl, string> {
  if ([...url].some((character) => character < ' ' || character === '\x7f')) {
    return err('net/url: invalid control character in URL');
  }
  if (url.startsWith(':')) return err('missing protocol scheme');
  const scheme = /^[A-Za-z][-A-Za-z0-9+.]*(?=:)/.exec(url)?.[0] ?? '';
  const afterScheme = scheme === '' ? url : url.slice(scheme.length + 1);
  const [rest = ''] = afterScheme.split('?', 1);
  if (!rest.startsWith('/')) {
    if (scheme !== '') return ok({ scheme: scheme.toLowerCase(), port: '' });
    if (/^[^/]*:/.test(rest)) return err('first path segment in URL cannot contain colon');
  }
  const hasAuthority = (scheme !== '' || !rest.startsWith('///')) && rest.startsWith('//');
  const slash = hasAuthority ? rest.indexOf('/', 2) : 0;
  const authority = hasAuthority ? rest.slice(2, slash < 0 ? undefined : slash) : '';
  const path = hasAuthority ? (slash < 0 ? '' : rest.slice(slash)) : rest;
  const port = authorityPort(authority);
  if (!port.ok) return port;
  const problem = escapeProblem(path, 'path');
  return problem === undefined ? ok({ scheme: scheme.toLowerCase(), port: port.value }) : err(problem);
}

function authorityPort(authority: string): Result<string, string> {
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const bracket = host.includes('[');
  const close = host.lastIndexOf(']');
  if (bracket && close < 0) return err("missing ']' in host");
  const colon = bracket ? close + 1 : host.lastIndexOf(':');
  const colonPort = bracket || colon >= 0 ? host.slice(colon) : '';
  if (!/^(?::[0-9]*)?$/.test(colonPort)) return err(`invalid port ${goQuote(colonPort)} after host`);
  const name = bracket ? '' : host.slice(0, colon < 0 ? undefined : colon);
  const problem = escapeProblem(name, 'host');
  if (problem !== undefined) return err(problem);
  if (at >= 0 && !/^[-A-Za-z0-9._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, at))) {
    return err('net/url: invalid userinfo');
  }
  return ok(colonPort.slice(1));
}

function escapeProblem(text: string, part: 'host' | 'path'): string | undefined {
  for (let i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 3)) {
    const sequence = text.slice(i, i + 3);
    if (!/^%[0-9a-fA-F]{2}$/.test(sequence)) return `invalid URL escape ${goQuote(sequence)}`;
  }
  if (part === 'path') return undefined;
  const bad = /[^-A-Za-z0-9._~!$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}]/u.exec(text)?.[0];
  return bad === undefined ? undefined : `invalid character ${goQuote(bad)} in host name`;
}
