/** Routes: VirtualServices and services -> Envoy's route tables. */
export { catchAllVirtualHost, egressProxyCluster } from './catchAll.ts';
export { type InboundRouteInput, inboundRouteConfiguration } from './defaultRoute.ts';
export { destinationCluster } from './destination.ts';
export { HTTP_PROXY_TABLE, sidecarRouteConfiguration } from './sidecarRoutes.ts';
export { bindsToMesh } from './sidecarVirtualServices.ts';
export { specOf, type VirtualServiceInForce } from './virtualServiceInForce.ts';
export { mergeDelegates } from './virtualServices.ts';
export { inVisibilityOrder, isVisibleTo } from './visibility.ts';
