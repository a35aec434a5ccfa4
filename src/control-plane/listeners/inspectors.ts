/**
 * On which ports of the inbound listener the TLS and HTTP inspectors run, from what its filter
 * chains match on (listener_inbound.go populateListenerFilters). Chains without a destination port
 * speak for all ports that no other chain names.
 */
import type { FilterChain, PortPredicate } from '../envoy/listener.ts';

export const EVERYWHERE: PortPredicate = { byDefault: true, except: [] };
export const NOWHERE: PortPredicate = { byDefault: false, except: [] };
/** The key of chains without a destination port. */
const ANY_PORT = 0;

export function inboundInspectors(chains: readonly FilterChain[]): {
  readonly tlsInspector: PortPredicate;
  readonly httpInspector: PortPredicate;
} {
  const needs = new Map<number, { tls: boolean; http: boolean }>();
  for (const { match } of chains) {
    const port = match.destinationPort ?? ANY_PORT;
    const known = needs.get(port) ?? { tls: false, http: false };
    needs.set(port, known);
    known.tls ||= match.transportProtocol === 'tls';
    known.http ||= match.applicationProtocols.some((protocol) => protocol === 'http/1.1' || protocol === 'h2c');
  }
  const ports = (wanted: (need: { tls: boolean; http: boolean }) => boolean): readonly number[] =>
    [...needs]
      .filter(([port, need]) => port !== ANY_PORT && wanted(need))
      .map(([port]) => port)
      .sort((a, b) => a - b);

  const some = [...needs.values()];
  const tlsByDefault = needs.get(ANY_PORT)?.tls ?? false;
  return {
    tlsInspector: !some.some((need) => need.tls)
      ? NOWHERE
      : { byDefault: tlsByDefault, except: ports((need) => need.tls !== tlsByDefault) },
    // Unlike the TLS inspector it can only be opted out of, so it runs on unnamed ports whenever any port wants it.
    httpInspector: !some.some((need) => need.http) ? NOWHERE : { byDefault: true, except: ports((need) => !need.http) },
  };
}
