/**
 * Takes secrets out of what is stored or shared: private keys (PEM, or PEM in base64 as Secrets
 * carry it), signatures of JWTs, bearer credentials, and every other value of a `kind: Secret`
 * that is not a certificate. What `isPublic` knows (the keys that ship with an example) stays.
 *
 * Line by line on the text, because text is the source of truth and may not even parse. It errs on
 * the side of taking out. Redacting twice changes nothing.
 */
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import type { CallDraft, PemEntry, SavedCall, Workspace } from './workspace.ts';

export const REDACTED = 'REDACTED';

export interface Redaction<T> {
  readonly value: T;
  /** How many secrets were taken out. */
  readonly count: number;
}

const PEM_KEY = /-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$(?![\s\S]))/g;
const BASE64_RUN = /[A-Za-z0-9+/]{40,}={0,2}/g;
const JWT = /\b(eyJ[\w-]{4,}\.eyJ[\w-]{4,})\.(?!REDACTED\b)[\w-]{4,}/g;
const BEARER = /^((?:Bearer|Basic|Token)\s+)(.+)$/i;

export function redactText(text: string, isPublic: (secret: string) => boolean): Redaction<string> {
  let count = 0;
  const take = (secret: string, rest: string): string => {
    if (isPublic(secret)) return secret;
    count++;
    return rest;
  };
  const value = redactSecretDocuments(text, take)
    .replace(PEM_KEY, (key) => take(key, REDACTED))
    .replace(BASE64_RUN, (run) => (holdsPrivateKey(run) ? take(run, REDACTED) : run))
    .replace(JWT, (token: string, claims: string) => take(token, `${claims}.${REDACTED}`));
  return { value, count };
}

export function redactWorkspace(workspace: Workspace, isPublic: (secret: string) => boolean): Redaction<Workspace> {
  let count = 0;
  const text = (value: string): string => {
    const redacted = redactText(value, isPublic);
    count += redacted.count;
    return redacted.value;
  };
  const file = ({ name, text: body }: WorkspaceFileText): WorkspaceFileText => ({ name, text: text(body) });
  const pem = (entry: PemEntry): PemEntry => {
    const { key, ...rest } = entry;
    if (key === undefined || isPublic(key)) return entry;
    count++;
    return rest;
  };
  const call = (saved: SavedCall): SavedCall => ({
    ...saved,
    headers: redactHeaders(saved.headers, text, () => count++),
  });
  const value: Workspace = {
    ...workspace,
    files: workspace.files.map(file),
    calls: workspace.calls.map(call),
    world: {
      ...workspace.world,
      pems: mapValues(workspace.world.pems, pem),
      tokens: mapValues(workspace.world.tokens, text),
    },
  };
  return { value, count };
}

function redactHeaders(
  headers: CallDraft['headers'],
  text: (value: string) => string,
  taken: () => void,
): CallDraft['headers'] {
  return headers.map(([name, value]) => {
    const cleaned = text(value);
    if (cleaned !== value || !/^(proxy-)?authorization$|^cookie$/i.test(name)) return [name, cleaned];
    const credential = BEARER.exec(value);
    if (credential === null || credential[2] === REDACTED) return [name, value];
    taken();
    return [name, `${credential[1]}${REDACTED}`];
  });
}

/** Values below `data:` and `stringData:` of every `kind: Secret` document, but for certificates. */
function redactSecretDocuments(text: string, take: (secret: string, rest: string) => string): string {
  return text
    .split(/^(---.*)$/m)
    .map((document) => (/^kind:\s*["']?Secret["']?\s*(#.*)?$/m.test(document) ? redactData(document, take) : document))
    .join('');
}

function redactData(document: string, take: (secret: string, rest: string) => string): string {
  let depth = -1;
  return document
    .split('\n')
    .map((line) => {
      const indent = line.search(/\S/);
      if (indent < 0) return line;
      if (depth >= 0 && indent <= depth) depth = -1;
      if (/^\s*(data|stringData):\s*(#.*)?\r?$/.test(line)) {
        depth = indent;
        return line;
      }
      if (depth < 0) return line;
      const entry = /^(\s+[\w.\-"']+:\s+)(\S.*?)(\s*\r?)$/.exec(line);
      const [, key = '', value = '', tail = ''] = entry ?? [];
      if (entry === null || value === REDACTED || /^[|>][+-]?\d?$/.test(value)) return line;
      const bare = value.replace(/^(["'])(.*)\1$/, '$2');
      return holdsOnlyCertificates(bare) ? line : `${key}${take(bare, REDACTED) === bare ? value : REDACTED}${tail}`;
    })
    .join('\n');
}

const holdsPrivateKey = (base64: string): boolean => decode(base64).includes('PRIVATE KEY-----');

function holdsOnlyCertificates(value: string): boolean {
  const text = decode(value);
  return text.includes('BEGIN CERTIFICATE-----') && !text.includes('PRIVATE KEY-----');
}

function decode(base64: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return '';
  try {
    return atob(base64.slice(0, base64.length - (base64.replace(/=+$/, '').length % 4 === 1 ? 1 : 0)));
  } catch {
    return '';
  }
}

const mapValues = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
