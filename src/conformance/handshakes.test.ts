/**
 * The handshakes of the corpus made of bytes: whatever a trace says of a TLS connection (who refused,
 * with which alert, before or after the client had finished, what was agreed on), two real ends
 * with the same certificates and parameters come to it too. A sample, some of every kind there is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  compile,
  evaluate,
  type HandshakeTranscript,
  handshake,
  parse,
  parsePlainYaml,
  type Trace,
} from '../engine.ts';
import type { CaseFile } from './caseFile.ts';
import { callFrom, variantInput } from './input.ts';

type TlsHandshakeStep = Extract<Trace['hops'][number]['steps'][number], { kind: 'tls-handshake' }>;

const FOLDERS = ['conformance/pki', 'conformance/seeds', 'conformance/gateway'];
const OF_EACH_KIND = 2;

interface Told {
  readonly kind: string;
  readonly by?: string;
  readonly alert?: string;
  readonly late?: boolean;
  readonly reason?: string;
  readonly version?: string;
  readonly alpn?: string;
}

type Negotiated = TlsHandshakeStep['negotiated'];

/** Without a cipher suite nothing was agreed on. */
const agreed = (negotiated: Negotiated): Partial<Told> =>
  negotiated?.cipherSuite === undefined
    ? {}
    : { version: negotiated.version, ...(negotiated.alpn === undefined ? {} : { alpn: negotiated.alpn }) };

function toldByTrace({ result, negotiated }: TlsHandshakeStep): Told {
  // Versions before 1.2 are decided, but have no bytes here.
  if (negotiated?.version === '1.0' || negotiated?.version === '1.1') {
    return { kind: 'cannot-tell', reason: 'version-not-modelled' };
  }
  // A server without a certificate hangs up: what it lacks cannot be seen from bytes.
  if (result.kind === 'broken') return ended(result.reason === 'no-secret' ? { ...result, reason: 'reset' } : result);
  return ended(result, negotiated);
}

const toldByBytes = ({ result, negotiated }: HandshakeTranscript): Told => ended(result, negotiated);

function ended(result: HandshakeTranscript['result'] | TlsHandshakeStep['result'], negotiated?: Negotiated): Told {
  switch (result.kind) {
    case 'established':
      return { kind: 'established', ...agreed(negotiated) };
    case 'refused':
      return {
        kind: 'refused',
        by: result.by,
        late: result.late,
        ...(result.alert === undefined ? {} : { alert: result.alert }),
        ...agreed(negotiated),
      };
    case 'broken':
    case 'cannot-tell':
      return { kind: result.kind, reason: result.reason };
  }
}

/** Handshakes of one kind exercise the same code. */
const kindOf = (step: TlsHandshakeStep): string =>
  JSON.stringify([
    toldByTrace(step),
    step.client.implementation,
    step.server.implementation,
    step.role,
    step.layer,
    step.client.certificateChain.length,
    step.server.clientCertificate,
    step.checks.find(({ passed }) => !passed)?.check,
  ]);

const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name)),
).sort();

interface Sample {
  readonly where: string;
  readonly told: Told;
  readonly shown: Told | undefined;
}

async function samples(): Promise<readonly Sample[]> {
  const seen = new Map<string, number>();
  const found: Sample[] = [];
  for (const path of files) {
    const read = parsePlainYaml(readFileSync(path, 'utf8'));
    if (!read.ok) throw new Error(`${path}: ${read.error}`);
    const file = read.value as CaseFile;
    for (const variant of file.variants) {
      const input = variantInput(file, variant);
      const compiled = await compile(parse(input.files), input.options);
      for (const caseCall of variant.calls ?? []) {
        const call = callFrom(compiled, file, caseCall);
        const trace = evaluate(compiled, call);
        const steps = trace.hops.flatMap((hop) => hop.steps.filter((step) => step.kind === 'tls-handshake'));
        for (const step of steps) {
          const kind = kindOf(step);
          const times = seen.get(kind) ?? 0;
          if (times >= OF_EACH_KIND) continue;
          seen.set(kind, times + 1);
          const bytes = await handshake(compiled, call, step.connection);
          found.push({
            where: `${path} ${variant.name} ${caseCall.name} connection ${step.connection} ${step.role}`,
            told: toldByTrace(step),
            shown: bytes && toldByBytes(bytes),
          });
        }
      }
    }
  }
  return found;
}

describe('handshakes of the corpus', () => {
  it('end in bytes as in the trace', async () => {
    const all = await samples();
    const kinds = new Set(all.map(({ told }) => `${told.kind} ${told.by ?? ''} ${told.late ?? ''}`));
    expect(all.length).toBeGreaterThan(150);
    expect(kinds.size).toBeGreaterThan(4);
    // Old suites are judged but not spoken: what the bytes cannot tell, they do not contradict.
    const unspoken = all.filter(({ shown }) => shown?.kind === 'cannot-tell');
    expect(unspoken.length).toBeLessThan(all.length / 10);
    const differing = all.filter(
      ({ told, shown }) => shown?.kind !== 'cannot-tell' && JSON.stringify(told) !== JSON.stringify(shown),
    );
    expect(differing).toEqual([]);
  }, 60_000);
});
