/** The gateway that calls from outside come in through, behind a load balancer. */
import { addGateway } from './gateway.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

export const addIngressGateway = (drawing: Drawing, { namespace }: IntentionOf<'add-ingress-gateway'>): Drawn =>
  addGateway(drawing, namespace, { role: 'ingressgateway', type: 'LoadBalancer' });
