/** Gateways: Gateway resources (classic and Gateway API) -> listeners and route tables. */
export { buildGateway } from './listeners.ts';
