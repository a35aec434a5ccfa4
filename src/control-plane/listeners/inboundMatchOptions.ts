/**
 * Which filter chains one inbound port gets: by what its protocol is (HTTP, opaque TCP, sniffed)
 * and by the mTLS mode in force. Pure table; filterchain_options.go getFilterChainMatchOptions.
 */
import type { ProtocolClass } from '../../mesh/portProtocol.ts';
import type { MtlsMode } from '../authn/peerAuthentication.ts';
import { MTLS_ANY, MTLS_HTTP, MTLS_TCP, PLAINTEXT_HTTP } from './alpn.ts';

export interface InboundMatchOption {
  readonly transportProtocol: 'tls' | 'raw_buffer';
  readonly applicationProtocols: readonly string[];
  readonly handler: 'http' | 'tcp';
  /** The chain terminates mutual TLS; otherwise TLS bytes go on untouched. */
  readonly terminatesTls: boolean;
}

const option = (
  transportProtocol: InboundMatchOption['transportProtocol'],
  applicationProtocols: readonly string[],
  handler: InboundMatchOption['handler'],
  terminatesTls: boolean,
): InboundMatchOption => ({ transportProtocol, applicationProtocols, handler, terminatesTls });

const HTTP: Readonly<Record<MtlsMode, readonly InboundMatchOption[]>> = {
  STRICT: [option('tls', [], 'http', true)],
  PERMISSIVE: [option('tls', MTLS_ANY, 'http', true), option('raw_buffer', [], 'http', false)],
  DISABLE: [option('raw_buffer', [], 'http', false)],
};

const TCP: Readonly<Record<MtlsMode, readonly InboundMatchOption[]>> = {
  STRICT: [option('tls', [], 'tcp', true)],
  PERMISSIVE: [
    option('tls', MTLS_ANY, 'tcp', true),
    option('tls', [], 'tcp', false),
    option('raw_buffer', [], 'tcp', false),
  ],
  DISABLE: [option('raw_buffer', [], 'tcp', false)],
};

const AUTO: Readonly<Record<MtlsMode, readonly InboundMatchOption[]>> = {
  STRICT: [option('tls', MTLS_HTTP, 'http', true), option('tls', [], 'tcp', true)],
  PERMISSIVE: [
    option('tls', MTLS_HTTP, 'http', true),
    option('raw_buffer', PLAINTEXT_HTTP, 'http', false),
    option('tls', MTLS_TCP, 'tcp', true),
    option('raw_buffer', [], 'tcp', false),
    option('tls', [], 'tcp', false),
  ],
  DISABLE: [option('raw_buffer', PLAINTEXT_HTTP, 'http', false), option('raw_buffer', [], 'tcp', false)],
};

/** UDP ports get the chains of TCP ones: the target port may well speak TCP too. */
const BY_CLASS: Readonly<Record<ProtocolClass, Readonly<Record<MtlsMode, readonly InboundMatchOption[]>>>> = {
  HTTP,
  TCP,
  Auto: AUTO,
  none: TCP,
};

export const inboundMatchOptions = (protocol: ProtocolClass, mode: MtlsMode): readonly InboundMatchOption[] =>
  BY_CLASS[protocol][mode];
