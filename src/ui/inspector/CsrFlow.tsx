/**
 * The way of a certificate request: who does what in which order, and where it ends. Played, paused
 * or walked step by step; at rest all of it is shown.
 */
import { useEffect, useState } from 'react';
import type { GraphWorkload } from '../../worker/meshGraph.ts';
import type { CsrFlowView } from '../../worker/protocol.ts';
import { useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { CsrDiagram } from './CsrDiagram.tsx';
import { useWorkloadAnswer } from './useEngineAnswer.ts';
import './csrFlow.css';

const STEP_MS = 1100;

export function CsrFlow({ workload }: { workload: GraphWorkload }) {
  const asked = useWorkloadAnswer('csr-flow', workload.id);
  return asked.status === 'known' ? <Flow key={workload.id} flow={asked.value} /> : null;
}

function Flow({ flow: { steps, failure, unknown } }: { flow: CsrFlowView }) {
  const { t } = useTranslator('csr');
  const last = steps.length - 1;
  const [picked, setPicked] = useState<number>();
  const [playing, setPlaying] = useState(false);
  // The flow may have become shorter with an edit.
  const at = Math.min(picked ?? last, last);

  useEffect(() => {
    if (!playing) return undefined;
    const timer = setTimeout(() => (at >= last ? setPlaying(false) : setPicked(at + 1)), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, at, last]);

  const walk = (to: number): void => {
    setPlaying(false);
    setPicked(Math.min(Math.max(to, 0), last));
  };
  return (
    <section className="section">
      <div className="csr-head">
        <h3>{t(failure === undefined ? 'csr.title' : 'csr.failedTitle')}</h3>
        <IconButton icon="stepBack" label={t('csr.back')} disabled={at <= 0} onClick={() => walk(at - 1)} />
        <IconButton
          icon={playing ? 'pause' : 'play'}
          label={t(playing ? 'csr.pause' : 'csr.play')}
          onClick={() => {
            if (!playing && at >= last) setPicked(0);
            setPlaying(!playing);
          }}
        />
        <IconButton icon="stepForward" label={t('csr.forward')} disabled={at >= last} onClick={() => walk(at + 1)} />
      </div>
      <CsrDiagram steps={steps} at={at} />
      {/* In sight while it plays; the list below has all of it. */}
      {playing && steps[at] !== undefined && (
        <p className="csr-caption" aria-live="polite">
          {t(`csr.step.${steps[at].kind}`, steps[at].params)}
        </p>
      )}
      <ol className="csr-flow">
        {steps.map((step, index) => (
          // Their order is their identity.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Step key={index} step={step} state={index > at ? 'later' : index === at ? 'current' : 'done'} />
        ))}
      </ol>
      {unknown && <p className="muted">{t('csr.unknown')}</p>}
      {failure !== undefined && at === last && (
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

interface StepProps {
  readonly step: CsrFlowView['steps'][number];
  readonly state: 'done' | 'current' | 'later';
}

function Step({ step: { kind, from, to, ok, params, text }, state }: StepProps) {
  const { t } = useTranslator('csr');
  const actor = t(`csr.actor.${from}`);
  return (
    <li data-ok={ok} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
      <Icon name={ok ? 'check' : 'close'} size={12} />
      <div>
        <strong>{from === to ? actor : t('csr.between', { from: actor, to: t(`csr.actor.${to}`) })}</strong>
        <span className="visually-hidden">{t(ok ? 'csr.passed' : 'csr.failed')}</span> {t(`csr.step.${kind}`, params)}
        {text !== undefined && <code>{text}</code>}
      </div>
    </li>
  );
}
