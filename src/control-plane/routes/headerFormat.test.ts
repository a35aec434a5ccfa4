/** Header values as Envoy's formatter reads them. */
import { expect, test } from 'vitest';
import { headerFormatRefusal } from './headerFormat.ts';

test.each([
  ['plain text', undefined],
  ['100%%', undefined],
  ['%REQ(x-a?x-b)% and %PROTOCOL%', undefined],
  ['%UPSTREAM_METADATA(["a","b"])%', undefined],
  ['%DOWNSTREAM_PEER_URI_SAN%', undefined],
  ['%NOPE%', 'Not supported field in StreamInfo: NOPE'],
  ['%%%NOPE%', 'Not supported field in StreamInfo: NOPE'],
  ['%CEL(request.path)%', undefined],
  ['%PROTOCOL(x)%', 'PROTOCOL does not take any parameters or length'],
  ['%REQ%', 'REQ requires parameters'],
  ['a %req(x-a)%', "Incorrect configuration: a %req(x-a)%. Couldn't find valid command at position 2"],
])('%s', (value, refusal) => {
  expect(headerFormatRefusal(value)).toBe(refusal);
});
