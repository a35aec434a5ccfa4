import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLink } from './isLink.ts';
import { decodeLink, encodeLink, LINK_LIMITS } from './linkCodec.ts';

/** A link with our shape around whatever bytes. */
async function linkOf(bytes: Uint8Array<ArrayBuffer>, format: CompressionFormat = 'deflate'): Promise<string> {
  const packed = await new Response(
    new Blob([bytes]).stream().pipeThrough(new CompressionStream(format)),
  ).arrayBuffer();
  return `#mesh:1:${Buffer.from(packed).toString('base64url')}`;
}
const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);

describe('a link', () => {
  it('brings back any data that was put into it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
        const fragment = await encodeLink(value);
        expect(fragment).toMatch(/^#mesh:1:[\w-]+$/);
        expect(await decodeLink(fragment)).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it('answers any text with data or a problem, never with an exception', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((rest) => `#mesh:1:${rest}`),
      fc.base64String().map((rest) => `#mesh:1:${rest}`),
      fc.uint8Array().map((bytes) => `#mesh:1:${Buffer.from(bytes).toString('base64url')}`),
      fc.nat().map((version) => `#mesh:${version}:AAAA`),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (fragment) => {
        const read = await decodeLink(fragment);
        expect(read.ok ? 'data' : read.error.kind).toMatch(/^(data|newer|too-large|damaged)$/);
      }),
    );
  });

  it('that was cut or changed on its way says so', async () => {
    const fragment = await encodeLink({ files: [{ name: 'a.yaml', text: 'kind: Namespace\n'.repeat(20) }] });
    const payload = '#mesh:1:'.length;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: payload, max: fragment.length - 3 }), async (at) => {
        expect(await decodeLink(fragment.slice(0, at))).toEqual({ ok: false, error: { kind: 'damaged' } });
        const other = fragment[at] === 'A' ? 'B' : 'A';
        const changed = await decodeLink(fragment.slice(0, at) + other + fragment.slice(at + 1));
        expect(changed).toEqual({ ok: false, error: { kind: 'damaged' } });
      }),
    );
  });

  it.each<[string, () => Promise<string>, object]>([
    ['of a later version', async () => '#mesh:2:AAAA', { kind: 'newer', version: 2 }],
    ['that unpacks to too much', () => linkOf(text(`"${' '.repeat(LINK_LIMITS.unpacked)}"`)), { kind: 'too-large' }],
    ['that is too long', async () => `#mesh:1:${'A'.repeat(LINK_LIMITS.length)}`, { kind: 'too-large' }],
    ['nested too deeply', () => linkOf(text('['.repeat(LINK_LIMITS.depth + 1))), { kind: 'too-large' }],
    ['of a hundred thousand brackets', () => linkOf(text('['.repeat(100_000))), { kind: 'too-large' }],
    ['that is no JSON', () => linkOf(text('kind: Namespace')), { kind: 'damaged' }],
    ['that is no UTF-8', () => linkOf(new Uint8Array([0x22, 0xff, 0x22])), { kind: 'damaged' }],
    ['compressed in another way', () => linkOf(text('{}'), 'gzip'), { kind: 'damaged' }],
    ['without content', async () => '#mesh:1:', { kind: 'damaged' }],
    ['of version 0', async () => '#mesh:0:AAAA', { kind: 'damaged' }],
  ])('%s is refused', async (_, link, problem) => {
    expect(await decodeLink(await link())).toEqual({ ok: false, error: problem });
  });

  it('whose colons a program has escaped still opens', async () => {
    const fragment = (await encodeLink({ a: 1 })).replaceAll(':', '%3A');
    expect(isLink(fragment)).toBe(true);
    expect(await decodeLink(fragment)).toEqual({ ok: true, value: { a: 1 } });
  });

  it.each(['', '#', '#verdict', '#meshes', 'mesh'])('%j is none of ours', (fragment) => {
    expect(isLink(fragment)).toBe(false);
  });
});
