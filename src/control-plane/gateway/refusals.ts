/**
 * What Envoy refuses in a gateway's listener, with its own words: then the whole listener is not
 * in force, on every host.
 *
 * Upstream authority: Envoy source/common/listener_manager/filter_chain_manager_impl.cc
 * addFilterChains; source/common/tls/context_config_impl.cc.
 */
import type { FilterChain, FilterChainMatch } from '../envoy/listener.ts';
import { invalidPins } from './pinConstraints.ts';

/** @param address `0.0.0.0:8443` */
export function refusal(chains: readonly FilterChain[], address: string): string | undefined {
  for (const { tls } of chains) {
    if (tls?.validation && tls.validation.matchSans.length > 0 && tls.validation.trustBundle === undefined) {
      return 'SAN-based verification of peer certificates without trusted CA is insecure and not allowed';
    }
    const pins = tls && invalidPins(tls);
    if (pins) return pins;
  }
  return chainConflict(chains, address);
}

function chainConflict(chains: readonly FilterChain[], address: string): string | undefined {
  const whole = new Set<string>();
  const single = new Set<string>();
  for (const { match } of chains) {
    const text = matchJson(match);
    if (whole.has(text)) {
      return `error adding listener '${address}': filter chain '' has the same matching rules defined as ''. duplicate matcher is: ${text}`;
    }
    whole.add(text);
    if (match.serverNames.some((name) => name.includes('*') && !name.startsWith('*.'))) {
      return `error adding listener '${address}': partial wildcards are not supported in "server_names"`;
    }
    const names = match.serverNames.length > 0 ? match.serverNames : [''];
    const protocols = match.applicationProtocols.length > 0 ? match.applicationProtocols : [''];
    for (const name of names) {
      for (const protocol of protocols) {
        const key = `${match.transportProtocol ?? ''} ${name} ${protocol}`;
        if (single.has(key)) {
          return `error adding listener '${address}': multiple filter chains with overlapping matching rules are defined`;
        }
        single.add(key);
      }
    }
  }
  return undefined;
}

/** As protobuf prints the message in JSON. */
function matchJson(match: FilterChainMatch): string {
  const parts: string[] = [];
  if (match.serverNames.length > 0) parts.push(`"server_names":${JSON.stringify(match.serverNames)}`);
  if (match.transportProtocol) parts.push(`"transport_protocol":${JSON.stringify(match.transportProtocol)}`);
  if (match.applicationProtocols.length > 0)
    parts.push(`"application_protocols":${JSON.stringify(match.applicationProtocols)}`);
  return `{${parts.join(',')}}`;
}
