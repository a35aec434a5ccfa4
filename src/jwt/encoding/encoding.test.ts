import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fromUtf8, toBase64Url, utf8 } from '../../crypto/bytes.ts';
import { decodeBase64Url } from './base64Url.ts';
import { parseProtoJson } from './protoJson.ts';

describe('base64url as Envoy decodes it', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['YWJj', 'abc'],
    ['YWI', 'ab'],
    ['YWI=', 'ab'],
    ['YQ==', 'a'],
    ['YQ..', 'a'],
    ['Y W J\tj', 'abc'],
    ['YR', 'a'],
    ['', ''],
  ];
  test.each(accepted)('%j is %j', (text, wanted) => {
    expect(fromUtf8(decodeBase64Url(text) ?? utf8('refused'))).toBe(wanted);
  });

  test.each(['Y', 'YWI==', 'YQ=', 'YWJj=', 'YW+j', 'YW/j', 'YW=I', '"YWJj', 'é'])('%j is refused', (text) => {
    expect(decodeBase64Url(text)).toBeUndefined();
  });

  it('reads back what is written', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });
});

describe('JSON as protobuf reads it', () => {
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const accepted: readonly (readonly [string, string, unknown])[] = [
    ['plain', '{"a":[1,-2.5e3,true,false,null,"x"]}', { a: [1, -2500, true, false, null, 'x'] }],
    ['single quotes', "{'a':'b\"c'}", { a: 'b"c' }],
    ['an escaped single quote', '{"a":"b\\\'c"}', { a: "b'c" }],
    ['bare keys', '{iss:"i",_a$1:2}', { iss: 'i', _a$1: 2 }],
    ['trailing commas', '{"a":["b",],}', { a: ['b'] }],
    ['control characters in strings', '{"a":"b\n\u0001"}', { a: 'b\n\u0001' }],
    ['a surrogate pair', '{"a":"\\ud83d\\ude00"}', { a: '😀' }],
    ['null as the empty object', ' null ', {}],
    ['100 levels', deep(100), JSON.parse(deep(100))],
  ];
  test.each(accepted)('accepts %s', (_, text, wanted) => {
    expect(parseProtoJson(text)).toEqual(wanted);
  });

  const refused: readonly (readonly [string, string])[] = [
    ['a repeated key', '{"a":1,"a":1}'],
    ['a repeated key inside', '{"x":{"a":1,"a":2}}'],
    ['101 levels', deep(101)],
    ['a number beyond a double', '{"a":1e999}'],
    ['a leading zero', '{"a":01}'],
    ['a plus sign', '{"a":+1}'],
    ['a bare point', '{"a":1.}'],
    ['NaN', '{"a":NaN}'],
    ['a list', '["a"]'],
    ['text after the end', '{"a":1} x'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['a comment', '{"a":1/*x*/}'],
    ['a lone surrogate', '{"a":"\\ud800"}'],
    ['an unknown escape', '{"a":"\\q"}'],
    ['a vertical tab', '{"a":1,\u000b"b":2}'],
    ['an open string', '{"a":"b'],
    ['a missing comma', '{"a":1 "b":2}'],
    ['a comma alone', '{,}'],
    ['nothing', ''],
  ];
  test.each(refused)('refuses %s', (_, text) => {
    expect(parseProtoJson(text)).toBeUndefined();
  });

  it('makes a claim of __proto__', () => {
    expect(Object.keys(parseProtoJson('{"__proto__":{"a":"b"}}') ?? {})).toEqual(['__proto__']);
  });

  it('agrees with JSON.parse on objects that JSON.stringify writes', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(object, (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseProtoJson(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });
});
