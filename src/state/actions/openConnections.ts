/**
 * Connections that stay open while clock and text change: opened by sending saved calls, closed one
 * by one. The page owns their numbers; each question brings an account of them, and of what becomes
 * of the saved calls over them and anew.
 */
import { type Language, localize } from '../../base/localizedText.ts';
import type { Call } from '../../trace/call.ts';
import type { ConnectionsView } from '../../worker/connectionsView.ts';
import type { Studio } from '../studio.ts';
import { toCall } from '../workspace/toCall.ts';
import { repeatCall } from './sendCall.ts';
import { patch } from './update.ts';

/** Each is made twice. */
const CALL_LIMIT = 60;

/** The saved calls, by the names that the reader gave them. */
export function savedCalls({ store }: Studio, language: Language): readonly Call[] {
  const { calls, world } = store.getState().workspace;
  return calls.flatMap((saved) => {
    const call = toCall(saved, world, localize(saved.name, language));
    return call.ok ? [call.value] : [];
  });
}

/** Opens those that saved calls need; undefined: the mesh changed meanwhile. */
export async function askConnections(
  studio: Studio,
  language: Language,
  { open = false, signal }: { readonly open?: boolean; readonly signal?: AbortSignal } = {},
): Promise<ConnectionsView | undefined> {
  const { engine, connections } = studio.store.getState();
  const calls = savedCalls(studio, language).slice(0, CALL_LIMIT);
  const query = { kind: 'connections', revision: engine.revision, standing: connections.standing, calls } as const;
  const reply = await studio.engine.ask({ ...query, open: open ? calls : [] }, signal);
  if (reply.kind !== 'answer' || reply.answer === undefined) return undefined;
  const standing = reply.answer.connections.map(({ id }) => id);
  if (studio.store.getState().connections.standing === connections.standing && open) {
    patch(studio, 'connections', { standing });
    await repeatCall(studio);
  }
  return reply.answer;
}

export async function closeConnections(studio: Studio, ids: readonly number[]): Promise<void> {
  const { standing } = studio.store.getState().connections;
  patch(studio, 'connections', { standing: standing.filter((id) => !ids.includes(id)) });
  await repeatCall(studio);
}

/** Calls go over what stands, or each opens its own. */
export async function goOverConnections(studio: Studio, inUse: boolean): Promise<void> {
  patch(studio, 'connections', { inUse });
  await repeatCall(studio);
}
