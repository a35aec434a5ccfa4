import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function themeTokens(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`));
  const body = block.slice(block.indexOf('{') + 1, block.indexOf('}'));
  return new Map([...body.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

const light = themeTokens(':root');
const dark = themeTokens(':root[data-theme="dark"]');

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ['--surface-0', '--surface-1', '--surface-2'];
const verdicts = ['allowed', 'refused', 'unknown', 'plain', 'selection'];

const textPairs: [text: string, on: string][] = [
  ...['--text', '--text-2', '--text-3'].flatMap((text) =>
    [...surfaces, '--surface-3'].map((on): [string, string] => [text, on]),
  ),
  ...verdicts.flatMap((name) => [...surfaces, `--${name}-tint`].map((on): [string, string] => [`--${name}`, on])),
  ...verdicts.flatMap((name) => ['--text', '--text-2'].map((text): [string, string] => [text, `--${name}-tint`])),
  ['--on-accent', '--accent'],
  ['--on-accent', '--accent-hover'],
  ...['key', 'string', 'number', 'comment'].map((name): [string, string] => [`--code-${name}`, '--surface-0']),
];

const markPairs: [mark: string, on: string][] = ['--edge', '--focus'].flatMap((mark) =>
  surfaces.map((on): [string, string] => [mark, on]),
);

describe.each([
  ['light', light],
  ['dark', new Map([...light, ...dark])],
])('%s theme', (_, tokens) => {
  const value = (name: string): string => {
    const found = tokens.get(name);
    if (found === undefined) throw new Error(`no token ${name}`);
    return found;
  };

  it.each(textPairs)('%s reads on %s (4.5:1)', (text, on) => {
    expect(contrast(value(text), value(on))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(markPairs)('%s can be seen on %s (3:1)', (mark, on) => {
    expect(contrast(value(mark), value(on))).toBeGreaterThanOrEqual(3);
  });
});

it('defines the same colours in both themes', () => {
  expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
});
