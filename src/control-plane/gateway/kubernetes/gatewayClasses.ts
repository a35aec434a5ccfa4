/**
 * Which Gateways of the Gateway API are istiod's to program, and through which Service.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gatewaycommon/gatewayclass_collection.go
 * FetchGatewayClass, gateway_utils.go IsManaged; gateway/conversion.go extractGatewayServices.
 */
import { resourcesOf } from '../../../mesh/resourceIndex.ts';
import type { Mesh } from '../../../mesh/types.ts';
import type { ResourceOf } from '../../../resources/ofKind.ts';
import { CLUSTER_DOMAIN } from '../../routes/hostnames.ts';

export type KubernetesGateway = ResourceOf<'gateway.networking.k8s.io/Gateway'>;

const ISTIO_CONTROLLER = 'istio.io/gateway-controller';
const ISTIO_CLASS = 'istio';

/** Waypoints and gateways of other controllers are not among them. */
export function istioGateways(mesh: Mesh): readonly KubernetesGateway[] {
  const classes = resourcesOf(mesh, 'gateway.networking.k8s.io/GatewayClass');
  return resourcesOf(mesh, 'gateway.networking.k8s.io/Gateway').filter((gateway) => {
    const name = gateway.body.spec?.gatewayClassName ?? '';
    const found = classes.find((candidate) => candidate.name === name);
    return found ? found.body.spec?.controllerName === ISTIO_CONTROLLER : name === ISTIO_CLASS;
  });
}

/** istiod deploys the gateway itself, unless an address names somebody else's Service. */
export function isManaged(gateway: KubernetesGateway): boolean {
  const addresses = gateway.body.spec?.addresses ?? [];
  if (addresses.length > 1) return false;
  const [only] = addresses;
  return only === undefined || (only.type ?? 'IPAddress') === 'IPAddress';
}

/** Host names of the Services through which the gateway is reached. */
export function gatewayServices(gateway: KubernetesGateway): readonly string[] {
  const { namespace, annotations, body } = gateway;
  if (isManaged(gateway)) {
    const name =
      annotations['gateway.istio.io/name-override'] || `${gateway.name}-${body.spec?.gatewayClassName ?? ''}`;
    return [`${name}.${namespace}.svc.${CLUSTER_DOMAIN}`];
  }
  return (body.spec?.addresses ?? []).flatMap(({ type, value = '' }) => {
    if (type !== undefined && type !== 'Hostname') return [];
    return [value.includes('.') ? value : `${value}.${namespace}.svc.${CLUSTER_DOMAIN}`];
  });
}
