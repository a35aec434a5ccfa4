/**
 * The error catalogue in time: one edit of a working mesh meets a gateway that runs on, one that has
 * just started, and one that started with the edited text and is ready.
 */
import { describe, expect, it } from 'vitest';
import { callFrom } from '../../conformance/input.ts';
import { type CallOptions, evaluate, gatewaysRunOn } from '../../engine.ts';
import { remedyOf } from '../../i18n/render/remedy.ts';
import { type Base, compiledOf, type Edit, FOOCORP, replace, WORKING } from './play.ts';

const BASE: Base = { file: FOOCORP, call: WORKING };
const SECRET = /apiVersion: v1\nkind: Secret\nmetadata: \{name: frontend-credential[\s\S]*?\n---\n/;

const deleted: Edit = (yaml) => yaml.replace(SECRET, '');
const spoilt: Edit = (yaml) => yaml.replace(SECRET, (secret) => secret.replace(/cert: \S+/, 'cert: Z2FyYmFnZQ=='));
const POD = 'labels: {app: istio-ingressgateway, istio: ingressgateway}\n      annotations';
const andRolledOver =
  (edit: Edit): Edit =>
  (yaml) =>
    edit(replace(POD, POD.replace('}', ', again: "1"}'))(yaml));

type Moment = 'ready' | 'running' | 'starting';

async function play(edits: readonly Edit[], moment: Moment) {
  let running = gatewaysRunOn(new Map(), (await compiledOf(BASE, {})).compiled);
  let text: Edit = (yaml) => yaml;
  for (const edit of edits) {
    const before = text;
    text = (yaml) => edit(before(yaml));
    running = gatewaysRunOn(running, (await compiledOf(BASE, { edit: text })).compiled);
  }
  const { compiled, edited } = await compiledOf(BASE, { edit: text });
  const options: CallOptions =
    moment === 'ready'
      ? {}
      : { gateways: moment === 'running' ? { kind: moment, gateways: running } : { kind: moment } };
  const trace = evaluate(compiled, callFrom(compiled, edited, BASE.call), options);
  const { outcome } = trace;
  if (outcome.kind !== 'http') throw new Error(outcome.kind);
  const kept = trace.hops.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'secret' && step.state === 'kept' ? [step.reason?.code] : [])),
  );
  return { exit: outcome.curlExit, status: outcome.status, remedy: remedyOf(trace), kept };
}

const served = { exit: 0, status: 200, remedy: undefined, kept: [] };

describe('a gateway in time', () => {
  it.each<[string, readonly Edit[], Moment, Awaited<ReturnType<typeof play>>]>([
    ['nothing is edited, and it runs', [], 'running', served],
    ['nothing is edited, and it has just started', [], 'starting', served],
    ['the Secret is deleted', [deleted], 'ready', { ...served, exit: 35, status: 0, remedy: 'supply-the-secret' }],
    [
      'the Secret is deleted under it',
      [deleted],
      'running',
      { ...served, kept: ['secret-not-found', 'secret-not-found'] },
    ],
    [
      'the Secret is deleted, and it starts: nothing listens',
      [deleted],
      'starting',
      { ...served, exit: 7, status: 0, remedy: 'supply-the-secret' },
    ],
    ['the Secret is spoilt', [spoilt], 'ready', { ...served, exit: 35, status: 0, remedy: 'mend-the-secret' }],
    ['the Secret is spoilt under it', [spoilt], 'running', { ...served, kept: ['secret-refused-chain'] }],
    [
      'the Secret is spoilt, and it starts: nobody waits for what came',
      [spoilt],
      'starting',
      { ...served, exit: 35, status: 0, remedy: 'mend-the-secret' },
    ],
    [
      'the Secret is deleted, and other edits follow',
      [deleted, (yaml) => `${yaml}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n`],
      'running',
      { ...served, kept: ['secret-not-found', 'secret-not-found'] },
    ],
    [
      'its pods are replaced with the Secret gone',
      [andRolledOver(deleted)],
      'running',
      { ...served, exit: 35, status: 0, remedy: 'supply-the-secret' },
    ],
  ])('%s (%s)', async (_title, edits, moment, expected) => {
    expect(await play(edits, moment)).toEqual(expected);
  });
});
