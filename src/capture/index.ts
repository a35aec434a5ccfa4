/** What turns a call into bytes. Loaded on demand: calls that show no bytes do not pay for it. */
export { curveWalk } from '../pki/tls/curveWalk.ts';
export { handshakeView } from '../pki/tls/view.ts';
export { captureOfCall } from './captureOfCall.ts';
export { handshakeOfCall } from './handshakeOfCall.ts';
export { observeCall } from './observeCall.ts';
