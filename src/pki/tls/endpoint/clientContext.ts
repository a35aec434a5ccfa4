/** What both versions of the client share. */
import type { ServerHello } from '../messages/hello.ts';
import type { CipherSuite } from '../registry/cipherSuites.ts';
import type { Offer } from './clientHello.ts';
import type { TlsClientConfig } from './config.ts';
import type { Parameters } from './parameters.ts';

/** Everything the version's own state machine needs. */
export interface ClientContext {
  readonly config: TlsClientConfig;
  readonly parameters: Parameters;
  readonly offer: Offer;
  readonly hello: ServerHello;
  readonly suite: CipherSuite;
}
