/**
 * Takes secrets out of what is stored or shared: private keys (PEM, or PEM in base64 as Secrets
 * carry it), signatures of JWTs, credentials in headers and URLs, and every other value of a
 * `kind: Secret` that is not a certificate. What `isPublic` knows (the keys that ship with an
 * example) stays. What was taken out is told with its place, never with its content.
 *
 * Line by line on the text, because text is the source of truth and may not even parse. It errs on
 * the side of taking out. Redacting twice changes nothing.
 */
import type { LocalizedText } from '../../base/localizedText.ts';
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import { takeSecretValues } from './secretValues.ts';
import type { CallDraft, PemEntry, SavedCall, Workspace } from './workspace.ts';

export const REDACTED = 'REDACTED';

export interface Redaction<T> {
  readonly value: T;
  readonly found: readonly Found[];
}

export interface Found {
  readonly what: 'key' | 'secret' | 'token' | 'credential';
  readonly where: Place;
}

export type Place =
  | { readonly kind: 'text'; readonly line: number }
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'call'; readonly name: LocalizedText }
  | { readonly kind: 'pem' | 'token'; readonly name: string };

type IsPublic = (secret: string) => boolean;

const PEM_KEY = /-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$(?![\s\S]))/g;
const BASE64_RUN = /[A-Za-z0-9+/]{40,}={0,2}/g;
const JWT = /\b(eyJ[\w-]{4,}\.eyJ[\w-]{4,})\.(?!REDACTED\b)[\w-]{4,}/g;
const SCHEME = /^(?:Bearer|Basic|Token|Digest|Negotiate)\s+/i;
const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/[^/@:\s]*:)([^/@\s]+)@/i;

export function redactText(text: string, isPublic: IsPublic): Redaction<string> {
  const found: Found[] = [];
  const lineOf = lineFinder(text);
  const take = (what: Found['what'], secret: string, rest = REDACTED): string => {
    if (isPublic(secret)) return secret;
    found.push({ what, where: { kind: 'text', line: lineOf(secret) } });
    return rest;
  };
  const value = takeSecretValues(text, (secret) => (staysInSecret(secret) ? secret : take(whatIs(secret), secret)))
    .replace(PEM_KEY, (key) => take('key', key))
    .replace(BASE64_RUN, (run) => (holdsPrivateKey(run) ? take('key', run) : run))
    .replace(JWT, (token: string, claims: string) => take('token', token, `${claims}.${REDACTED}`));
  return { value, found };
}

export function redactWorkspace(workspace: Workspace, isPublic: IsPublic): Redaction<Workspace> {
  const found: Found[] = [];
  const text = (value: string, place: (line: number) => Place): string => {
    const redacted = redactText(value, isPublic);
    for (const { what, where } of redacted.found) {
      found.push({ what, where: place(where.kind === 'text' ? where.line : 1) });
    }
    return redacted.value;
  };
  const file = ({ name, text: body }: WorkspaceFileText): WorkspaceFileText => ({
    name,
    text: text(body, (line) => ({ kind: 'file', file: name, line })),
  });
  const pem = ([name, entry]: readonly [string, PemEntry]): [string, PemEntry] => {
    const { key, ...rest } = entry;
    if (key === undefined || isPublic(key)) return [name, entry];
    found.push({ what: 'key', where: { kind: 'pem', name } });
    return [name, rest];
  };
  const call = (saved: SavedCall): SavedCall => {
    const place: Place = { kind: 'call', name: saved.name };
    const redacted = redactDraft(saved, (value) => text(value, () => place));
    for (let count = 0; count < redacted.count; count++) found.push({ what: 'credential', where: place });
    return { ...saved, ...redacted.draft };
  };
  const { world } = workspace;
  const value: Workspace = {
    ...workspace,
    files: workspace.files.map(file),
    calls: workspace.calls.map(call),
    world: {
      ...world,
      pems: Object.fromEntries(Object.entries(world.pems).map(pem)),
      tokens: Object.fromEntries(
        Object.entries(world.tokens).map(([name, token]) => [name, text(token, () => ({ kind: 'token', name }))]),
      ),
    },
  };
  return { value, found };
}

/** Credentials of a call that is not saved yet. */
export function redactDraft(
  { headers, url }: Pick<CallDraft, 'headers' | 'url'>,
  text: (value: string) => string,
): { readonly draft: Pick<CallDraft, 'headers' | 'url'>; readonly count: number } {
  let count = 0;
  const cleanHeaders = headers.map(([name, value]): readonly [string, string] => {
    const cleaned = text(value);
    if (cleaned !== value || !/^((proxy-)?authorization|cookie)$/i.test(name)) return [name, cleaned];
    const [scheme = ''] = SCHEME.exec(value) ?? [];
    const credential = value.slice(scheme.length);
    if (credential === '' || credential.includes(REDACTED)) return [name, value];
    count++;
    return [name, `${scheme}${REDACTED}`];
  });
  const cleanUrl = text(url).replace(USER_INFO, (all, head: string, password: string) => {
    if (password === REDACTED) return all;
    count++;
    return `${head}${REDACTED}@`;
  });
  return { draft: { headers: cleanHeaders, url: cleanUrl }, count };
}

/** Asks where a secret stood in the text before anything was taken out; cheap when asked in order. */
function lineFinder(text: string): (secret: string) => number {
  let from = 0;
  let line = 1;
  return (secret) => {
    const [first = ''] = secret.split('\n');
    let at = text.indexOf(first, from);
    if (at < 0) {
      at = text.indexOf(first);
      if (at < 0) return 1;
      from = 0;
      line = 1;
    }
    for (let next = text.indexOf('\n', from); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++;
    from = at;
    return line;
  };
}

/** Certificates are for everybody; keys in the clear are found as such. */
const staysInSecret = (value: string): boolean =>
  value === '' ||
  value.includes(REDACTED) ||
  holdsOnlyCertificates(value) ||
  /BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(value);

const whatIs = (value: string): Found['what'] => (holdsPrivateKey(value) ? 'key' : 'secret');

const holdsPrivateKey = (base64: string): boolean => decode(base64).includes('PRIVATE KEY-----');

function holdsOnlyCertificates(value: string): boolean {
  const text = decode(value);
  return `${value}${text}`.includes('BEGIN CERTIFICATE-----') && !`${value}${text}`.includes('PRIVATE KEY-----');
}

function decode(text: string): string {
  const base64 = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return '';
  try {
    return atob(base64.slice(0, base64.length - (base64.replace(/=+$/, '').length % 4 === 1 ? 1 : 0)));
  } catch {
    return '';
  }
}
