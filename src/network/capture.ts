/**
 * Traffic capture: which connections of a pod with a sidecar the iptables rules hand to Envoy.
 * Decides per connection, first rule wins; the rule's id (mTLS specification 9.2 and 9.3) is the
 * explanation. Upstream authority: istio tools/istio-iptables/pkg/capture/run.go.
 */
import type { CaptureSettings } from '../mesh/types.ts';
import { cidrContains } from './cidr.ts';

export interface CaptureDecision {
  /** O1..O9, or the inbound condition. */
  readonly rule: string;
  /** 15001 or 15006; absent: the connection goes on untouched. */
  readonly toPort?: 15001 | 15006;
}

export interface OutboundConnection {
  readonly destinationIp: string;
  readonly destinationPort: number;
  /** uid or gid 1337: Envoy itself, or a process in the istio-proxy container. */
  readonly byProxy: boolean;
  /** Leaves through the loopback interface: to 127.0.0.0/8 or to the pod's own address. */
  readonly loopback: boolean;
  readonly sourceIp: string;
}

/** Envoy's own source address towards the application; the rules recognise it. */
export const INBOUND_BIND_SOURCE = '127.0.0.6';
const LOCALHOST = '127.0.0.1';
const HBONE_PORT = 15008;
/** Health, metrics and telemetry of istio-agent: never captured. */
const AGENT_PORTS: readonly number[] = [15090, 15021, 15020];

/** The OUTPUT chain (rules O1 to O9). */
export function captureOutbound(settings: CaptureSettings, connection: OutboundConnection): CaptureDecision {
  const { destinationIp, destinationPort, byProxy, loopback, sourceIp } = connection;
  if (settings.excludeOutboundPorts.includes(destinationPort)) return { rule: 'O1' };
  if (loopback && sourceIp === INBOUND_BIND_SOURCE) return { rule: 'O2' };
  if (loopback && destinationIp !== LOCALHOST && byProxy && destinationPort !== HBONE_PORT) {
    return { rule: 'O3', toPort: 15006 };
  }
  if (loopback && !byProxy) return { rule: 'O4' };
  if (byProxy) return { rule: 'O5' };
  if (destinationIp === LOCALHOST) return { rule: 'O6' };
  if (settings.excludeOutboundIPRanges.some((range) => cidrContains(range, destinationIp))) return { rule: 'O7' };
  if (settings.includeOutboundPorts.includes(destinationPort)) return { rule: 'O8', toPort: 15001 };
  const ranges = settings.includeOutboundIPRanges;
  if (ranges === '*' || ranges.some((range) => range === '*' || cidrContains(range, destinationIp))) {
    return { rule: 'O9', toPort: 15001 };
  }
  return { rule: 'O9-not-included' };
}

/** The PREROUTING chain: connections that come from other pods. */
export function captureInbound(settings: CaptureSettings, port: number): CaptureDecision {
  if (port === HBONE_PORT) return { rule: 'tunnel-port' };
  const include = settings.includeInboundPorts;
  if (include !== '*') {
    return include.includes(port) ? { rule: 'included-port', toPort: 15006 } : { rule: 'not-included-port' };
  }
  if (AGENT_PORTS.includes(port)) return { rule: 'agent-port' };
  if (settings.excludeInboundPorts.includes(port)) return { rule: 'excluded-port' };
  return { rule: 'all-ports', toPort: 15006 };
}
