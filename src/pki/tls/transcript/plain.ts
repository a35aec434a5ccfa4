import type { TlsClientConfig, TlsServerConfig } from '../endpoint/config.ts';
import type { PlainPeer } from './types.ts';

/** Does this party not speak TLS? */
export const isPlain = (party: TlsClientConfig | TlsServerConfig | PlainPeer): party is PlainPeer =>
  'kind' in party && party.kind === 'plain';
