/** Gateways: Gateway resources (classic and Gateway API) -> listeners and route tables. */
import type { RouteConfiguration } from '../envoy/http.ts';
import type { Listener } from '../envoy/listener.ts';
import type { ProxyScope } from '../scope/types.ts';
import { buildGateway } from './listeners.ts';

export { synthesizedDestinationRules } from './kubernetes/backendTlsPolicies.ts';
export { buildGateway, type GatewayConfiguration } from './listeners.ts';

export const buildGatewayListeners = (scope: ProxyScope): readonly Listener[] => buildGateway(scope).listeners;

export const gatewayRouteConfiguration = (scope: ProxyScope, name: string): RouteConfiguration | undefined =>
  buildGateway(scope).routes.get(name);
