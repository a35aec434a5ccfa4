/** What a party computes, decides or concludes between two messages. */
import type { TlsTexts } from '../../../i18n/tls/index.ts';
import type { HandshakeMessage, HandshakeStep } from '../../../worker/certificateView.ts';
import { useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { CurveArithmetic } from './CurveArithmetic.tsx';
import { formulaOf } from './formula.ts';
import { ShellCommand } from './ShellCommand.tsx';
import { shellCommand } from './shellCommand.ts';
import { filled } from './useTlsTexts.ts';

export interface StepRowProps {
  readonly step: HandshakeStep;
  /** Of the whole handshake: hashes are over them. */
  readonly messages: readonly HandshakeMessage[];
  readonly texts: TlsTexts;
}

export function StepRow({ step, messages, texts }: StepRowProps) {
  const { t } = useTranslator('handshake');
  const who = t(`handshake.${step.by}`);
  switch (step.kind) {
    case 'computation':
      return (
        <details className="step-row" data-by={step.by}>
          <summary>
            <Icon name={step.secret ? 'lock' : 'unlock'} size={12} />
            <span>{filled(texts.view.computed, { who, what: step.name })}</span>
          </summary>
          <p>{texts.value[step.name]}</p>
          <p className="muted">
            {filled(texts.operation[step.operation.kind], { what: operationDetail(step.operation) })}
            {` · ${step.secret ? texts.view.secret : texts.view.public}`}
          </p>
          <code className="step-formula">
            {step.name} = {formulaOf(step)}
          </code>
          <dl className="step-inputs">
            {step.inputs.map(({ name, value }) =>
              value === '' ? null : (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="mono">{value}</dd>
                </div>
              ),
            )}
            <div className="step-output">
              <dt>{step.name}</dt>
              <dd className="mono">{step.value}</dd>
            </div>
          </dl>
          <Repeat step={step} messages={messages} texts={texts} who={who} />
        </details>
      );
    case 'decision':
      return (
        <details className="step-row" data-by={step.by}>
          <summary>
            <Icon name={step.chosen === undefined ? 'close' : 'check'} size={12} />
            <span>
              {filled(texts.view.decided, { who, what: texts.decision[step.topic] })}{' '}
              <code>{short(step.chosen) ?? texts.view.nothing}</code>
            </span>
          </summary>
          {step.offered.length > 0 && (
            <p className="muted">
              {texts.view.offered}: <code>{step.offered.join(', ')}</code>
            </p>
          )}
          {step.supported.length > 0 && (
            <p className="muted">
              {texts.view.supported}: <code>{step.supported.join(', ')}</code>
            </p>
          )}
        </details>
      );
    case 'outcome':
      return (
        <p className="step-row step-outcome" data-by={step.by} data-kind={step.outcome.kind}>
          <Icon name={step.outcome.kind === 'established' ? 'lock' : 'unlock'} size={12} />
          <span>{outcomeText(step.outcome, who, texts)}</span>
        </p>
      );
  }
}

type Computation = Extract<HandshakeStep, { kind: 'computation' }>;

/** How a reader comes to the same value without us. */
function Repeat({ step, messages, texts, who }: StepRowProps & { readonly step: Computation; readonly who: string }) {
  const command = shellCommand(step, messages);
  const note = step.operation.kind === 'sign' ? { note: filled(texts.view.shellSigned, { who }) } : {};
  return (
    <>
      <CurveArithmetic step={step} texts={texts} />
      {command !== undefined && <ShellCommand command={command} texts={texts} {...note} />}
    </>
  );
}

type Outcome = Extract<HandshakeStep, { kind: 'outcome' }>['outcome'];

const short = (chosen: string | undefined): string | undefined =>
  chosen !== undefined && chosen.length > 40 ? `${chosen.slice(0, 16)}…` : chosen;

function operationDetail(operation: Computation['operation']): string {
  switch (operation.kind) {
    case 'random':
      return '';
    case 'public-key':
    case 'ecdh':
      return operation.group;
    case 'transcript-hash':
    case 'hkdf-extract':
    case 'hmac':
      return operation.hash;
    case 'hkdf-expand-label':
    case 'prf':
      return `${operation.hash}, “${operation.label}”, ${operation.length}`;
    case 'slice':
      return `${operation.start}–${operation.end}`;
    case 'sign':
      return operation.scheme;
  }
}

function outcomeText(outcome: Outcome, who: string, { view, failure }: TlsTexts): string {
  const late = 'late' in outcome && outcome.late ? ` ${view.late}` : '';
  switch (outcome.kind) {
    case 'handshaking':
      return '';
    case 'established':
      return filled(view.established, { who });
    case 'refused-peer':
      return `${filled(view.refused, { who })} ${failure[outcome.reason]}${outcome.detail === undefined ? '' : ` ${outcome.detail}`}`;
    case 'alert-received':
      return `${filled(view.alertReceived, { who, what: String(outcome.alert) })}${late}`;
    case 'closed':
      return filled(view.closed, { who });
    case 'lost':
      return `${filled(view.lost, { who })}${late}`;
  }
}
