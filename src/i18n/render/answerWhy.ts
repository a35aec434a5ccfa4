/**
 * Why a proxy answered by itself, or broke off: the step of the hop that it comes down to, in words.
 * Undefined where the hop names nothing more than the answer.
 */
import type { SecretStep, Step } from '../../trace/step.ts';
import type { Hop } from '../../trace/trace.ts';
import type { Translator } from '../i18n.ts';
import { reasonText } from './reason.ts';
import { stepLine } from './step.ts';

export function answerWhy(translator: Translator, hop: Hop): string | undefined {
  for (const [index, step] of [...hop.steps.entries()].reverse()) {
    const why = whyOf(translator, hop, step, index);
    if (why !== undefined) return why;
  }
  return hop.log?.details === 'http1.codec_error' ? translator.t('verdict.answerWhy.not-http') : undefined;
}

/** istiod's name of the virtual host of a server to which no VirtualService is bound. */
const BLACK_HOLE = 'blackhole:';

function whyOf(translator: Translator, hop: Hop, step: Step, index: number): string | undefined {
  const { t } = translator;
  switch (step.kind) {
    case 'route-matched': {
      if (step.route !== undefined) return undefined;
      const received = hop.steps.slice(0, index).findLast((earlier) => earlier.kind === 'http-received');
      const params = { host: received?.authority ?? '', path: received?.normalizedPath ?? '' };
      if (step.virtualHost === undefined || step.virtualHost.startsWith(BLACK_HOLE))
        return t('verdict.answerWhy.no-virtual-host', params);
      return hop.log?.details === 'route_not_found' ? t('verdict.answerWhy.no-route', params) : undefined;
    }
    case 'cluster-selected':
      return step.missing ? stepLine(translator, step) : undefined;
    case 'endpoint-selected': {
      if (step.endpoint !== undefined) return undefined;
      const cluster = hop.steps.slice(0, index).findLast((earlier) => earlier.kind === 'cluster-selected')?.cluster;
      return t('verdict.answerWhy.no-endpoint', { cluster: cluster ?? '' });
    }
    case 'connect':
      return step.result === 'established' ? undefined : stepLine(translator, step);
    case 'tls-handshake':
      return step.role === 'client' && step.result.kind === 'broken'
        ? t(`verdict.broken.${step.result.reason}`)
        : undefined;
    case 'filter-action':
      return step.filter === 'fault' || step.filter === 'connection-pool' ? stepLine(translator, step) : undefined;
    default:
      return undefined;
  }
}

const isLacking = (step: Step): step is SecretStep => step.kind === 'secret' && step.state !== 'kept';

/** The secret that a server lacks, by the name it is asked for. */
export function missingSecret(translator: Translator, hop: Hop): string | undefined {
  const secret = hop.steps.findLast(isLacking);
  if (secret?.reason === undefined) return undefined;
  return translator.t(`verdict.answerWhy.${secret.state === 'refused-by-proxy' ? 'bad-secret' : 'no-secret'}`, {
    name: secret.name,
    why: reasonText(translator, secret.reason),
  });
}
