/** An intention becomes edits of the text; `undefined`: it is about something that is not there. */
import { addEgressGateway } from './addEgressGateway.ts';
import { addExternalServer } from './addExternalServer.ts';
import { addIngressGateway } from './addIngressGateway.ts';
import { addIssuer } from './addIssuer.ts';
import { addNamespace } from './addNamespace.ts';
import { addWorkload } from './addWorkload.ts';
import { allowCall } from './allowCall.ts';
import type { Drawing, Drawn, Intention } from './intention.ts';
import { remove } from './remove.ts';
import { setPeerAuthentication } from './setPeerAuthentication.ts';

export function intend(drawing: Drawing, intention: Intention): Drawn | undefined {
  switch (intention.kind) {
    case 'add-namespace':
      return addNamespace(drawing, intention);
    case 'add-workload':
      return addWorkload(drawing, intention);
    case 'add-ingress-gateway':
      return addIngressGateway(drawing, intention);
    case 'add-egress-gateway':
      return addEgressGateway(drawing, intention);
    case 'add-external-server':
      return addExternalServer(drawing, intention);
    case 'add-issuer':
      return addIssuer(drawing, intention);
    case 'set-peer-authentication':
      return setPeerAuthentication(drawing, intention);
    case 'allow-call':
      return allowCall(drawing, intention);
    case 'remove':
      return remove(drawing, intention);
  }
}
