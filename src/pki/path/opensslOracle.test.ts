/**
 * Random small PKIs, each with random faults, judged by our OpenSSL profile and by the openssl
 * command: the error number, its depth and its text must agree.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type SeededRandom, seededRandom } from '../../base/seededRandom.ts';
import { describeWithTool } from '../../testing/tools.ts';
import { type CertificateTemplate, DAY, EKU, signCertificate, signSelf } from '../ca.ts';
import { certificatesPem } from '../certificate.ts';
import type { Signer } from '../issue/sign.ts';
import { deriveKey } from '../keyAlgorithm.ts';
import { validatePath } from '../path.ts';
import type { Certificate, GeneralName } from '../types.ts';
import { encodeName } from '../x509/name.ts';

const NOW = Date.UTC(2026, 10, 23);
const directory = mkdtempSync(join(tmpdir(), 'path-oracle-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Draw {
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffle<T>(list: readonly T[]): readonly T[];
}

function draw(random: SeededRandom): Draw {
  return {
    chance: (probability) => random.next() < probability,
    pick: (list) => list[Math.floor(random.next() * list.length)] as (typeof list)[number],
    shuffle: (list) =>
      list
        .map((item) => [random.next(), item] as const)
        .sort(([a], [b]) => a - b)
        .map(([, item]) => item),
  };
}

const dns = (value: string): GeneralName => ({ kind: 'dns', value });
const uri = (value: string): GeneralName => ({ kind: 'uri', value });
const ip = (...bytes: number[]): GeneralName => ({ kind: 'ip', value: '', bytes: Uint8Array.from(bytes) });
const LEAF_NAMES = [
  dns('a.example.com'),
  dns('bad.example.com'),
  uri('spiffe://cluster.local/ns/a/sa/b'),
  ip(10, 1, 2, 3),
];
const CONSTRAINTS = [dns('example.com'), dns('.example.com'), uri('cluster.local'), ip(10, 0, 0, 0, 255, 0, 0, 0)];

/** A template that is mostly right; `faults` scales how often something is wrong. */
function template(
  { chance, pick }: Draw,
  index: number,
  ca: boolean,
  name: string,
  faults: number,
): CertificateTemplate {
  const wrong = (probability: number): boolean => chance(probability * faults);
  return {
    serial: BigInt(1000 + index),
    subject: name === '' ? encodeName([]) : encodeName([['CN', name]]),
    notBefore: NOW - DAY * (wrong(0.06) ? -1 : 10),
    notAfter: NOW + DAY * (wrong(0.08) ? -1 : 20 + index),
    ...(!chance(0.15) && {
      keyUsage: wrong(0.1)
        ? [pick(['digitalSignature', 'keyAgreement', 'cRLSign'] as const)]
        : ca
          ? (['keyCertSign', 'cRLSign', 'digitalSignature'] as const)
          : (['digitalSignature', 'keyEncipherment'] as const),
    }),
    ...(!wrong(0.07) && {
      basicConstraints: ca && !wrong(0.04) ? { ca, ...(chance(0.3) && { pathLength: pick([0, 1]) }) } : { ca: false },
    }),
    ...(wrong(ca ? 0.06 : 0.3) && {
      extendedKeyUsage: pick([[EKU.serverAuth], [EKU.serverAuth, EKU.clientAuth], [EKU.clientAuth], [EKU.any]]),
    }),
    ...((ca ? !chance(0.2) : chance(0.1)) && { subjectKeyId: 'computed' as const }),
    ...(ca &&
      chance(0.3) && {
        nameConstraints: chance(0.7)
          ? { permitted: [{ base: pick(CONSTRAINTS), hasDistance: false }], excluded: [] }
          : {
              permitted: [],
              excluded: [{ base: pick([dns('bad.example.com'), uri('cluster.local')]), hasDistance: false }],
            },
      }),
    ...(!ca && !chance(0.15) && { subjectAltNames: [pick(LEAF_NAMES)] }),
    ...(wrong(0.03) && { extraExtensions: [{ oid: '1.2.3.4.5', critical: true, value: Uint8Array.of(5, 0) }] }),
  };
}

interface Puzzle {
  readonly presented: readonly [Certificate, ...Certificate[]];
  readonly anchors: readonly Certificate[];
  readonly purpose: 'server' | 'client';
}

function puzzle(seed: string, faults: number): Puzzle {
  const random = draw(seededRandom(seed));
  const { chance, pick, shuffle } = random;
  const authorities: Signer[] = [];
  const count = pick([1, 2, 3, 4, 5]);
  for (let index = 0; index < count; index++) {
    const key = deriveKey('oracle', pick(['k1', 'k2', 'k3', 'k4', 'k5']), 'P-256');
    const wanted = template(random, index, true, pick(['R', 'A', 'B', 'C']), faults);
    const self = index === 0 || chance(0.12);
    authorities.push({
      key,
      certificate: self ? signSelf(wanted, key) : signCertificate(wanted, key.publicKey, pick(authorities)),
    });
  }
  const key = deriveKey('oracle', 'leaf', 'P-256');
  const wanted = template(random, 50, false, pick(['', 'leaf', 'a.example.com', 'R']), faults);
  const leaf = chance(0.05) ? signSelf(wanted, key) : signCertificate(wanted, key.publicKey, pick(authorities));
  const certificates = authorities.map(({ certificate }) => certificate);
  return {
    presented: [leaf, ...shuffle(certificates.filter(() => chance(0.6)))],
    anchors: shuffle([...certificates.filter(() => chance(0.6)), ...(chance(0.05) ? [leaf] : [])]),
    purpose: chance(0.7) ? 'server' : 'client',
  };
}

function judgeByOpenssl({ presented, anchors, purpose }: Puzzle): string {
  const write = (name: string, certificates: readonly Certificate[]): string => {
    const path = join(directory, name);
    writeFileSync(path, certificatesPem(certificates));
    return path;
  };
  const [leaf, ...rest] = presented;
  const run = spawnSync(
    'openssl',
    [
      ...['verify', '-partial_chain', '-purpose', purpose === 'server' ? 'sslserver' : 'sslclient'],
      ...['-attime', String(NOW / 1000), '-auth_level', '2', '-no-CApath', '-no-CAstore'],
      ...(anchors.length > 0 ? ['-CAfile', write('anchors.pem', anchors)] : ['-no-CAfile']),
      ...(rest.length > 0 ? ['-untrusted', write('rest.pem', rest)] : []),
      write('leaf.pem', [leaf]),
    ],
    { encoding: 'utf8' },
  );
  const failure = /error (\d+) at (\d+) depth lookup: (.*)/.exec(run.stderr);
  return failure === null ? (run.status === 0 ? 'ok' : run.stderr) : failure.slice(1).join(' ');
}

function judge({ presented, anchors, purpose }: Puzzle): string {
  const result = validatePath(presented, anchors, { now: NOW, purpose, profile: 'openssl' });
  if (result.ok) return 'ok';
  const { number, depth, opensslText } = result.failure;
  return `${number} ${depth} ${opensslText}`;
}

describeWithTool('openssl', 'random PKIs judged by our OpenSSL profile and by openssl verify', () => {
  test.each([
    ['many faults', 1, 70],
    ['few faults', 0.1, 50],
  ])('%s', (name, faults, count) => {
    const outcomes = new Set<string>();
    for (let i = 0; i < count; i++) {
      const one = puzzle(`${name} ${i}`, faults);
      const expected = judgeByOpenssl(one);
      expect(`${i}: ${judge(one)}`).toBe(`${i}: ${expected}`);
      outcomes.add(expected);
    }
    expect(outcomes.size).toBeGreaterThan(5);
  });
});

describe('any random PKI', () => {
  test('gives a chain that ends in an anchor and whose steps agree with the verdict', () => {
    for (let i = 0; i < 150; i++) {
      const { presented, anchors, purpose } = puzzle(`invariant ${i}`, 0.5);
      const result = validatePath(presented, anchors, { now: NOW, purpose });
      expect(result.chain[0]).toBe(presented[0]);
      const last = result.steps[result.steps.length - 1];
      if (result.ok) {
        const anchor = result.chain[result.anchorDepth];
        expect(anchors.map(({ fingerprint }) => fingerprint)).toContain(anchor?.fingerprint);
        expect(last?.ok).toBe(true);
      } else expect(last).toMatchObject({ ok: false, depth: result.failure.depth });
    }
  });
});
