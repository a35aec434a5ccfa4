/** One byte of a certificate is another one: the verdict and the bytes of the handshake change together. */
import { describe, expect, it } from 'vitest';
import { fineCall, GOOD_CHAIN, gallery } from '../testing/galleryExample.ts';
import type { Call } from '../trace/call.ts';
import { inProcessClient } from './inProcess.ts';

/** The first certificate of a PEM text with one bit of the byte at this share of its length turned over. */
function flipped(pem: string, share: number): string {
  return pem.replace(
    /(-----BEGIN CERTIFICATE-----\n)([\s\S]*?)(-----END)/,
    (_, begin: string, body: string, end: string) => {
      const der = Buffer.from(body, 'base64');
      const at = Math.floor(der.length * share);
      der[at] = (der[at] ?? 0) ^ 1;
      const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
      return `${begin}${lines.join('\n')}\n${end}`;
    },
  );
}

async function ends(call: Call, edit?: (text: string) => string) {
  const client = inProcessClient();
  await client.ask({ kind: 'update', revision: 1, ...gallery(edit) });
  const sent = await client.ask({ kind: 'send', revision: 1, call });
  const bytes = await client.ask({ kind: 'handshake', revision: 1, call, connection: 1, layer: 1 });
  if (sent.kind !== 'answer' || bytes.kind !== 'answer') throw new Error('no answer');
  const step = sent.answer.trace.hops
    .flatMap(({ steps }) => steps)
    .find((one) => one.kind === 'tls-handshake' && one.connection === 1);
  return {
    verdict: sent.answer.trace.disposition.kind,
    told: step?.kind === 'tls-handshake' ? step.result.kind : 'none',
    shown: bytes.answer?.result.kind ?? 'none',
  };
}

/** Over the whole certificate: version, serial number, names, times, key, extensions, signature. */
const SHARES = [0.02, 0.1, 0.3, 0.5, 0.65, 0.8, 0.9, 0.97];

describe('a flipped byte', () => {
  it('is not there: all is well', async () => {
    expect(await ends(fineCall())).toEqual({ verdict: 'served', told: 'established', shown: 'established' });
  });

  it.each(SHARES)('at %f of the client’s certificate', async (share) => {
    const { verdict, told, shown } = await ends(fineCall(flipped(GOOD_CHAIN, share)));
    expect(verdict).not.toBe('served');
    expect(told).not.toBe('established');
    expect(shown).toBe(told);
  });

  it.each(SHARES)('at %f of the gateway’s certificate', async (share) => {
    const { verdict, told, shown } = await ends(fineCall(), (text) => ofGateway(text, share));
    expect(verdict).not.toBe('served');
    expect(told).not.toBe('established');
    // A certificate that cannot be loaded leaves the gateway without one: it hangs up before any byte of its own.
    expect([told, 'broken']).toContain(shown);
  });
});

/** `cert` of the Secret `fine`, which the gateway serves with. */
const ofGateway = (yaml: string, share: number): string =>
  yaml.replace(/(name: fine\n[\s\S]*?\n {2}cert: )(\S+)/, (_, before: string, value: string) => {
    const pem = flipped(Buffer.from(value, 'base64').toString(), share);
    return before + Buffer.from(pem).toString('base64');
  });
