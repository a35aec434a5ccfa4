/** Go's url.Parse, as far as webhook messages need it: scheme, port, and the errors. */
import { err, ok, type Result } from '../../base/result.ts';
import { parseAddr } from './netip.ts';
import { goQuote } from './quote.ts';

export interface GoUrl {
  readonly scheme: string;
  readonly port: string;
}

export function parseUrl(text: string): Result<GoUrl, string> {
  const hash = text.indexOf('#');
  const url = hash < 0 ? text : text.slice(0, hash);
  const parsed = parse(url, false);
  if (!parsed.ok) return err(`parse ${goQuote(url)}: ${parsed.error}`);
  const fragment = hash < 0 ? undefined : escapeProblem(text.slice(hash + 1), 'path');
  return fragment === undefined ? parsed : err(`parse ${goQuote(text)}: ${fragment}`);
}

/** url.ParseRequestURI: an absolute URI or an absolute path, without a fragment. */
export function parseRequestUri(text: string): Result<GoUrl, string> {
  const parsed = parse(text, true);
  return parsed.ok ? parsed : err(`parse ${goQuote(text)}: ${parsed.error}`);
}

function parse(url: string, viaRequest: boolean): Result<GoUrl, string> {
  if ([...url].some((character) => character < ' ' || character === '\x7f')) {
    return err('net/url: invalid control character in URL');
  }
  if (url === '' && viaRequest) return err('empty url');
  if (url === '*') return ok({ scheme: '', port: '' });
  if (url.startsWith(':')) return err('missing protocol scheme');
  const scheme = /^[A-Za-z][-A-Za-z0-9+.]*(?=:)/.exec(url)?.[0] ?? '';
  const afterScheme = scheme === '' ? url : url.slice(scheme.length + 1);
  const [rest = ''] = afterScheme.split('?', 1);
  if (!rest.startsWith('/')) {
    if (scheme !== '') return ok({ scheme: scheme.toLowerCase(), port: '' });
    if (viaRequest) return err('invalid URI for request');
    if (/^[^/]*:/.test(rest)) return err('first path segment in URL cannot contain colon');
  }
  const hasAuthority = (scheme !== '' || (!viaRequest && !rest.startsWith('///'))) && rest.startsWith('//');
  const slash = hasAuthority ? rest.indexOf('/', 2) : 0;
  const authority = hasAuthority ? rest.slice(2, slash < 0 ? undefined : slash) : '';
  const path = hasAuthority ? (slash < 0 ? '' : rest.slice(slash)) : rest;
  const port = authorityPort(scheme.toLowerCase(), authority);
  if (!port.ok) return port;
  const problem = escapeProblem(path, 'path');
  return problem === undefined ? ok({ scheme: scheme.toLowerCase(), port: port.value }) : err(problem);
}

function authorityPort(scheme: string, authority: string): Result<string, string> {
  const at = authority.lastIndexOf('@');
  const port = hostPort(scheme, authority.slice(at + 1));
  if (!port.ok || at < 0) return port;
  const user = authority.slice(0, at);
  if (!/^[-A-Za-z0-9._:~!$&'()*+,;=%@]*$/.test(user)) return err('net/url: invalid userinfo');
  const problem = escapeProblem(user, 'path');
  return problem === undefined ? port : err(problem);
}

/** The port of `host`, `host:port` or `[address]:port`. */
function hostPort(scheme: string, host: string): Result<string, string> {
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) return err('invalid IP-literal');
  if (bracket === 0) return literalPort(host);
  // Only databases write several colons; for HTTP everything behind the first is the port.
  const colon = scheme === 'http' || scheme === 'https' ? host.indexOf(':') : host.lastIndexOf(':');
  const port = colon < 0 ? '' : host.slice(colon);
  if (!isPort(port)) return err(`invalid port ${goQuote(port)} after host`);
  const problem = escapeProblem(host, 'host');
  return problem === undefined ? ok(port.slice(1)) : err(problem);
}

const isPort = (text: string) => /^(?::[0-9]*)?$/.test(text);

function literalPort(host: string): Result<string, string> {
  const close = host.lastIndexOf(']');
  if (close < 0) return err("missing ']' in host");
  const port = host.slice(close + 1);
  if (!isPort(port)) return err(`invalid port ${goQuote(port)} after host`);
  const zone = host.indexOf('%25');
  const name = host.slice(1, close);
  const problem = escapeProblem(zone < 0 ? name : host.slice(1, zone), 'host');
  if (problem !== undefined) return err(problem);
  const address = parseAddr(zone < 0 ? name : `${host.slice(1, zone)}%${host.slice(zone + 3, close)}`);
  if (!address.ok) return err(`invalid host: ${address.error}`);
  return address.value.version === 4 ? err('invalid IP-literal') : ok(port.slice(1));
}

/** In hosts an escape may stand only for a byte beyond ASCII, or for the percent sign. */
function escapeProblem(text: string, part: 'host' | 'path'): string | undefined {
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '%') {
      const sequence = text.slice(at, at + 3);
      const ascii = /^%[0-7]/.test(sequence) && sequence !== '%25';
      if (!/^%[0-9a-fA-F]{2}$/.test(sequence) || (part === 'host' && ascii)) {
        return `invalid URL escape ${goQuote(sequence)}`;
      }
      at += 2;
    } else if (part === 'host' && character < '\x80' && !/[-A-Za-z0-9._~!$&'()*+,;=:[\]<>"]/.test(character)) {
      return `invalid character ${goQuote(character)} in host name`;
    }
  }
  return undefined;
}
