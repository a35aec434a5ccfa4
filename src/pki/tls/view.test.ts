/** The view: plain data, every field explained and with its readers, every step between its messages. */
import { describe, expect, test } from 'vitest';
import { TLS_DECISION_TOPICS, TLS_FIELD_MEANINGS, TLS_VALUE_NAMES } from '../../base/tlsVocabulary.ts';
import { aesGcmSeal } from '../../crypto/aead.ts';
import { fromHex, toHex, utf8 } from '../../crypto/bytes.ts';
import { clientConfig, clientIdentity, mutualServer, serverConfig } from '../../testing/tlsParties.ts';
import { runHandshake } from './transcript/runHandshake.ts';
import { type FieldView, type HandshakeView, handshakeView, type StepView } from './view.ts';

const viewOf = (maxVersion: '1.2' | '1.3'): HandshakeView =>
  handshakeView(
    runHandshake({
      client: clientConfig({ credential: clientIdentity(), alpn: ['h2'] }),
      server: mutualServer({ maxVersion, alpn: ['h2'] }),
      seed: 'view',
      applicationData: [{ from: 'client', data: utf8('question') }],
      closedBy: 'client',
    }),
  );
const VIEWS = { '1.2': viewOf('1.2'), '1.3': viewOf('1.3') } as const;
const VERSIONS = ['1.2', '1.3'] as const;

const flatten = (fields: readonly FieldView[]): FieldView[] =>
  fields.flatMap((field) => [field, ...flatten(field.children)]);
const fieldsOf = (view: HandshakeView): FieldView[] =>
  view.messages.flatMap((message) => [
    ...flatten(message.fields),
    ...message.records.flatMap((record) => [...flatten(record.fields), ...flatten(record.protection?.fields ?? [])]),
  ]);
const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);

describe.each(VERSIONS)('TLS %s', (version) => {
  const view = VIEWS[version];
  test('is structured-clonable', () => {
    expect(structuredClone(view)).toEqual(view);
  });
  test('uses the closed vocabularies', () => {
    const meanings: readonly string[] = TLS_FIELD_MEANINGS;
    const values: readonly string[] = TLS_VALUE_NAMES;
    const topics: readonly string[] = TLS_DECISION_TOPICS;
    for (const field of fieldsOf(view)) expect(meanings).toContain(field.meaning);
    for (const step of view.steps) {
      if (step.kind === 'computation') expect(values).toContain(step.name);
      if (step.kind === 'decision') expect(topics).toContain(step.topic);
    }
  });
  test('records put together are what is on the wire', () => {
    for (const message of view.messages)
      expect(message.records.map((record) => record.bytes).join('')).toBe(message.wire);
  });
  test('anybody can recompute a protected record from what is shown', () => {
    const record = view.messages.flatMap((message) => message.records).find((one) => one.protection !== undefined);
    const { key, nonce, plaintext, additionalData } = record?.protection ?? {
      key: '',
      nonce: '',
      plaintext: '',
      additionalData: '',
    };
    const sealed = toHex(aesGcmSeal(bytes(key), bytes(nonce), bytes(plaintext), bytes(additionalData)));
    expect(record?.bytes.endsWith(sealed)).toBe(true);
  });
});

test('certificates are for the parties alone in TLS 1.3, for anybody in TLS 1.2', () => {
  const readers = (view: HandshakeView): Set<string> =>
    new Set(
      view.messages
        .filter((message) => message.name === 'certificate')
        .flatMap((message) => flatten(message.fields))
        .map((field) => field.readableBy),
    );
  expect(readers(VIEWS['1.3'])).toEqual(new Set(['parties']));
  expect(readers(VIEWS['1.2'])).toEqual(new Set(['anyone']));
});

test('the parts of a certificate are fields', () => {
  const message = VIEWS['1.3'].messages.find((one) => one.name === 'certificate');
  const names = flatten(message?.fields ?? []).map((field) => field.meaning);
  for (const meaning of ['x509.subjectPublicKeyInfo', 'x509.validity', 'x509.issuer', 'x509.signatureValue'])
    expect(names).toContain(meaning);
});

describe('steps', () => {
  const computations = (view: HandshakeView, by: string): Extract<StepView, { kind: 'computation' }>[] =>
    view.steps.flatMap((step) => (step.kind === 'computation' && step.by === by ? [step] : []));
  const messageBefore = (view: HandshakeView, name: string, by: string): string | undefined => {
    const step = computations(view, by).find((one) => one.name === name);
    return step === undefined ? undefined : view.messages[step.after]?.name;
  };
  test('both sides compute the same secrets', () => {
    for (const view of Object.values(VIEWS)) {
      const [client, server] = (['client', 'server'] as const).map(
        (by) => new Map(computations(view, by).map((step) => [step.name, step.value])),
      );
      for (const name of ['shared_secret', 'premaster_secret', 'master_secret', 'server_verify_data'] as const)
        expect(client?.get(name)).toBe(server?.get(name));
    }
  });
  test('stand between the messages that make them possible', () => {
    const view = VIEWS['1.3'];
    expect(messageBefore(view, 'client_ephemeral_private', 'client')).toBeUndefined();
    expect(messageBefore(view, 'handshake_secret', 'server')).toBe('change_cipher_spec');
    expect(messageBefore(view, 'server_verify_data', 'server')).toBe('certificate_verify');
    expect(messageBefore(view, 'client_signature', 'client')).toBe('certificate');
  });
  test('public values are not called secret', () => {
    const secret = new Map(computations(VIEWS['1.3'], 'client').map((step) => [step.name, step.secret]));
    expect(secret.get('client_ephemeral_public')).toBe(false);
    expect(secret.get('early_secret')).toBe(false);
    expect(secret.get('shared_secret')).toBe(true);
  });
});

test('bytes that are no TLS', () => {
  const view = handshakeView(
    runHandshake({
      client: { kind: 'plain', sends: utf8('GET / HTTP/1.1\r\n\r\n'), afterwards: 'wait' },
      server: serverConfig(),
      seed: 'view',
    }),
  );
  expect(view.messages).toMatchObject([{ from: 'client', name: 'unreadable', encrypted: false }]);
  expect(view.messages[0]?.wire).toBe(view.messages[0]?.plain);
  expect(view.steps.at(-1)).toMatchObject({ kind: 'outcome', by: 'server', outcome: { reason: 'http-request' } });
});
