/** Handshake messages after the handshake: tickets and key updates (RFC 8446 4.6), HelloRequest (RFC 5246 7.4.1.1). */
import type { Bytes } from '../../../crypto/bytes.ts';
import { nextTrafficSecret, trafficKeys13 } from '../keys/schedule13.ts';
import type { CipherSuite } from '../registry/cipherSuites.ts';
import { otherSide, type Side } from '../side.ts';
import { type Connection, readWith, refuse, sendHandshake, writeWith } from './connection.ts';
import { nextMessage } from './expect.ts';
import type { Flow } from './receive.ts';

/** Runs for the rest of the connection. */
export function* postHandshake13(conn: Connection, suite: CipherSuite, secrets: Readonly<Record<Side, Bytes>>): Flow {
  const current = { client: secrets.client, server: secrets.server };
  const update = (side: Side): void => {
    current[side] = nextTrafficSecret(suite.hash, side, current[side], conn.note);
    const keys = trafficKeys13(suite, side, 'application', current[side], conn.note);
    if (side === conn.side) writeWith(conn, '1.3', keys);
    else readWith(conn, '1.3', keys);
  };
  for (;;) {
    // Only servers send tickets.
    const message =
      conn.side === 'client'
        ? yield* nextMessage(conn, 'newSessionTicket', 'keyUpdate')
        : yield* nextMessage(conn, 'keyUpdate');
    if (message === undefined) return;
    if (message.kind !== 'keyUpdate') continue;
    const { requestUpdate } = message.body;
    if (requestUpdate > 1) {
      refuse(conn, 'illegal_parameter', 'illegal-parameter');
      return;
    }
    update(otherSide(conn.side));
    if (requestUpdate === 1) {
      sendHandshake(conn, 'keyUpdate', { requestUpdate: 0 });
      update(conn.side);
    }
  }
}

/** TLS 1.2: a server may ask to renegotiate, which a client may ignore; nothing else is expected. */
export function* postHandshake12(conn: Connection): Flow {
  while (conn.side === 'client') {
    const message = yield* nextMessage(conn, 'helloRequest');
    if (message === undefined) return;
  }
  yield* nextMessage(conn);
}
