/** Connections kept open through the protocol: opened, used, closed; with the bytes of their own handshake. */
import { describe, expect, it } from 'vitest';
import { fineCall, GALLERY_NOW, gallery } from '../testing/galleryExample.ts';
import type { Trace } from '../trace/trace.ts';
import { inProcessClient } from './inProcess.ts';
import type { EngineClient, EngineQuery, EngineReply } from './protocol.ts';

const YEAR = 366 * 86_400_000;

const opened = (revision: number, now = GALLERY_NOW, edit = (text: string): string => text): EngineQuery => ({
  kind: 'update',
  revision,
  ...gallery(edit, now),
});

const FINE = fineCall();

async function answer<Q extends EngineQuery>(client: EngineClient, query: Q) {
  const reply: EngineReply<Q['kind']> = await client.ask(query);
  if (reply.kind !== 'answer' || reply.answer === undefined) throw new Error(reply.kind);
  return reply.answer as NonNullable<typeof reply.answer>;
}

const ends = (traces: readonly (Trace | undefined)[]) => traces.map((trace) => trace?.disposition.kind);

async function openFine() {
  const client = inProcessClient();
  await answer(client, opened(1));
  const { connections } = await answer(client, {
    kind: 'connections',
    revision: 1,
    standing: [],
    open: [FINE],
    calls: [],
  });
  return { client, connections, standing: connections.map(({ id }) => id) };
}

describe('connections that the page keeps open', () => {
  it('are the caller’s own and the gateway’s', async () => {
    const { connections } = await openFine();
    expect(
      connections.map(({ byCaller, client, server, openedAt }) => ({ byCaller, client, server, openedAt })),
    ).toEqual([
      { byCaller: false, client: 'istio-system/istio-ingressgateway', server: 'gallery/web', openedAt: GALLERY_NOW },
      { byCaller: true, client: undefined, server: 'istio-system/istio-ingressgateway', openedAt: GALLERY_NOW },
    ]);
  });

  it.each<[string, EngineQuery, Trace['disposition']['kind']]>([
    ['every certificate has run out', opened(2, GALLERY_NOW + 100 * YEAR), 'refused'],
    ['the Secret of the gateway is replaced by one without a CA', opened(2, GALLERY_NOW, exchange), 'failed'],
  ])('carry calls when %s, and new ones fail', async (_, update, end) => {
    const { client, standing } = await openFine();
    await answer(client, update);
    const query = { kind: 'connections', revision: 2, standing, open: [], calls: [FINE] } as const;
    const { connections, calls } = await answer(client, query);
    expect(connections.map(({ end }) => end)).toEqual([undefined, undefined]);
    expect(ends(calls.flatMap(({ over, anew }) => [over, anew]))).toEqual(['served', end]);
    const over = await answer(client, { kind: 'send', revision: 2, call: FINE, standing });
    const anew = await answer(client, { kind: 'send', revision: 2, call: FINE });
    expect(ends([over.trace, anew.trace])).toEqual(['served', end]);
    const named = over.trace.hops.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'tls-handshake' ? step.server.certificateChain : [])),
    );
    const known = over.certificates.map(({ fingerprint }) => fingerprint);
    expect(named.filter((fingerprint) => !known.includes(fingerprint))).toEqual([]);
  });

  it('show the bytes of the handshake they began with', async () => {
    const { client, standing } = await openFine();
    const bytesAt = (revision: number, kept: readonly number[]) =>
      answer(client, { kind: 'handshake', revision, call: FINE, connection: 1, layer: 1, standing: kept });
    const then = await bytesAt(1, []);
    await answer(client, opened(2, GALLERY_NOW + 100 * YEAR));
    const now = await bytesAt(2, standing);
    expect(now.result.kind).toBe('established');
    expect(now.messages).toEqual(then.messages);
    expect((await bytesAt(2, [])).result.kind).toBe('refused');
  });

  it('are closed by no longer being named', async () => {
    const { client, standing } = await openFine();
    const [first] = standing;
    await answer(client, { kind: 'connections', revision: 1, standing: [first ?? 0], open: [], calls: [] });
    const { connections } = await answer(client, { kind: 'connections', revision: 1, standing, open: [], calls: [] });
    expect(connections.map(({ id }) => id)).toEqual([first]);
  });

  it('are not those of calls that stand for themselves', async () => {
    const { client } = await openFine();
    const { trace } = await answer(client, { kind: 'send', revision: 1, call: FINE });
    const earlier = trace.hops.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'tls-handshake' ? [step.earlier] : [])),
    );
    expect(earlier.every((one) => one === undefined)).toBe(true);
  });
});

/** The names of the Secrets `fine` and `untrusted-root` are exchanged. */
function exchange(text: string): string {
  return text
    .replaceAll(/^ {2}name: fine$/gm, '  name: SWAP')
    .replaceAll(/^ {2}name: untrusted-root$/gm, '  name: fine')
    .replaceAll(/^ {2}name: SWAP$/gm, '  name: untrusted-root');
}
