/**
 * The parts of a workspace out of data that anybody may have written: each is built anew from the
 * fields that it has, or refused. Nothing else of the data comes along.
 */
import { isLanguage, type Language, type LocalizedText } from '../../base/localizedText.ts';
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import type { CallDraft, Expectation, PemEntry, Placed, SavedCall, World } from './workspace.ts';

type Json = { readonly [key: string]: unknown };

const NAME_LENGTH = 300;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A name that objects can be asked by: not one that every object answers to. */
const name = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= NAME_LENGTH && !(value in {}) ? value : undefined;

const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined =>
  allowed.find((each) => each === value);

/** Every item, or undefined where one is refused. */
function every<T>(value: unknown, read: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map(read).filter((item) => item !== undefined);
  return items.length === value.length ? items : undefined;
}

export function everyEntry<T>(
  value: unknown,
  read: (item: unknown) => T | undefined,
): Readonly<Record<string, T>> | undefined {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [name(key), read(item)] as const);
  const good = entries.filter((entry): entry is [string, T] => entry[0] !== undefined && entry[1] !== undefined);
  return good.length === entries.length ? Object.fromEntries(good) : undefined;
}

/** Absent is fine, present must be readable: `{ x }`, `{}`, or undefined. */
function optional<K extends string, T>(
  from: Json,
  key: K,
  read: (item: unknown) => T | undefined,
): { readonly [P in K]?: T } | undefined {
  if (from[key] === undefined) return {};
  const item = read(from[key]);
  return item === undefined ? undefined : ({ [key]: item } as { readonly [P in K]?: T });
}

export function readText(value: unknown): LocalizedText | undefined {
  if (typeof value === 'string') return value;
  return isObject(value) && typeof value.en === 'string' && typeof value.ja === 'string'
    ? { en: value.en, ja: value.ja }
    : undefined;
}

export function readFiles(value: unknown): readonly WorkspaceFileText[] | undefined {
  const files = every(value, (file) => {
    if (!isObject(file)) return undefined;
    const called = name(file.name);
    const content = text(file.text);
    return called === undefined || called.trim() === '' || content === undefined
      ? undefined
      : { name: called, text: content };
  });
  // There is always one to type in.
  if (files?.length === 0) return [{ name: 'mesh.yaml', text: '' }];
  const isUnique = files !== undefined && new Set(files.map((file) => file.name)).size === files.length;
  return isUnique ? files : undefined;
}

const readPosition = (value: unknown): Placed | undefined =>
  isObject(value) && Number.isFinite(value.x) && Number.isFinite(value.y)
    ? { x: Number(value.x), y: Number(value.y), ...(value.auto === true ? { auto: true } : {}) }
    : undefined;

export const readPositions = (value: unknown) => everyEntry(value, readPosition);

/** `{ collapsed }`, or `{}` where none is. */
export const readCollapsed = (value: Json) => optional(value, 'collapsed', (names) => every(names, name));

function readPem(value: unknown): PemEntry | undefined {
  if (!isObject(value)) return undefined;
  const certificates = text(value.certificates);
  const key = optional(value, 'key', text);
  const paths = optional(value, 'paths', (items) => every(items, text));
  return certificates === undefined || key === undefined || paths === undefined
    ? undefined
    : { certificates, ...key, ...paths };
}

export function readWorld(value: unknown): World | undefined {
  if (!isObject(value)) return undefined;
  const now = text(value.now);
  const seed = text(value.seed);
  const addresses = everyEntry(value.addresses, text);
  const pems = everyEntry(value.pems, readPem);
  const tokens = everyEntry(value.tokens, text);
  if (now === undefined || !Number.isFinite(Date.parse(now)) || seed === undefined) return undefined;
  return addresses === undefined || pems === undefined || tokens === undefined
    ? undefined
    : { now, seed, addresses, pems, tokens };
}

const readHeader = (value: unknown): readonly [string, string] | undefined => {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [header, content]: readonly unknown[] = value;
  return typeof header === 'string' && typeof content === 'string' ? [header, content] : undefined;
};

const readTls = (value: unknown) => oneOf(value, ['1.0', '1.1', '1.2', '1.3']);
const readFlag = (value: unknown): boolean | undefined =>
  value === undefined ? false : value === true || (value === false ? false : undefined);

export function readDraft(value: unknown): CallDraft | undefined {
  if (!isObject(value)) return undefined;
  const required = {
    from: text(value.from),
    container: oneOf(value.container, ['app', 'istio-proxy']),
    protocol: oneOf(value.protocol, ['http', 'tcp']),
    url: text(value.url),
    method: text(value.method),
    headers: every(value.headers, readHeader),
    cacert: every(value.cacert, name),
    insecure: readFlag(value.insecure),
    httpVersion: oneOf(value.httpVersion, ['1.0', '1.1', '2']),
    pathAsIs: readFlag(value.pathAsIs),
  };
  const options = [
    optional(value, 'token', name),
    optional(value, 'cert', name),
    optional(value, 'connectTo', text),
    optional(value, 'tlsMin', readTls),
    optional(value, 'tlsMax', readTls),
  ];
  if (!isComplete(required) || options.includes(undefined)) return undefined;
  return Object.assign({ ...required }, ...options);
}

type Complete<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };
const isComplete = <T extends object>(parts: T): parts is T & Complete<T> =>
  Object.values(parts).every((part) => part !== undefined);

const readNumber = (value: unknown): number | undefined => (Number.isInteger(value) ? Number(value) : undefined);

function readExpectation(value: unknown): Expectation | undefined {
  if (!isObject(value)) return undefined;
  const kind = oneOf(value.kind, ['served', 'answered', 'refused', 'failed']);
  const options = [
    optional(value, 'status', readNumber),
    optional(value, 'curlExit', readNumber),
    optional(value, 'servedBy', text),
    optional(value, 'by', text),
  ];
  return kind === undefined || options.includes(undefined) ? undefined : Object.assign({ kind }, ...options);
}

function readCall(value: unknown): SavedCall | undefined {
  const draft = readDraft(value);
  if (draft === undefined || !isObject(value)) return undefined;
  const id = name(value.id);
  const called = readText(value.name);
  const options = [
    optional(value, 'note', readText),
    optional(value, 'group', text),
    optional(value, 'expect', readExpectation),
  ];
  if (id === undefined || called === undefined || options.includes(undefined)) return undefined;
  return Object.assign({ ...draft, id, name: called }, ...options);
}

export function readCalls(value: unknown): readonly SavedCall[] | undefined {
  const calls = every(value, readCall);
  return calls !== undefined && new Set(calls.map(({ id }) => id)).size === calls.length ? calls : undefined;
}

export const readLanguage = (value: unknown): Language | undefined => (isLanguage(value) ? value : undefined);
