/** The token bench through the protocol: mint, judge, and make a rule trust the mesh's issuer. */
import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../base/ids.ts';
import { inProcessClient } from './inProcess.ts';
import type { EngineClient, EngineQuery, EngineReply } from './protocol.ts';
import type { Breakage } from './tokenView.ts';

const MESH = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: tokens, namespace: shop}
spec:
  jwtRules:
  - issuer: https://accounts.example
    audiences: [shop]
    jwksUri: https://accounts.example/keys
`;
const now = Date.UTC(2026, 10, 23);
const CLAIMS = { iss: 'https://accounts.example', sub: 'alice', aud: 'shop', exp: now / 1000 + 3600 };
const at = 'shop/web' as WorkloadId;

async function ask<Q extends EngineQuery>(client: EngineClient, query: Q) {
  const reply: EngineReply<Q['kind']> = await client.ask(query);
  return reply.kind === 'answer' ? reply.answer : expect.fail(JSON.stringify(reply));
}

const update = (revision: number, text: string) =>
  ({ kind: 'update', revision, files: [{ name: 'a.yaml', text }], options: { now, seed: 'bench' } }) as const;

/** A mesh whose rule holds the key of the mesh's issuer, by the edit that the bench proposes. */
async function trustingMesh() {
  const client = inProcessClient();
  await ask(client, update(1, MESH));
  const before = await ask(client, { kind: 'inspect-token', revision: 1, at, token: '' });
  const edit = before?.rules[0]?.trustEdit ?? expect.fail('no edit');
  await ask(client, update(2, MESH.slice(0, edit.start) + edit.text + MESH.slice(edit.end)));
  const mint = async (breakage?: Breakage) => {
    const minted = await ask(client, {
      kind: 'mint-token',
      revision: 2,
      issuer: CLAIMS.iss,
      claims: JSON.stringify(CLAIMS),
      ...(breakage === undefined ? {} : { breakage }),
    });
    return minted?.kind === 'minted' ? minted.token : expect.fail('not minted');
  };
  const inspect = (token: string) => ask(client, { kind: 'inspect-token', revision: 2, at, token });
  return { client, before, mint, inspect };
}

describe('the token bench', () => {
  it('proposes the edit that makes a rule trust the issuer of the mesh', async () => {
    const { before, inspect } = await trustingMesh();
    expect(before?.rules).toMatchObject([{ keys: 'unreachable', trustsMesh: false, checks: [] }]);
    const [rule] = (await inspect(''))?.rules ?? [];
    expect(rule).toMatchObject({ keys: 'inline', trustsMesh: true, issuer: CLAIMS.iss, audiences: ['shop'] });
    expect(rule).not.toHaveProperty('trustEdit');
    expect(rule?.range?.startLine).toBe(19);
  });

  it('tells what a good token says and that every check passes', async () => {
    const { mint, inspect } = await trustingMesh();
    const view = await inspect(`Bearer ${await mint()}`);
    expect(JSON.parse(view?.payload ?? '')).toEqual(CLAIMS);
    expect(JSON.parse(view?.header ?? '')).toMatchObject({ alg: 'ES256' });
    expect(view?.rules[0]).toMatchObject({ accepted: true, message: 'OK' });
    expect(view?.rules[0]?.checks.every(({ passed }) => passed)).toBe(true);
    expect(view?.rules[0]?.checks.at(-1)?.check).toBe('signature');
  });

  it.each<[Breakage, string]>([
    ['expired', 'expiry'],
    ['not-yet-valid', 'not-before'],
    ['wrong-audience', 'audience'],
    ['other-issuer', 'issuer'],
    ['tampered-payload', 'signature'],
    ['tampered-signature', 'signature'],
    ['unknown-key', 'signature'],
    ['unknown-key-id', 'matching-key'],
    // An empty third part is no part, before anybody reads the algorithm.
    ['alg-none', 'form'],
    ['alg-none-with-signature', 'algorithm'],
    ['cut-off', 'form'],
  ])('a token broken as %s fails the check %s', async (breakage, check) => {
    const { mint, inspect } = await trustingMesh();
    const view = await inspect(await mint(breakage));
    expect(view?.rules[0]?.accepted).toBe(false);
    expect(view?.rules[0]?.checks.filter(({ passed }) => !passed).map((failed) => failed.check)).toEqual([check]);
  });

  it('refuses claims that are no JSON object', async () => {
    const { client } = await trustingMesh();
    for (const claims of ['{', '[]', 'null', '"x"']) {
      expect(await ask(client, { kind: 'mint-token', revision: 2, issuer: 'i', claims })).toEqual({
        kind: 'claims-not-an-object',
      });
    }
  });

  it('has nothing to say of a workload that has no proxy', async () => {
    const { client } = await trustingMesh();
    const query = { kind: 'inspect-token', revision: 2, at: 'shop/nobody' as WorkloadId, token: '' } as const;
    expect(await ask(client, query)).toBeUndefined();
  });
});
