import { describe, expect, it } from 'vitest';
import { type CurlState, curlOutcome } from './curlOutcome.ts';

const plain: CurlState = {
  dialled: { host: 'web', port: 80 },
  target: { host: 'web', port: 80 },
  http2: false,
  tls: 'none',
};
const h2: CurlState = { ...plain, http2: true };
const handshaking: CurlState = { ...plain, tls: 'connecting' };
const CLOSED = { kind: 'closed', raced: false } as const;
const RACED = { kind: 'closed', raced: true } as const;

describe('curl, when the connection ends without an answer', () => {
  it.each([
    ['a clean end', CLOSED, plain, 52, []],
    ['an end that may be a reset', RACED, plain, 56, [52, 55]],
    ['a clean end of an HTTP/2 connection with its stream open', CLOSED, h2, 18, []],
    ['an end of an HTTP/2 connection that may be a reset', RACED, h2, 56, [52, 55, 18]],
    ['within the handshake', CLOSED, handshaking, 35, []],
    ['a reset', { kind: 'reset', raced: false }, plain, 56, [52, 55]],
    ['a reset within the handshake', { kind: 'reset', raced: false }, handshaking, 35, []],
    ['nothing listens', { kind: 'refused' }, plain, 7, []],
  ] as const)('%s', (_what, reply, state, curlExit, alsoPossible) => {
    expect(curlOutcome(reply, state, 8000)).toMatchObject({ curlExit, alsoPossible });
  });
});
