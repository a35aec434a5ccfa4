/** The gateway that calls leave the mesh through; only the mesh reaches it. */
import { addGateway } from './gateway.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

export const addEgressGateway = (drawing: Drawing, { namespace }: IntentionOf<'add-egress-gateway'>): Drawn =>
  addGateway(drawing, namespace, { role: 'egressgateway', type: 'ClusterIP' });
