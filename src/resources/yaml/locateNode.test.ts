import { describe, expect, test } from 'vitest';
import type { FieldPath } from '../../base/origin.ts';
import { readText } from './readText.ts';

const at = (text: string, path: FieldPath, of?: 'key') => {
  const { start, end } = readText(text).locate(path, of);
  return text.slice(start, end);
};

const BLOCK = `# head
apiVersion: v1
spec:
  # about ports
  ports:
  - name: http   # first
    port: 80
  - {name: "https", port: 443}
  empty:
  text: >-
    one
    two
`;

describe('block and flow', () => {
  test.each<[FieldPath, string]>([
    [['apiVersion'], 'v1'],
    [['spec', 'ports', 0, 'name'], 'http'],
    [['spec', 'ports', 0, 'port'], '80'],
    [['spec', 'ports', 1], '{name: "https", port: 443}'],
    [['spec', 'ports', 1, 'name'], '"https"'],
    [['spec', 'ports', 1, 'missing', 'deeper'], '{name: "https", port: 443}'],
    [['spec', 'empty'], 'empty'],
    [['spec', 'text'], '>-\n    one\n    two\n'],
  ])('%j', (path, expected) => {
    expect(at(BLOCK, path)).toBe(expected);
  });

  test('the nearest ancestor of what is not written', () => {
    expect(at(BLOCK, ['spec', 'ports', 7]).startsWith('- name: http')).toBe(true);
    expect(at(BLOCK, ['status', 'x']).startsWith('apiVersion')).toBe(true);
  });

  test('keys', () => {
    expect(at(BLOCK, ['spec', 'ports'], 'key')).toBe('ports');
    expect(at(BLOCK, ['spec', 'ports', 1, 'port'], 'key')).toBe('port');
  });
});

test('JSON', () => {
  const text = '{"a": [{"b": "c"}], "80": {"d": 1}}';
  expect(at(text, ['a', 0, 'b'])).toBe('"c"');
  expect(at(text, ['80', 'd'])).toBe('1');
  expect(at(text, ['a', 0, 'b'], 'key')).toBe('"b"');
});

test('numeric keys', () => {
  expect(at('m:\n  8080: {mode: X}\n', ['m', '8080', 'mode'])).toBe('X');
});

test('the last of a key that is written twice', () => {
  expect(at('a: 1\na: 2', ['a'])).toBe('2');
});

test('aliases and merged mappings lead to the anchor', () => {
  const text = 'p: &p {a: 1}\nq: *p\nr: {<<: *p, b: 2}\n';
  expect(at(text, ['q', 'a'])).toBe('1');
  expect(at(text, ['r', 'a'])).toBe('1');
  expect(at(text, ['r', 'b'])).toBe('2');
});

describe('inside a literal block', () => {
  const text = [
    'kind: ConfigMap',
    'data:',
    '  mesh: |-',
    '    # comment',
    '    trustDomain: example.com',
    '    extensionProviders:',
    '    - name: sample',
    '      envoyExtAuthzHttp: {port: 80}',
    '',
    '    rootNamespace: istio-config',
    '  other: |',
    '    plain text',
    '  quoted: "a: 1"',
  ];
  test.each<[FieldPath, string]>([
    [['data', 'mesh', 'trustDomain'], 'example.com'],
    [['data', 'mesh', 'extensionProviders', 0, 'name'], 'sample'],
    [['data', 'mesh', 'extensionProviders', 0, 'envoyExtAuthzHttp', 'port'], '80'],
    [['data', 'mesh', 'rootNamespace'], 'istio-config'],
    [['data', 'quoted', 'a'], '"a: 1"'],
  ])('%j', (path, expected) => {
    expect(at(text.join('\n'), path)).toBe(expected);
    expect(at(text.join('\r\n'), path)).toBe(expected);
  });
  test('a key', () => {
    expect(at(text.join('\n'), ['data', 'mesh', 'trustDomain'], 'key')).toBe('trustDomain');
  });
});
