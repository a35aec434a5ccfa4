/**
 * Which traffic of a pod iptables redirects to its sidecar, from the pod's annotations
 * (tools/istio-iptables, injection-template.yaml). What the settings do is network/'s affair.
 */
import type { Labels } from './labels.ts';
import type { CaptureSettings } from './types.ts';

const ANNOTATION = 'traffic.sidecar.istio.io/';

export function captureSettings(annotations: Labels): CaptureSettings {
  const list = (name: string): readonly string[] | undefined => {
    const text = annotations[ANNOTATION + name];
    return text?.split(/[\s,]+/).filter((entry) => entry !== '');
  };
  const ports = (name: string): readonly number[] =>
    (list(name) ?? []).map(Number).filter((port) => Number.isInteger(port) && port > 0 && port < 65536);
  const all = (entries: readonly string[] | undefined): boolean => entries === undefined || entries.includes('*');

  return {
    includeInboundPorts: all(list('includeInboundPorts')) ? '*' : ports('includeInboundPorts'),
    excludeInboundPorts: ports('excludeInboundPorts'),
    includeOutboundPorts: ports('includeOutboundPorts'),
    excludeOutboundPorts: ports('excludeOutboundPorts'),
    includeOutboundIPRanges: all(list('includeOutboundIPRanges')) ? '*' : (list('includeOutboundIPRanges') ?? []),
    excludeOutboundIPRanges: list('excludeOutboundIPRanges') ?? [],
  };
}
