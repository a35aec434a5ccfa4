import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLink } from '../actions/share.ts';
import { REDACTED } from '../workspace/redact.ts';
import { EMPTY_DRAFT, WORKSPACE_SCHEMA, type Workspace } from '../workspace/workspace.ts';
import { encodeLink } from './linkCodec.ts';
import { readSharedWork, type ShareChoices, sharedWork } from './sharedWork.ts';

const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n';
const workspace: Workspace = {
  schema: WORKSPACE_SCHEMA,
  name: { en: 'Mine', ja: '私の' },
  files: [
    { name: 'a.yaml', text: 'kind: Namespace\n' },
    { name: 'keys.yaml', text: key },
  ],
  calls: [{ ...EMPTY_DRAFT, id: '1', name: 'x', url: 'http://a/', expect: { kind: 'served', status: 200 } }],
  positions: { outside: { x: 1, y: 2 } },
  world: {
    now: '2026-11-23T00:00:00Z',
    seed: 's',
    addresses: { 'a/b': '10.0.0.1' },
    pems: { me: { certificates: 'c', key, paths: ['me.crt'] } },
    tokens: { t: 'opaque' },
  },
};
const draft = { ...EMPTY_DRAFT, url: 'http://a/', headers: [['Authorization', 'Bearer opaque']] as const };
const shown = {
  workspace,
  request: { draft },
  run: { status: 'none' },
  playback: { at: 3, playing: false, speed: 1 },
  settings: { language: 'ja' },
} as const;
const everything: ShareChoices = {
  files: new Set(['a.yaml', 'keys.yaml']),
  calls: true,
  step: true,
  language: true,
  secrets: false,
};

describe('what goes into a link', () => {
  it('is the work without its secrets, which are told by their places', () => {
    const { work, found } = sharedWork(shown, everything, () => false);
    expect(JSON.stringify(work)).not.toContain('MIIEvQ');
    expect(work.call?.headers).toEqual([['Authorization', `Bearer ${REDACTED}`]]);
    expect(work.language).toBe('ja');
    expect(found).toEqual([
      { what: 'key', where: { kind: 'file', file: 'keys.yaml', line: 1 } },
      { what: 'key', where: { kind: 'pem', name: 'me' } },
      { what: 'credential', where: { kind: 'call', name: 'http://a/' } },
    ]);
  });

  it.each<[string, Partial<ShareChoices>, object]>([
    ['a file', { files: new Set(['a.yaml']) }, { workspace: { files: [{ name: 'a.yaml' }] } }],
    ['the calls', { calls: false }, { workspace: { calls: [] } }],
    ['calls and step', { calls: false, step: false }, { workspace: { calls: [], world: { pems: {}, tokens: {} } } }],
  ])('leaves out %s', (_, choice, expected) => {
    const { work } = sharedWork(shown, { ...everything, ...choice }, () => false);
    expect(work).toMatchObject(expected);
    expect(work.call === undefined).toBe(choice.step === false);
  });

  it('has the secrets where they were asked for', () => {
    const { work, found } = sharedWork(shown, { ...everything, secrets: true }, () => false);
    expect(work.workspace).toEqual(workspace);
    expect(found).toHaveLength(3);
  });
});

describe('what comes out of a link', () => {
  it('is what went in', async () => {
    const { work } = sharedWork(shown, { ...everything, secrets: true }, () => false);
    expect(await readLink(await encodeLink(work))).toEqual({ kind: 'work', work });
  });

  it('of any shape is a workspace or a problem', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (one, other) => {
        for (const stored of [one, { workspace: one, call: other }, { workspace: { ...workspace, files: one } }]) {
          const read = readSharedWork(stored);
          expect(read.ok ? 'work' : read.error.kind).toMatch(/^(work|not-a-workspace|from-the-future)$/);
        }
      }),
    );
  });

  it.each<[string, unknown]>([
    ['two files of one name', { ...workspace, files: [workspace.files[0], workspace.files[0]] }],
    ['a file without a name', { ...workspace, files: [{ name: ' ', text: '' }] }],
    ['a file that is called as every object is', { ...workspace, files: [{ name: 'constructor', text: '' }] }],
    ['a header that is no text', { ...workspace, calls: [{ ...workspace.calls[0], headers: [['a', 1]] }] }],
    ['a certificate that every object has', { ...workspace, calls: [{ ...workspace.calls[0], cert: '__proto__' }] }],
    ['two calls of one id', { ...workspace, calls: [workspace.calls[0], workspace.calls[0]] }],
    ['a clock that is no time', { ...workspace, world: { ...workspace.world, now: 'noon' } }],
    ['a note that is no text', { ...workspace, calls: [{ ...workspace.calls[0], note: {} }] }],
  ])('%s: refused', (_, stored) => {
    expect(readSharedWork({ workspace: stored })).toEqual({ ok: false, error: { kind: 'not-a-workspace' } });
  });

  it('has nothing that a workspace does not have', () => {
    const stored = JSON.parse(
      JSON.stringify({ workspace: { ...workspace, more: 1, world: { ...workspace.world, __proto__: 2 } } }),
    );
    const polluted = JSON.parse('{"__proto__":{"admin":true}}');
    const read = readSharedWork({ workspace: { ...stored.workspace, ...polluted } });
    expect(read.ok && read.value.workspace).toEqual(workspace);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
