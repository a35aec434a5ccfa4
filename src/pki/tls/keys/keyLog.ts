/** Lines of a key log file (NSS format, RFC 9850), by which Wireshark decrypts. */
import { type Bytes, toHex } from '../../../crypto/bytes.ts';

export type KeyLogLabel =
  | 'CLIENT_RANDOM'
  | 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'
  | 'SERVER_HANDSHAKE_TRAFFIC_SECRET'
  | 'CLIENT_TRAFFIC_SECRET_0'
  | 'SERVER_TRAFFIC_SECRET_0'
  | 'EXPORTER_SECRET';

export const keyLogLine = (label: KeyLogLabel, clientRandom: Bytes, secret: Bytes): string =>
  `${label} ${toHex(clientRandom)} ${toHex(secret)}`;
