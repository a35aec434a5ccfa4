/**
 * Follows what istiod pushes to the gateways that run, edit by edit: the engine compares, the store
 * keeps what the gateways hold and a short log. What the first text brings is logged, but no news.
 */
import type { SecretHold, SecretPush } from '../../worker/sdsView.ts';
import { patch } from '../actions/update.ts';
import type { Studio } from '../studio.ts';

export interface SdsLog {
  readonly holds: readonly SecretHold[];
  /** Newest first. */
  readonly events: readonly SdsEvent[];
  /** The last revision whose pushes are worth telling; absent once they are read. */
  readonly news?: number;
}

export interface SdsEvent {
  readonly id: number;
  readonly revision: number;
  readonly push: SecretPush;
}

export const EMPTY_SDS_LOG: SdsLog = { holds: [], events: [] };

const KEPT = 40;

export async function watchPushes(studio: Studio, revision: number): Promise<void> {
  const { sds: before } = studio.store.getState();
  const reply = await studio.engine.ask({ kind: 'sds-pushes', revision, before: before.holds });
  const { sds, engine } = studio.store.getState();
  // Another workspace has been opened since, or a later text has been compared.
  if (reply.kind !== 'answer' || reply.answer === undefined || sds !== before) return;
  const { holds, pushes, refusals } = reply.answer;
  // What proxies refuse is found by building them: it joins the other findings a little later.
  if (engine.answered === revision && refusals.length > 0) {
    patch(studio, 'engine', { diagnostics: [...engine.diagnostics, ...refusals] });
  }
  const first = (sds.events[0]?.id ?? 0) + 1;
  const events = pushes.map((push, at) => ({ id: first + at, revision, push })).reverse();
  const isNews =
    sds.holds.length > 0 && pushes.some(({ servedBy, kind }) => servedBy === 'istiod' && kind !== 'released');
  studio.store.setState({
    sds: {
      holds,
      events: [...events, ...sds.events].slice(0, KEPT),
      ...(isNews ? { news: revision } : sds.news === undefined ? {} : { news: sds.news }),
    },
  });
}

/**
 * The pushes that are news, the gravest first: what nothing asks for any more is none, and the CA of
 * a credential is not told beside its key when the same became of both.
 */
export function newsOf({ events, news }: SdsLog): readonly SdsEvent[] {
  const fresh = events.filter(({ revision, push }) => revision === news && push.servedBy === 'istiod');
  const told = fresh.filter(({ push }) => push.kind !== 'released' && !isTwin(push, fresh));
  return told.sort((a, b) => GRAVITY.indexOf(a.push.kind) - GRAVITY.indexOf(b.push.kind) || a.id - b.id);
}

const GRAVITY: readonly SecretPush['kind'][] = ['refused', 'waiting', 'withdrawn', 'replaced', 'supplied'];

const isTwin = ({ proxy, name, kind }: SecretPush, all: readonly SdsEvent[]): boolean =>
  all.some(({ push }) => push.proxy === proxy && push.kind === kind && name === `${push.name}-cacert`);
