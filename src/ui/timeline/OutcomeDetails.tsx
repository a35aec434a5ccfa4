/** The end of the story: what came back to the caller, and what the application had received. */
import { outcomeText } from '../../i18n/render/curlOutput.ts';
import type { AppSaw, ClientOutcome } from '../../trace/outcome.ts';
import { useTranslator } from '../shared/context.tsx';
import { StepFrame } from './StepFrame.tsx';

export function OutcomeDetails({ outcome }: { outcome: ClientOutcome }) {
  const { t } = useTranslator();
  return (
    <StepFrame>
      <p className="step-party">{t('playback.outcome')}</p>
      <h2 className="step-line mono">{outcomeText(outcome)}</h2>
      {outcome.kind === 'http' && outcome.headers.length > 0 && (
        <Pairs title={t('playback.received')} pairs={outcome.headers} />
      )}
      {outcome.kind === 'http' && outcome.appSaw !== undefined && <Saw saw={outcome.appSaw} />}
      {outcome.kind !== 'unknown' && outcome.servedBy !== undefined && (
        <p className="muted">
          {t('playback.servedBy')} {outcome.servedBy}
        </p>
      )}
    </StepFrame>
  );
}

function Saw({ saw }: { saw: AppSaw }) {
  const { t } = useTranslator();
  const request: readonly (readonly [string, string])[] = [
    ['', `${saw.method} ${saw.path}`],
    ['host', saw.host],
    ...Object.entries(saw.headers),
    ...(saw.sni === undefined ? [] : [['SNI', saw.sni] as const]),
    ...(saw.clientCertificate === undefined ? [] : [[t('playback.client'), saw.clientCertificate] as const]),
  ];
  return <Pairs title={t('playback.appSaw')} pairs={request} />;
}

function Pairs({ title, pairs }: { title: string; pairs: readonly (readonly [string, string])[] }) {
  return (
    <section className="pairs">
      <h3 className="step-head">{title}</h3>
      <ul>
        {pairs.map(([name, value]) => (
          <li key={`${name} ${value}`} className="mono pair">
            {name !== '' && <span className="muted">{name}: </span>}
            {value}
          </li>
        ))}
      </ul>
    </section>
  );
}
