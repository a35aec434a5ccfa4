/** TLS 1.2 and 1.3 handshakes made of real bytes: entry functions. */
export type {
  PeerVerdict,
  PresentedChain,
  TlsClientConfig,
  TlsCredential,
  TlsImplementation,
  TlsServerConfig,
  VerifyPeer,
} from './endpoint/config.ts';
export type { TlsEndpoint } from './endpoint/endpoint.ts';
export {
  type CapturedConnection,
  type CapturedFlight,
  type ConnectionEnd,
  pcapOf,
  type RefusedConnection,
} from './pcap/pcapOf.ts';
export { runHandshake } from './transcript/runHandshake.ts';
export type {
  ApplicationData,
  Flight,
  HandshakeInput,
  HandshakeResult,
  HandshakeTranscript,
  PlainPeer,
} from './transcript/types.ts';
export {
  type FieldView,
  type HandshakeView,
  handshakeView,
  type MessageView,
  type RecordView,
  type StepView,
} from './view.ts';
