/** An intention becomes edits of the text, or a reason why it cannot be carried out. */
import type { TextEdit } from '../textEdit.ts';
import { addEgressGateway } from './addEgressGateway.ts';
import { addExternalClient } from './addExternalClient.ts';
import { addExternalServer } from './addExternalServer.ts';
import { addIngressGateway } from './addIngressGateway.ts';
import { addIssuer } from './addIssuer.ts';
import { addNamespace } from './addNamespace.ts';
import { addPluggedInCa } from './addPluggedInCa.ts';
import { addService } from './addService.ts';
import { addServiceEntry } from './addServiceEntry.ts';
import { addWorkload } from './addWorkload.ts';
import { allowCall } from './allowCall.ts';
import { applyPolicy } from './applyPolicy.ts';
import { duplicate } from './duplicate.ts';
import type { Drawing, Drawn, Intention } from './intention.ts';
import { move } from './move.ts';
import { refused } from './outcome.ts';
import { paste } from './paste.ts';
import { remove } from './remove.ts';
import { rename } from './rename.ts';
import { setInjection } from './setInjection.ts';
import { setNetworkPolicies } from './setNetworkPolicies.ts';
import { setPeerAuthentication } from './setPeerAuthentication.ts';

export function intend(drawing: Drawing, intention: Intention): Drawn {
  const port = wrongPort(intention);
  if (port !== undefined) return refused('port-invalid', { port: String(port) });
  const outcome = carryOut(drawing, intention);
  if (!outcome.ok) return outcome;
  const edits = outcome.value.edits.filter((edit) => !isIdle(drawing, edit));
  return edits.length === 0 ? refused('nothing-to-do') : { ok: true, value: { ...outcome.value, edits } };
}

function wrongPort(intention: Intention): number | undefined {
  const ports = 'port' in intention ? [intention.port] : [];
  const more = 'morePorts' in intention ? (intention.morePorts ?? []) : [];
  return [...ports, ...more].find((port) => !Number.isInteger(port) || port < 1 || port > 65_535);
}

/** Whether the text says so already. */
function isIdle({ files }: Drawing, { file, start, end, text }: TextEdit): boolean {
  return files.some(({ name, text: whole }) => name === file && whole.slice(start, end) === text);
}

function carryOut(drawing: Drawing, intention: Intention): Drawn {
  switch (intention.kind) {
    case 'add-namespace':
      return addNamespace(drawing, intention);
    case 'set-injection':
      return setInjection(drawing, intention);
    case 'set-network-policies':
      return setNetworkPolicies(drawing, intention);
    case 'add-workload':
      return addWorkload(drawing, intention);
    case 'add-service':
      return addService(drawing, intention);
    case 'add-ingress-gateway':
      return addIngressGateway(drawing, intention);
    case 'add-egress-gateway':
      return addEgressGateway(drawing, intention);
    case 'add-external-client':
      return addExternalClient(drawing, intention);
    case 'add-external-server':
      return addExternalServer(drawing, intention);
    case 'add-service-entry':
      return addServiceEntry(drawing, intention);
    case 'add-issuer':
      return addIssuer(drawing, intention);
    case 'add-plugged-in-ca':
      return addPluggedInCa(drawing);
    case 'apply-policy':
      return applyPolicy(drawing, intention);
    case 'set-peer-authentication':
      return setPeerAuthentication(drawing, intention);
    case 'allow-call':
      return allowCall(drawing, intention);
    case 'rename':
      return rename(drawing, intention);
    case 'move':
      return move(drawing, intention);
    case 'duplicate':
      return duplicate(drawing, intention);
    case 'paste':
      return paste(drawing, intention);
    case 'remove':
      return remove(drawing, intention);
  }
}
