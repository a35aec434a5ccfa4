/**
 * Brings a stored or shared workspace of any earlier schema up to today's, one step a version, and
 * refuses what it does not understand. Input is whatever was in storage: nothing is assumed.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { WORKSPACE_SCHEMA, type Workspace } from './workspace.ts';

export type WorkspaceProblem =
  | { readonly kind: 'not-a-workspace' }
  /** Written by a later version of the studio. */
  | { readonly kind: 'from-the-future'; readonly schema: number };

type Json = { readonly [key: string]: unknown };
type Migration = (older: Json) => Json;

/** `migrations[n]` turns schema n into schema n + 1. */
const migrations: Readonly<Record<number, Migration>> = {};

export function readWorkspace(stored: unknown): Result<Workspace, WorkspaceProblem> {
  if (!isObject(stored) || typeof stored.schema !== 'number') return err({ kind: 'not-a-workspace' });
  if (stored.schema > WORKSPACE_SCHEMA) return err({ kind: 'from-the-future', schema: stored.schema });
  let current: Json = stored;
  for (let schema = stored.schema; schema < WORKSPACE_SCHEMA; schema++) {
    const migrate = migrations[schema];
    if (migrate === undefined) return err({ kind: 'not-a-workspace' });
    current = migrate(current);
  }
  return isWorkspace(current) ? ok(current) : err({ kind: 'not-a-workspace' });
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean =>
  typeof value === 'string' || (isObject(value) && typeof value.en === 'string' && typeof value.ja === 'string');
const isFile = (value: unknown): boolean =>
  isObject(value) && typeof value.name === 'string' && typeof value.text === 'string';
const isExpectation = (value: unknown): boolean =>
  isObject(value) &&
  ['served', 'answered', 'refused', 'failed'].includes(String(value.kind)) &&
  [value.status, value.curlExit].every((number) => number === undefined || Number.isInteger(number)) &&
  [value.servedBy, value.by].every((text) => text === undefined || typeof text === 'string');
const isCall = (value: unknown): boolean =>
  isObject(value) &&
  typeof value.id === 'string' &&
  isText(value.name) &&
  typeof value.from === 'string' &&
  typeof value.url === 'string' &&
  typeof value.method === 'string' &&
  (value.container === 'app' || value.container === 'istio-proxy') &&
  (value.protocol === 'http' || value.protocol === 'tcp') &&
  (value.httpVersion === '1.0' || value.httpVersion === '1.1' || value.httpVersion === '2') &&
  Array.isArray(value.headers) &&
  value.headers.every((header) => Array.isArray(header) && header.length === 2) &&
  Array.isArray(value.cacert) &&
  (value.group === undefined || typeof value.group === 'string') &&
  (value.expect === undefined || isExpectation(value.expect));
const isPosition = (value: unknown): boolean => isObject(value) && Number.isFinite(value.x) && Number.isFinite(value.y);
const isPem = (value: unknown): boolean => isObject(value) && typeof value.certificates === 'string';
const everyValue = (value: unknown, test: (item: unknown) => boolean): boolean =>
  isObject(value) && Object.values(value).every(test);

function isWorkspace(value: Json): value is Json & Workspace {
  const { world } = value;
  return (
    isText(value.name) &&
    Array.isArray(value.files) &&
    value.files.every(isFile) &&
    Array.isArray(value.calls) &&
    value.calls.every(isCall) &&
    everyValue(value.positions, isPosition) &&
    (value.collapsed === undefined ||
      (Array.isArray(value.collapsed) && value.collapsed.every((name) => typeof name === 'string'))) &&
    isObject(world) &&
    typeof world.now === 'string' &&
    Number.isFinite(Date.parse(world.now)) &&
    typeof world.seed === 'string' &&
    everyValue(world.addresses, (address) => typeof address === 'string') &&
    everyValue(world.pems, isPem) &&
    everyValue(world.tokens, (token) => typeof token === 'string')
  );
}
