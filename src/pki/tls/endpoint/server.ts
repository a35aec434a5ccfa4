/** The server up to the choice of version (RFC 8446 4.1.2, 9.2). */
import type { TlsServerConfig } from './config.ts';
import { type Connection, refuse, settle } from './connection.ts';
import { expectMessage } from './expect.ts';
import type { Parameters } from './parameters.ts';
import type { Flow } from './receive.ts';
import { server12 } from './server12.ts';
import { server13 } from './server13.ts';
import { chooseVersion } from './serverChoices.ts';
import type { ServerContext } from './serverContext.ts';

export function* serverFlow(conn: Connection, config: TlsServerConfig, parameters: Parameters): Flow {
  const message = yield* expectMessage(conn, 'clientHello');
  if (message === undefined) return;
  const hello = message.body;
  conn.clientRandom = hello.random;
  if (parameters.versions.length === 0) {
    // A minimum above the maximum: BoringSSL gives up without an alert.
    settle(conn, { kind: 'lost', how: 'closed', late: false });
    return;
  }
  const version = chooseVersion(conn, parameters, hello);
  if (version === undefined) return;
  const compressions = hello.compressionMethods;
  if (!compressions.includes(0) || (version === '1.3' && compressions.length !== 1)) {
    refuse(conn, 'illegal_parameter', 'illegal-parameter');
    return;
  }
  conn.version = version;
  const context: ServerContext = { config, parameters, hello };
  yield* version === '1.3' ? server13(conn, context) : server12(conn, context);
}
