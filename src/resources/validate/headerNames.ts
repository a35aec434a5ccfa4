/** HTTP header names and values in routes, CORS and claim mappings. */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import { error, type Findings, NOTHING } from './faults.ts';
import { headerFormatProblem } from './headerFormat.ts';

const TOKEN = /^[!#$%&'*+,\-.^_`|~A-Za-z0-9]+$/;
const PSEUDO = [':method', ':scheme', ':authority', ':path', ':status'];

const emptyName = (at: FieldPath) => error(at, 'header name cannot be empty');
const badName = (at: FieldPath, name: string) => error(at, `header name ${name} is not a valid header name`);

export function validateStrictHeaderName(at: FieldPath, name: string): Findings {
  if (name === '') return emptyName(at);
  return /^[-_A-Za-z0-9]+$/.test(name) ? NOTHING : badName(at, name);
}

export function validateProbeHeaderName(at: FieldPath, name: string): Findings {
  if (name === '') return emptyName(at);
  return /^[-A-Za-z0-9]+$/.test(name) ? NOTHING : badName(at, name);
}

export function validateCorsHeaderName(at: FieldPath, name: string): Findings {
  if (name === '') return emptyName(at);
  return name === '*' || TOKEN.test(name) ? NOTHING : badName(at, name);
}

/** `@request.auth.claims.x` or `@request.auth.claims[x][y]`: routing by a claim instead of a header. */
export function isClaimRoutingKey(name: string): boolean {
  const prefix = '@request.auth.claims';
  if (!name.toLowerCase().startsWith(prefix)) return false;
  const rest = name.slice(prefix.length);
  return (rest.startsWith('.') && rest.length > 1) || (rest.startsWith('[') && rest.endsWith(']') && rest.length > 2);
}

export function validateMatchHeaderName(at: FieldPath, name: string): Findings {
  if (name === '') return emptyName(at);
  return isClaimRoutingKey(name) || PSEUDO.includes(name) || TOKEN.test(name) ? NOTHING : badName(at, name);
}

const isHost = (name: string) => name.toLowerCase() === 'host';
export const isAuthority = (name: string): boolean => isHost(name) || name.toLowerCase() === ':authority';

const pseudoPrefix = (at: FieldPath, name: string) =>
  error(at, `invalid header ${goQuote(name)}: header cannot have ":" prefix`);

/** Adding to or setting in a request may name the authority. */
export function validateRequestHeaderOperation(at: FieldPath, name: string): Findings {
  if (name === '') return emptyName(at);
  return name.startsWith(':') && !isAuthority(name) ? pseudoPrefix(at, name) : NOTHING;
}

/** Removing from a request, and any operation on a response. */
export function validateHeaderOperation(at: FieldPath, name: string): Findings {
  if (name === '') return emptyName(at);
  if (isHost(name)) return error(at, `invalid header ${goQuote(name)}: cannot set Host header`);
  return name.startsWith(':') ? pseudoPrefix(at, name) : NOTHING;
}

export function validateHeaderValue(at: FieldPath, value: string): Findings {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (!/^[^\u0000-\u0008\u000a-\u001f\u007f]*$/.test(value)) {
    return error(at, `header value configuration ${value} is invalid`);
  }
  const problem = headerFormatProblem(value);
  return problem === undefined ? NOTHING : error(at, `header value configuration: ${problem}`);
}
