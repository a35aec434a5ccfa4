/**
 * Which listener of a proxy takes a connection. A captured outbound connection arrives at 15001,
 * which hands it to the listener of its original destination: the exact address, else the wildcard
 * address with that port, else 15001's own chains. Captured inbound connections stay at 15006.
 * Upstream authority: Envoy connection_handler_impl.cc getBalancedHandlerByAddress.
 */

import type { Listener } from '../../control-plane/envoy/listener.ts';
import type { ProxyConfig } from '../../control-plane/envoy/proxyConfig.ts';
import type { Reason, Rejected } from '../../trace/step.ts';

interface ListenerIndex {
  readonly byAddress: ReadonlyMap<string, Listener>;
  readonly bound: ReadonlyMap<number, readonly Listener[]>;
}

const indexes = new WeakMap<ProxyConfig, ListenerIndex>();
const WILDCARD = '0.0.0.0';
const VIRTUAL_OUTBOUND_PORT = 15001;
const VIRTUAL_INBOUND_PORT = 15006;

function indexOf(config: ProxyConfig): ListenerIndex {
  const known = indexes.get(config);
  if (known) return known;
  const byAddress = new Map<string, Listener>();
  const bound = new Map<number, Listener[]>();
  for (const listener of config.listeners) {
    if (listener.nack !== undefined || listener.warmsFor !== undefined) continue;
    const key = `${listener.address}_${listener.port}`;
    if (!byAddress.has(key)) byAddress.set(key, listener);
    if (listener.bindToPort) bound.set(listener.port, [...(bound.get(listener.port) ?? []), listener]);
  }
  const index = { byAddress, bound };
  indexes.set(config, index);
  return index;
}

/** For a connection that capture sent to 15001. */
export function outboundListener(config: ProxyConfig, destinationIp: string, port: number): Listener | undefined {
  const { byAddress, bound } = indexOf(config);
  return (
    byAddress.get(`${destinationIp}_${port}`) ??
    byAddress.get(`${WILDCARD}_${port}`) ??
    bound.get(VIRTUAL_OUTBOUND_PORT)?.[0]
  );
}

/** For a connection that capture sent to 15006. */
export function inboundListener(config: ProxyConfig): Listener | undefined {
  return indexOf(config).bound.get(VIRTUAL_INBOUND_PORT)?.[0];
}

/** Listeners that this port would have, had the proxy not refused them, or did it not wait for a secret. */
export const closedListeners = (config: ProxyConfig, port: number): readonly Rejected[] =>
  config.listeners.flatMap((listener) => {
    const { name, port: own, origins } = listener;
    const [origin] = origins;
    const reason = own === port ? whyClosed(listener) : undefined;
    return reason === undefined ? [] : [{ name, reason, ...(origin === undefined ? {} : { origin }) }];
  });

function whyClosed({ nack, warmsFor }: Listener): Reason | undefined {
  if (nack !== undefined) return { code: 'listener-refused', params: { message: nack } };
  return warmsFor === undefined ? undefined : { code: 'listener-warms', params: { secret: warmsFor } };
}

/** A listener that is bound to the port itself: gateways, and Sidecar listeners without capture. */
export function boundListener(config: ProxyConfig, address: string, port: number): Listener | undefined {
  const listeners = indexOf(config).bound.get(port) ?? [];
  return listeners.find((l) => l.address === address) ?? listeners.find((l) => l.address === WILDCARD);
}
