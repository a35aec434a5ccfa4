/**
 * Brings a stored or shared workspace of any earlier schema up to today's, one step a version, and
 * refuses what it does not understand. Input is whatever was in storage: nothing is assumed.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { isObject, readCalls, readCollapsed, readFiles, readPositions, readText, readWorld } from './readParts.ts';
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
  const workspace = readParts(current);
  return workspace === undefined ? err({ kind: 'not-a-workspace' }) : ok(workspace);
}

function readParts(value: Json): Workspace | undefined {
  const name = readText(value.name);
  const files = readFiles(value.files);
  const calls = readCalls(value.calls);
  const positions = readPositions(value.positions);
  const collapsed = readCollapsed(value);
  const world = readWorld(value.world);
  if (name === undefined || files === undefined || calls === undefined) return undefined;
  if (positions === undefined || collapsed === undefined || world === undefined) return undefined;
  const example = typeof value.example === 'string' ? { example: value.example } : {};
  return { schema: WORKSPACE_SCHEMA, name, ...example, files, calls, positions, ...collapsed, world };
}
