/** A step in one line: what happened, in the words of the proxy it happened in. */
import { assertNever } from '../../base/assertNever.ts';
import type { Step } from '../../trace/step.ts';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { Translator } from '../i18n.ts';
import { resourceText } from './names.ts';
import { reasonText } from './reason.ts';

export function stepLine(translator: Translator, step: Step): string {
  const { t } = translator;
  switch (step.kind) {
    case 'dns':
      if (step.unanswered) return `${t('step.dnsUnanswered', { host: step.host })}${dropped(translator, step)}`;
      return step.address === undefined
        ? t('step.dnsFailed', { host: step.host })
        : t('step.dns', { host: step.host, address: step.address });
    case 'capture':
      return captureLine(translator, step.direction, step.captured, step.toPort);
    case 'connect':
      return `${t(connectKeys[step.result], { address: step.address, port: step.port })}${dropped(translator, step)}`;
    case 'load-balance':
      return t('step.loadBalance', { service: step.service, to: step.to });
    case 'listener-matched':
      return step.listener === undefined
        ? t('step.listenerNone', { address: step.address })
        : t('step.listener', { listener: step.listener });
    case 'filter-chain-matched':
      return step.filterChain === undefined
        ? t('step.filterChainNone')
        : t('step.filterChain', { filterChain: step.filterChain });
    case 'tls-handshake':
      return tlsLine(translator, step);
    case 'http-received':
      return t('step.httpReceived', { method: step.method, authority: step.authority, path: step.path });
    case 'route-matched':
      return step.route === undefined && step.virtualHost === undefined
        ? t('step.routeNone')
        : t('step.route', { route: step.route ?? '-', virtualHost: step.virtualHost ?? '-' });
    case 'cluster-selected':
      return t(step.missing ? 'step.clusterMissing' : 'step.cluster', { cluster: step.cluster });
    case 'endpoint-selected':
      return step.endpoint === undefined ? t('step.endpointNone') : t('step.endpoint', { endpoint: step.endpoint });
    case 'transport-socket':
      return t(step.socket === 'tls' ? 'step.socketTls' : 'step.socketPlain');
    case 'jwt-check':
      return t(jwtKeys[step.result]);
    case 'rbac-check':
      return t(`step.rbacDecision.${step.decision}`, { phase: t(`step.rbac.${step.phase}`) });
    case 'ext-authz':
      return t(`step.extAuthz.${step.result}`, { provider: step.provider });
    case 'filter-action':
      return t('step.filterAction', { filter: step.filter, action: reasonText(translator, step.action) });
    case 'retry':
      return t('step.retry', { attempt: step.attempt, because: step.because });
    case 'secret':
      return t(secretKeys[step.state], { name: step.name });
    case 'forwarded':
      return t('step.forwarded', { to: step.to });
    case 'responded':
      if (step.status === 0) return t('step.respondedTcp');
      return t(step.local ? 'step.respondedLocal' : 'step.responded', { status: step.status });
    case 'connection-ended':
      return t(`step.${step.how}`);
    case 'cannot-tell':
      return t('step.cannotTell');
    default:
      return assertNever(step);
  }
}

/** A moment of the mesh clock, to the minute. */
export const clockText = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** Which policy the packets were dropped by. */
function dropped({ t }: Translator, { origins: [by] }: Step): string {
  return by === undefined ? '' : t('step.dropped', { policy: resourceText(by.resource) });
}

const connectKeys = {
  established: 'step.connect',
  refused: 'step.connectRefused',
  timeout: 'step.connectTimeout',
  unreachable: 'step.connectUnreachable',
} as const;

const jwtKeys = {
  'no-token': 'step.jwtNoToken',
  accepted: 'step.jwtAccepted',
  refused: 'step.jwtRefused',
  bypassed: 'step.jwtBypassed',
} as const;

const secretKeys = {
  delivered: 'step.secretDelivered',
  missing: 'step.secretMissing',
  'refused-by-proxy': 'step.secretRefused',
  kept: 'step.secretKept',
} as const;

function captureLine({ t }: Translator, direction: 'outbound' | 'inbound', captured: boolean, port = 0): string {
  if (captured) return t(direction === 'outbound' ? 'step.captureOutbound' : 'step.captureInbound', { port });
  return t(direction === 'outbound' ? 'step.notCapturedOutbound' : 'step.notCapturedInbound');
}

function tlsLine({ t }: Translator, { result, negotiated, client, server, earlier }: TlsHandshakeStep): string {
  if (earlier !== undefined) return t('step.tlsEarlier', { at: clockText(earlier.at) });
  switch (result.kind) {
    case 'established': {
      const mutual = client.certificateChain.length > 0 && server.clientCertificate !== 'not-requested';
      return t(mutual ? 'step.tlsMutual' : 'step.tlsEstablished', { version: negotiated?.version ?? '' });
    }
    case 'refused':
      return t(result.by === 'client' ? 'step.tlsRefusedByClient' : 'step.tlsRefusedByServer');
    case 'broken':
      return t('step.tlsBroken');
  }
}
