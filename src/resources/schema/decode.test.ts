import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyKindDefinition } from '../kinds/registry.ts';
import { KINDS } from '../kinds/registry.ts';
import { decode } from './decode.ts';
import {
  boolean,
  duration,
  enumOf,
  ignored,
  int32,
  intOrString,
  list,
  map,
  number,
  object,
  portMap,
  string,
  uint32,
  unmodelled,
} from './schema.ts';

const schema = object(
  {
    text: string,
    flag: boolean,
    count: int32,
    port: uint32,
    share: number,
    mode: enumOf('test.Mode', ['OFF', 'ON']),
    after: duration,
    names: list(string),
    parts: list(object({ text: string })),
    labels: map(string),
    ports: portMap(string),
    exact: string,
    prefix: string,
    skipped: ignored('telemetry-only', string),
    hidden: unmodelled('not-built', string),
    twoWords: string,
  },
  ['exact', 'prefix'],
);

const refusal = (value: unknown, decoder: 'protobuf' | 'kubernetes' = 'protobuf') =>
  decode(schema, value, decoder).issues.flatMap((issue) =>
    issue.kind === 'wrong-type' ? [issue.refusal ?? 'accepted'] : [],
  )[0];

describe('protobuf JSON refuses in its own words', () => {
  test.each<[unknown, string]>([
    [{ text: 1 }, 'json: cannot unmarshal number into Go value of type string'],
    [{ text: true }, 'json: cannot unmarshal bool into Go value of type string'],
    [{ text: ['a'] }, 'json: cannot unmarshal array into Go value of type string'],
    [{ flag: 'true' }, 'json: cannot unmarshal string into Go value of type bool'],
    [{ count: 1.5 }, 'json: cannot unmarshal number 1.5 into Go value of type int32'],
    [{ count: 'abc' }, "invalid character 'a' looking for beginning of value"],
    [{ count: '' }, 'unexpected end of JSON input'],
    [{ count: 3000000000 }, 'json: cannot unmarshal number 3000000000 into Go value of type int32'],
    [{ port: -1 }, 'json: cannot unmarshal number -1 into Go value of type uint32'],
    [{ mode: 'STRICT' }, 'unknown value "\\"STRICT\\"" for enum test.Mode'],
    [{ mode: true }, 'json: cannot unmarshal bool into Go value of type protoreflect.EnumNumber'],
    [{ after: '5' }, 'bad Duration: time: missing unit in duration "5"'],
    [{ after: 5 }, 'json: cannot unmarshal number into Go value of type string'],
    [{ names: 'a' }, 'json: cannot unmarshal string into Go value of type []json.RawMessage'],
    [{ names: ['a', 1] }, 'json: cannot unmarshal number into Go value of type string'],
    [{ parts: ['a'] }, 'json: cannot unmarshal string into Go value of type map[string]json.RawMessage'],
    [{ labels: { a: 1 } }, 'json: cannot unmarshal number into Go value of type string'],
    [{ labels: [] }, 'json: cannot unmarshal array into Go value of type map[string]json.RawMessage'],
    [{ ports: { http: 'x' } }, "invalid character 'h' looking for beginning of value"],
    // The first in the order of the fields, not of the text.
    [{ names: 'a', text: 1 }, 'json: cannot unmarshal number into Go value of type string'],
  ])('%j', (value, expected) => {
    expect(refusal(value)).toBe(expected);
  });
});

describe('what protobuf JSON accepts', () => {
  test.each<[string, unknown, unknown]>([
    ['null is absent', { text: null, names: null, parts: null }, {}],
    ['an empty list is absent, an empty map is not', { names: [], labels: {} }, { labels: {} }],
    ['null items are zero values', { names: [null], parts: [null] }, { names: [''], parts: [{}] }],
    ['quoted numbers', { count: '7', share: '0.5' }, { count: 7, share: 0.5 }],
    ['enum numbers', { mode: 1 }, { mode: 'ON' }],
    ['the last of a oneof', { prefix: 'b', exact: 'a' }, { prefix: 'b' }],
  ])('%s', (_, value, expected) => {
    expect(decode(schema, value, 'protobuf').value).toEqual(expected);
  });

  test('what it lets pass is reported all the same', () => {
    const kinds = (value: unknown) => decode(schema, value, 'protobuf').issues.map((issue) => issue.kind);
    expect(kinds({ count: '7' })).toEqual(['wrong-type']);
    expect(kinds({ prefix: 'b', exact: 'a' })).toEqual(['exclusive-fields']);
    expect(kinds({ other: 1 })).toEqual(['unknown-field']);
    expect(kinds({ hidden: 'x', skipped: 'y' })).toEqual(['unmodelled-field']);
    expect(kinds({ hidden: null })).toEqual([]);
  });

  test('names of the .proto file, where they are allowed', () => {
    expect(decode(schema, { two_words: 'x' }, 'protobuf', { acceptSnakeCase: true })).toEqual({
      value: { twoWords: 'x' },
      issues: [],
    });
    expect(decode(schema, { two_words: 'x' }, 'protobuf').issues).toEqual([
      { kind: 'unknown-field', path: ['two_words'] },
    ]);
  });
});

describe('the API server', () => {
  test.each<[unknown, string]>([
    [{ labels: { a: 1 } }, 'json: cannot unmarshal number into Go struct field labels.a of type string'],
    [{ count: '7' }, 'json: cannot unmarshal string into Go struct field count of type int32'],
  ])('refuses %j', (value, expected) => {
    expect(refusal(value, 'kubernetes')).toBe(expected);
  });
  test('takes numbers and names of ports', () => {
    const ports = object({ a: intOrString });
    expect(decode(ports, { a: 80 }, 'kubernetes').value).toEqual({ a: 80 });
    expect(decode(ports, { a: 'http' }, 'kubernetes').value).toEqual({ a: 'http' });
    expect(decode(ports, { a: 1.5 }, 'kubernetes').issues).toHaveLength(1);
  });
});

test('paths lead to the field', () => {
  const { issues } = decode(schema, { parts: [{}, { text: 1 }] }, 'protobuf', { path: ['spec'] });
  expect(issues).toMatchObject([{ path: ['spec', 'parts', 1, 'text'] }]);
});

test('any value can be decoded as any kind, and comes out in its shape', () => {
  const names = Object.values<AnyKindDefinition>(KINDS).flatMap(({ body }) =>
    body.type === 'object' ? Object.keys(body.fields) : [],
  );
  const key = fc.oneof(fc.constantFrom(...new Set(names), 'rules', 'from', 'hosts', 'http', 'selector'), fc.string());
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, true, 0, -1, 1.5, 1e30, '', 'a', '1', '10s', 'ALLOW'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const kinds = fc.constantFrom(...Object.values<AnyKindDefinition>(KINDS));
  fc.assert(
    fc.property(kinds, value, (definition, body) => {
      const once = decode(definition.body, body, definition.decoder);
      const again = decode(definition.body, once.value ?? null, definition.decoder);
      expect(again.value ?? null).toEqual(once.value ?? {});
      expect(again.issues.filter((issue) => issue.kind === 'wrong-type')).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
