/** The examples about CAs: how each of their calls ends, and what follows when cert-manager renews a copied root. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inProcessClient } from '../../worker/inProcess.ts';
import { type ExampleManifest, splitPem } from './examples.ts';
import { toCall } from './toCall.ts';
import { EMPTY_DRAFT, type PemEntry } from './workspace.ts';

const DAY = 86_400_000;

async function outcomes(slug: string, days = 0, change = (text: string): string => text) {
  const folder = `src/scenarios/catalog/${slug}`;
  const read = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');
  const manifest = JSON.parse(read('workspace.json')) as ExampleManifest;
  const names = [...new Set(manifest.calls.flatMap(({ cacert = [], cert }) => [...cacert, ...(cert ? [cert] : [])]))];
  const pems = Object.fromEntries(names.map((name): [string, PemEntry] => [name, splitPem(read(`pems/${name}.pem`))]));
  const world = { ...manifest, pems, tokens: {} };
  const client = inProcessClient();
  const opened = await client.ask({
    kind: 'open-workspace',
    revision: 1,
    files: manifest.files.map((name) => ({ name, text: change(read(name)) })),
    options: { now: Date.parse(manifest.now) + days * DAY, seed: manifest.seed, addresses: manifest.addresses },
  });
  const ends: Record<string, number> = {};
  for (const draft of manifest.calls) {
    const call = toCall({ ...EMPTY_DRAFT, ...draft }, world);
    if (!call.ok) throw new Error(`${draft.id}: ${call.error.kind}`);
    const sent = await client.ask({ kind: 'send', revision: 1, call: call.value });
    if (sent.kind !== 'answer' || sent.answer.trace.outcome.kind !== 'http') throw new Error(draft.id);
    const { status, curlExit } = sent.answer.trace.outcome;
    ends[draft.id] = curlExit === 0 ? status : curlExit;
  }
  const refused = opened.kind === 'answer' ? opened.answer.diagnostics.map(({ params }) => params.message) : [];
  const authorities = opened.kind === 'answer' ? opened.answer.graph.authorities : [];
  return { ends, refused, authorities };
}

const TENANTS = {
  'foo-to-foo': 200,
  'foo-to-bar': 503,
  'bar-to-foo': 503,
  'no-sidecar': 200,
  'proxy-container': 200,
  'ingress-to-foo': 503,
};

describe('tenants with signers of their own', () => {
  it('each talks within itself, and in plain text with everybody', async () => {
    expect(await outcomes('custom-ca')).toMatchObject({ ends: TENANTS, refused: [] });
  });

  it('has each CA from a self-signed issuer by way of a Certificate and its Secret', async () => {
    const { authorities } = await outcomes('custom-ca');
    const foo = authorities.find(({ name }) => name === 'CN=foo');
    expect(foo?.certifies).toEqual(['foo/httpbin', 'foo/curl']);
    expect(foo?.provenance?.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'ClusterIssuer foo',
      'Secret cert-manager/foo-ca-selfsigned',
      'Certificate cert-manager/foo-ca',
      'ClusterIssuer selfsigned-foo-issuer',
    ]);
  });

  it('stops altogether once cert-manager has renewed the CAs whose roots were copied', async () => {
    const { ends, refused } = await outcomes('custom-ca', 45);
    expect(ends).toEqual({ ...TENANTS, 'foo-to-foo': 503 });
    expect(refused).toEqual([expect.stringContaining('certificate signed by unknown authority')]);
  });

  it.each([
    [
      'signer that istiod may not approve',
      (text: string) => text.replace('      - clusterissuers.cert-manager.io/foo\n', ''),
      'user not permitted to approve requests with signerName "clusterissuers.cert-manager.io/foo"',
    ],
    [
      'feature gate switched off',
      (text: string) => text.replace(/ *- --feature-gates=.*\n/, ''),
      'clusterissuers.cert-manager.io/foo',
    ],
    [
      'issuer that is not there',
      (text: string) => text.replace('  name: foo\nspec:\n  ca:', '  name: other\nspec:\n  ca:'),
      'Referenced ClusterIssuer /foo not found',
    ],
    [
      'root that mesh configuration does not have',
      (text: string) => text.replace('      certSigners:\n      - clusterissuers.cert-manager.io/foo\n', ''),
      'failed to find root cert from either signed cert-chain or mesh config',
    ],
  ])('%s: no proxy of foo gets a certificate', async (_, change, message) => {
    const { ends, refused } = await outcomes('custom-ca', 0, change);
    expect(ends['foo-to-foo']).toBe(503);
    expect(refused).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
  });
});

describe('a chain of trust', () => {
  it('leads callers to its root or to a certificate that they were given', async () => {
    const { ends, refused } = await outcomes('certificate-chain');
    expect(ends).toEqual({
      'trusts-root': 200,
      'trusts-intermediate': 200,
      'no-root': 60,
      'wrong-name': 60,
      'no-secret': 35,
    });
    expect(refused).toContainEqual(expect.stringContaining('"ca-issuer" not found'));
  });
});
