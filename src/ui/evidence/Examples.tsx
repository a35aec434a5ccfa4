/** Recorded calls to look at: which case, what was sent, what real Envoy answered and logged. */
import type { RecordedCall } from '../../trace/evidence.ts';
import { useTranslator } from '../shared/context.tsx';

export function Examples({ calls }: { calls: readonly RecordedCall[] }) {
  const { t } = useTranslator('evidence');
  if (calls.length === 0) return null;
  return (
    <>
      <h4 className="step-head">{t('evidence.examples')}</h4>
      <ul className="evidence-examples">
        {calls.map((call) => (
          <Example key={`${call.case} ${call.variant} ${call.call}`} call={call} />
        ))}
      </ul>
    </>
  );
}

function Example({ call }: { call: RecordedCall }) {
  const { t } = useTranslator('evidence');
  const answer = [
    `curl ${call.exit}`,
    ...(call.status === 0 ? [] : [`HTTP ${call.status}`]),
    ...(call.answer === undefined ? [] : [call.answer]),
  ];
  return (
    <li>
      {/* Titles and names of cases are data, in English. */}
      <p lang="en">{call.title}</p>
      <p className="mono muted">
        {call.case} · {call.variant} · {call.call}
      </p>
      <dl className="evidence-call">
        <dt>{t('evidence.sent')}</dt>
        <dd className="mono">
          {call.from} → {call.to}
        </dd>
        <dt>{t('evidence.answered')}</dt>
        <dd className="mono">{answer.join(' · ')}</dd>
        {call.logs.length > 0 && <dt>{t('evidence.log')}</dt>}
        {call.logs.map((line) => (
          <dd key={line} className="mono">
            {line}
          </dd>
        ))}
      </dl>
    </li>
  );
}
