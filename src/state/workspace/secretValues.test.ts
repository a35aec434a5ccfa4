import { describe, expect, it } from 'vitest';
import { redactText } from './redact.ts';

const redacted = (text: string): string => redactText(text, () => false).value;
const certificate = btoa('-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n');

describe('the values of a Secret are taken out', () => {
  it.each<[string, string, string]>([
    ['of a document', 'kind: Secret\ndata:\n  a: aHVudGVyMg==\n', 'kind: Secret\ndata:\n  a: REDACTED\n'],
    ['with CRLF', 'kind: Secret\r\ndata:\r\n  a: hunter2\r\n', 'kind: Secret\r\ndata:\r\n  a: REDACTED\r\n'],
    [
      'in a block scalar',
      'kind: Secret\nstringData:\n  a: |\n    hunter2\n\n    more\n  b: x\ntype: Opaque\n',
      'kind: Secret\nstringData:\n  a: |\n    REDACTED\n  b: REDACTED\ntype: Opaque\n',
    ],
    [
      'in flow style',
      'kind: Secret\nstringData: {a: hunter2, "b": "hunter 3"}\n',
      'kind: Secret\nstringData: {a: REDACTED, "b": "REDACTED"}\n',
    ],
    [
      'of an item of a List, and of no other item',
      'kind: List\nitems:\n- apiVersion: v1\n  data:\n    mesh: open\n  kind: ConfigMap\n- apiVersion: v1\n  data:\n    a: aHVudGVyMg==\n  kind: Secret\n  metadata:\n    name: s\n- data:\n    mode: open\n  kind: ConfigMap\n',
      'kind: List\nitems:\n- apiVersion: v1\n  data:\n    mesh: open\n  kind: ConfigMap\n- apiVersion: v1\n  data:\n    a: REDACTED\n  kind: Secret\n  metadata:\n    name: s\n- data:\n    mode: open\n  kind: ConfigMap\n',
    ],
    [
      'of an item that begins with its data',
      'items:\n  - data:\n      a: aHVudGVyMg==\n    kind: Secret\n  - kind: ConfigMap\n    data:\n      a: open\n',
      'items:\n  - data:\n      a: REDACTED\n    kind: Secret\n  - kind: ConfigMap\n    data:\n      a: open\n',
    ],
    [
      'in JSON of many lines, which stays JSON',
      '{\n  "kind": "Secret",\n  "data": {\n    "a": "aHVudGVyMg==",\n    "b": "eA=="\n  }\n}\n',
      '{\n  "kind": "Secret",\n  "data": {\n    "a": "REDACTED",\n    "b": "REDACTED"\n  }\n}\n',
    ],
    [
      'in JSON of one line',
      '{"data":{"a":"aHVudGVyMg=="},"kind":"Secret"}',
      '{"data":{"a":"REDACTED"},"kind":"Secret"}',
    ],
    [
      'in what kubectl applied last',
      `metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"apiVersion":"v1","data":{"a":"aHVudGVyMg=="},"kind":"Secret"}\n`,
      `metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"apiVersion":"v1","data":{"a":"REDACTED"},"kind":"Secret"}\n`,
    ],
    [
      'in JSON inside of JSON',
      String.raw`"last": "{\"data\":{\"a\":\"aHVudGVyMg==\"},\"kind\":\"Secret\"}"`,
      String.raw`"last": "{\"data\":{\"a\":\"REDACTED\"},\"kind\":\"Secret\"}"`,
    ],
  ])('%s', (_, text, expected) => {
    expect(redacted(text)).toBe(expected);
    expect(redacted(expected)).toBe(expected);
  });
});

describe('left as it is', () => {
  it.each<[string, string]>([
    ['a certificate', `kind: Secret\ndata:\n  tls.crt: ${certificate}\n`],
    ['a ConfigMap', 'kind: ConfigMap\ndata:\n  a: open\n'],
    ['a kind that only begins so', 'kind: SecretStore\ndata:\n  a: open\n'],
    [
      'what only names a Secret',
      'kind: Deployment\nspec:\n  volumes:\n  - secret:\n      secretName: Secret\n  data:\n    a: open\n',
    ],
    [
      'a reference to a Secret',
      'kind: ReferenceGrant\nspec:\n  to:\n  - group: ""\n    kind: Secret\ndata:\n  a: open\n',
    ],
    ['the names of an empty Secret', 'kind: Secret\ndata:\ntype: Opaque\n'],
  ])('%s', (_, text) => {
    expect(redacted(text)).toBe(text);
  });
});
