/** Gateways that run on while the text changes, through the protocol: what was pushed to them is kept for later calls. */
import { expect, it } from 'vitest';
import { fineCall, gallery } from '../testing/galleryExample.ts';
import { inProcessClient } from './inProcess.ts';
import type { EngineQuery, GatewayMomentName } from './protocol.ts';
import type { SecretHold } from './sdsView.ts';

const CALL = fineCall();

/** The Secrets under other names, letter by letter as somebody types. */
const renamed = (suffix: string) => (text: string) =>
  text.replace(/(kind: Secret\nmetadata:\s*\{?\s*name: [\w-]+)/g, `$1${suffix}`);

function running() {
  const client = inProcessClient();
  let revision = 0;
  let before: readonly SecretHold[] = [];
  return {
    async becomes(edit: (text: string) => string) {
      revision += 1;
      const query: EngineQuery = {
        kind: revision === 1 ? 'open-workspace' : 'update',
        revision,
        ...gallery(edit),
      };
      await client.ask(query);
      const reply = await client.ask({ kind: 'sds-pushes', revision, before });
      if (reply.kind !== 'answer' || reply.answer === undefined) throw new Error(reply.kind);
      before = reply.answer.holds;
    },
    async exit(gateways?: GatewayMomentName) {
      const reply = await client.ask({
        kind: 'send',
        revision,
        call: CALL,
        ...(gateways === undefined ? {} : { gateways }),
      });
      const outcome = reply.kind === 'answer' ? reply.answer?.trace.outcome : undefined;
      return outcome?.kind === 'http' ? outcome.curlExit : undefined;
    },
  };
}

it('keeps what was loaded at the first text over all that follow', async () => {
  const mesh = running();
  await mesh.becomes((text) => text);
  expect(await mesh.exit()).toBe(0);
  for (const suffix of ['-o', '-ot', '-other']) await mesh.becomes(renamed(suffix));
  expect([await mesh.exit(), await mesh.exit('running'), await mesh.exit('starting')]).toEqual([35, 0, 7]);
  await mesh.becomes((text) => text);
  expect([await mesh.exit(), await mesh.exit('running'), await mesh.exit('starting')]).toEqual([0, 0, 0]);
});
