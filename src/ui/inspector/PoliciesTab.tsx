/** Which policies select a workload, which of them count and why; mutual TLS port by port. */
import { reasonText } from '../../i18n/render/reason.ts';
import { revealRange } from '../../state/actions/look.ts';
import type { GraphWorkload } from '../../worker/meshGraph.ts';
import type { PoliciesView, PolicyView } from '../../worker/proxyView.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { DecidedBy } from './Facts.tsx';
import { useWorkloadAnswer } from './useEngineAnswer.ts';

export function PoliciesTab({ workload }: { workload: GraphWorkload }) {
  const { t } = useTranslator('inspector');
  const asked = useWorkloadAnswer('policies', workload.id);
  if (asked.status === 'waiting') return <p className="section muted">{t('inspector.loading')}</p>;
  if (asked.status === 'none') return <p className="section muted">{t('inspector.noProxy')}</p>;
  return <Policies view={asked.value} />;
}

function Policies({ view }: { view: PoliciesView }) {
  const { t } = useTranslator('inspector');
  return (
    <>
      <section className="section">
        <h3>{t('inspector.mtlsByPort')}</h3>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('inspector.port')}</th>
              <th scope="col">{t('inspector.mode')}</th>
              <th scope="col">{t('playback.decidedBy')}</th>
            </tr>
          </thead>
          <tbody>
            {view.mtls.map(({ port, mode, by, range }) => (
              <tr key={port}>
                <td className={port === 'default' ? '' : 'mono'}>
                  {port === 'default' ? t('inspector.otherPorts') : port}
                </td>
                <td>{mode}</td>
                <td>
                  <DecidedBy by={by} range={range} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="section">
        <h3>{t('inspector.policies')}</h3>
        {view.policies.length === 0 ? (
          <p className="muted">{t('inspector.noPolicies')}</p>
        ) : (
          <ul className="policies">
            {view.policies.map((policy) => (
              <Policy key={policy.resource} policy={policy} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Policy({ policy }: { policy: PolicyView }) {
  const studio = useStudio();
  const translator = useTranslator('inspector');
  const { t } = translator;
  const { range } = policy;
  const name = `${policy.namespace}/${policy.name}`;
  return (
    <li className="policy" data-state={policy.state}>
      <div className="policy-head">
        <span className="policy-kind">{policy.kind}</span>
        {range === undefined ? (
          <span>{name}</span>
        ) : (
          <button type="button" className="link" onClick={() => revealRange(studio, range)}>
            {name}
          </button>
        )}
        <span className="tag">{policy.summary}</span>
      </div>
      <p className="muted">
        {t(`inspector.scope.${policy.scope}`)} · {t(`inspector.policyState.${policy.state}`)} ·{' '}
        {reasonText(translator, policy.why)}
      </p>
    </li>
  );
}
