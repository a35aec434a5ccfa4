/** Secrets of FooCorp's gateway: who asks for what, and what each edit pushes while the gateway runs. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import { workloadId } from '../base/ids.ts';
import { identity } from '../testing/tlsParties.ts';
import { inProcessClient } from './inProcess.ts';
import type { SecretHold, SecretPush } from './sdsView.ts';

const EXAMPLE = 'src/scenarios/catalog/foocorp';
const FILES = ['mesh.yaml', 'gateway.yaml', 'credentials.yaml'].map((name) => ({
  name,
  text: readFileSync(`${EXAMPLE}/${name}`, 'utf8'),
}));
const { now, seed } = JSON.parse(readFileSync(`${EXAMPLE}/workspace.json`, 'utf8')) as { now: string; seed: string };
const GATEWAY = workloadId('istio-system', 'istio-ingressgateway');
const FRONTEND = 'kubernetes://frontend-credential';

type Edit = (text: string) => string;
const unchanged: Edit = (text) => text;

/** A studio that has run since the first text. */
function studio() {
  const engine = inProcessClient();
  let revision = 0;
  let holds: readonly SecretHold[] = [];
  let refusals: readonly Diagnostic[] = [];
  const edit = async (change: Edit): Promise<readonly SecretPush[]> => {
    revision += 1;
    const files = FILES.map(({ name, text }) => ({ name, text: change(text) }));
    const options = { now: Date.parse(now), seed };
    await engine.ask({ kind: revision === 1 ? 'open-workspace' : 'update', revision, files, options });
    const reply = await engine.ask({ kind: 'sds-pushes', revision, before: holds });
    if (reply.kind !== 'answer' || reply.answer === undefined) throw new Error(reply.kind);
    holds = reply.answer.holds;
    refusals = reply.answer.refusals;
    return reply.answer.pushes;
  };
  const view = async () => {
    const reply = await engine.ask({ kind: 'sds', revision, workload: GATEWAY });
    if (reply.kind !== 'answer' || reply.answer === undefined) throw new Error(reply.kind);
    return reply.answer;
  };
  return { edit, view, refusals: () => refusals };
}

const short = (pushes: readonly SecretPush[]) => pushes.map(({ kind, name }) => `${kind} ${name}`);

const another = identity('frontend.foocorp.com');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** Replaces values of the first Secret, frontend-credential. */
const set =
  (values: Readonly<Record<string, string>>): Edit =>
  (text) =>
    Object.entries(values).reduce(
      (edited, [key, value]) => edited.replace(new RegExp(`^ {2}${key}: \\S+$`, 'm'), `  ${key}: ${value}`),
      text,
    );
const replaced = set({ cert: base64(another.certificatePem), key: base64(another.keyPem) });
const deleted: Edit = (text) => text.replace('name: frontend-credential\n', 'name: other\n');
const mistyped: Edit = (text) => text.replace('credentialName: frontend-credential', 'credentialName: frontend-cred');
const spoilt = set({ key: base64(another.keyPem) });

describe('what a gateway asks for', () => {
  it('its own identity of the agent, credentials of istiod, the CA under a name of its own', async () => {
    const { edit, view } = studio();
    await edit(unchanged);
    const { secrets, servers } = await view();
    expect(secrets.map(({ name, servedBy, use, state }) => [name, servedBy, use, state])).toEqual([
      ['default', 'istio-agent', 'certificate', 'delivered'],
      ['ROOTCA', 'istio-agent', 'trust-bundle', 'delivered'],
      ...['frontend', 'inventory'].flatMap((service) => [
        [`kubernetes://${service}-credential`, 'istiod', 'certificate', 'delivered'],
        [`kubernetes://${service}-credential-cacert`, 'istiod', 'trust-bundle', 'delivered'],
      ]),
    ]);
    expect(secrets.find(({ name }) => name === `${FRONTEND}-cacert`)?.from).toBe(
      'core/Secret/istio-system/frontend-credential',
    );
    expect(
      servers.map(({ serverNames, presents, verifiesBy, clientCertificate, state }) => ({
        serverNames,
        presents,
        verifiesBy,
        clientCertificate,
        state,
      })),
    ).toEqual(
      ['frontend', 'inventory'].map((service) => ({
        serverNames: [`${service}.foocorp.com`],
        presents: [`kubernetes://${service}-credential`],
        verifiesBy: `kubernetes://${service}-credential-cacert`,
        clientCertificate: 'required',
        state: 'serving',
      })),
    );
  });

  it.each<[string, Edit, string]>([
    ['a Secret that is not there', mistyped, 'waiting'],
    ['a key that does not fit', spoilt, 'refusing'],
  ])('%s concerns its own server only', async (_name, change, state) => {
    const { edit, view } = studio();
    await edit(change);
    const { servers } = await view();
    expect(servers.map((server) => server.state)).toEqual([state, 'serving']);
  });
});

describe('what an edit pushes', () => {
  it('everything at first, then nothing while nothing changes', async () => {
    const { edit } = studio();
    expect(short(await edit(unchanged)).filter((line) => line.startsWith('supplied'))).toHaveLength(6);
    expect(await edit((text) => `${text}\n# a remark\n`)).toEqual([]);
  });

  it('a replaced Secret is swapped while the gateway runs, and so is its return', async () => {
    const { edit } = studio();
    await edit(unchanged);
    const [push, ...more] = await edit(replaced);
    expect(push).toMatchObject({ kind: 'replaced', name: FRONTEND, proxy: GATEWAY, servedBy: 'istiod' });
    expect(push?.before?.digest).not.toBe(push?.now?.digest);
    expect(more).toEqual([]);
    const [back] = await edit(unchanged);
    expect(back).toMatchObject({ kind: 'replaced', before: push?.now, now: push?.before });
  });

  it('a deleted Secret leaves the gateway with what it has, and its return is no news', async () => {
    const { edit } = studio();
    await edit(unchanged);
    const pushes = await edit(deleted);
    expect(short(pushes)).toEqual([`withdrawn ${FRONTEND}`, `withdrawn ${FRONTEND}-cacert`]);
    expect(pushes[0]?.before?.serials).toHaveLength(1);
    expect(await edit(unchanged)).toEqual([]);
  });

  it('a Secret that cannot be loaded is refused, the old one stays, and the next good one replaces it', async () => {
    const { edit } = studio();
    await edit(unchanged);
    const [refused, ...others] = await edit(spoilt);
    expect(refused).toMatchObject({ kind: 'refused', name: FRONTEND });
    expect(refused?.before).toBeDefined();
    expect(others).toEqual([]);
    expect(short(await edit(replaced))).toEqual([`replaced ${FRONTEND}`]);
  });

  it('a name that nobody answers is waited for until it comes', async () => {
    const { edit } = studio();
    await edit(unchanged);
    expect(short(await edit(mistyped)).sort()).toEqual([
      `released ${FRONTEND}`,
      `released ${FRONTEND}-cacert`,
      'waiting kubernetes://frontend-cred',
      'waiting kubernetes://frontend-cred-cacert',
    ]);
    const supplied = await edit((text) =>
      mistyped(text).replace('name: frontend-credential\n', 'name: frontend-cred\n'),
    );
    expect(short(supplied)).toEqual([
      'supplied kubernetes://frontend-cred',
      'supplied kubernetes://frontend-cred-cacert',
    ]);
  });
});

describe('what a gateway refuses', () => {
  it.each<[string, Edit, string, string]>([
    ['a key that does not fit, at the Secret', spoilt, 'credentials.yaml', 'Failed to load private key from <inline>'],
    [
      'two servers of one name, at the Gateway',
      (text) => text.replace('- inventory.foocorp.com\n---', '- default/frontend.foocorp.com\n---'),
      'gateway.yaml',
      'has the same matching rules defined',
    ],
  ])('%s', async (_name, change, file, words) => {
    const { edit, refusals } = studio();
    await edit(unchanged);
    expect(refusals()).toEqual([]);
    await edit(change);
    expect(refusals()).toEqual([
      expect.objectContaining({
        code: 'proxy-nack',
        severity: 'error',
        range: expect.objectContaining({ file }) as unknown,
        params: { proxy: GATEWAY, message: expect.stringContaining(words) as unknown as string },
      }),
    ]);
  });
});
