/** The way of a certificate request: who does what in which order, and where it ends. */
import type { GraphWorkload } from '../../worker/meshGraph.ts';
import type { CsrFlowView } from '../../worker/protocol.ts';
import { useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { useWorkloadAnswer } from './useEngineAnswer.ts';
import './csrFlow.css';

export function CsrFlow({ workload }: { workload: GraphWorkload }) {
  const { t } = useTranslator('csr');
  const asked = useWorkloadAnswer('csr-flow', workload.id);
  if (asked.status !== 'known') return null;
  const { steps, failure, unknown } = asked.value;
  return (
    <section className="section">
      <h3>{t(failure === undefined ? 'csr.title' : 'csr.failedTitle')}</h3>
      <ol className="csr-flow">
        {steps.map((step, at) => (
          // Their order is their identity.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Step key={at} step={step} />
        ))}
      </ol>
      {unknown && <p className="muted">{t('csr.unknown')}</p>}
      {failure !== undefined && (
        <div className="csr-failure">
          <p>
            {t('csr.symptom')} {failure.retried && t('csr.retried')}
          </p>
          {failure.event !== undefined && (
            <p>
              <code>{failure.event.reason}</code> {failure.event.message}
            </p>
          )}
          <p className="muted">{t('csr.agentLog')}</p>
          <code>{failure.log}</code>
        </div>
      )}
    </section>
  );
}

function Step({ step: { kind, from, to, ok, params, text } }: { step: CsrFlowView['steps'][number] }) {
  const { t } = useTranslator('csr');
  const actor = t(`csr.actor.${from}`);
  return (
    <li data-ok={ok}>
      <Icon name={ok ? 'check' : 'close'} size={12} />
      <div>
        <strong>{from === to ? actor : t('csr.between', { from: actor, to: t(`csr.actor.${to}`) })}</strong>
        <span className="visually-hidden">{t(ok ? 'csr.passed' : 'csr.failed')}</span> {t(`csr.step.${kind}`, params)}
        {text !== undefined && <code>{text}</code>}
      </div>
    </li>
  );
}
