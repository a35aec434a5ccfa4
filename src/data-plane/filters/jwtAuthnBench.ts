/**
 * The token bench: one token against every rule in force on a proxy, each check told. Input: what
 * the proxy holds, the token as typed (with or without `Bearer `) and the clock.
 */
import type { JwtProvider } from '../../control-plane/envoy/authz.ts';
import type { ProxyConfig } from '../../control-plane/envoy/proxyConfig.ts';
import type { TokenVerdict } from '../../jwt/index.ts';
import { judgeToken } from './jwtAuthn.ts';

export interface BenchResult {
  readonly provider: JwtProvider;
  readonly verdict: TokenVerdict;
}

/** The rules in force on a proxy, in Envoy's order; all HTTP chains carry the same. */
export function providersInForce(config: ProxyConfig): readonly JwtProvider[] {
  for (const listener of config.listeners) {
    const chains = [...listener.filterChains, ...(listener.defaultFilterChain ? [listener.defaultFilterChain] : [])];
    for (const filter of chains.flatMap(({ filters }) => filters)) {
      if (filter.kind !== 'http-connection-manager') continue;
      const found = filter.hcm.httpFilters.find((httpFilter) => httpFilter.kind === 'jwt-authn');
      if (found !== undefined) return found.jwt.providers;
    }
  }
  return [];
}

export function inspectToken(config: ProxyConfig, typed: string, now: number): readonly BenchResult[] {
  const token = typed.trim().replace(/^Bearer\s+/i, '');
  return providersInForce(config).map((provider) => ({ provider, verdict: judgeToken(provider, token, now) }));
}
