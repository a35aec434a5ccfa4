/** A workload at a glance. */
import { selectNodes } from '../../state/actions/look.ts';
import { serviceNode } from '../../state/nodeIds.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { GraphWorkload } from '../../worker/meshGraph.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Fact, Facts, YamlLink } from './Facts.tsx';

const servicesOf = ({ engine }: StudioState) => engine.graph?.services ?? NONE;
const NONE: readonly never[] = [];

export function WorkloadSummary({ workload }: { workload: GraphWorkload }) {
  const studio = useStudio();
  const { t } = useTranslator('inspector');
  const services = useStudioState(servicesOf).filter(({ workloads }) => workloads.includes(workload.id));
  return (
    <div className="section">
      <Facts>
        <Fact label={t('inspector.field.kind')}>{workload.controller}</Fact>
        <Fact label={t('inspector.field.proxy')}>{t(`inspector.proxy.${workload.proxy}`)}</Fact>
        {workload.proxy !== 'none' && <Fact label={t('inspector.field.mtls')}>{workload.mtls}</Fact>}
        <Fact label={t('inspector.field.serviceAccount')} code>
          {workload.serviceAccount}
        </Fact>
        {workload.spiffeId !== undefined && (
          <Fact label={t('inspector.field.spiffeId')} code>
            {workload.spiffeId}
          </Fact>
        )}
        <Fact label={t('inspector.field.address')} code>
          {workload.ip}
        </Fact>
        {workload.ports.length > 0 && (
          <Fact label={t('inspector.field.ports')} code>
            {workload.ports.map(({ port, protocol }) => `${port} ${protocol}`).join(', ')}
          </Fact>
        )}
        {services.length > 0 && (
          <Fact label={t('inspector.field.services')}>
            {services.map(({ id, name }) => (
              <button
                key={id}
                type="button"
                className="link inline-link"
                onClick={() => selectNodes(studio, [serviceNode(id)])}
              >
                {name}
              </button>
            ))}
          </Fact>
        )}
        <Fact label={t('inspector.field.labels')} code>
          {Object.entries(workload.labels).map(([name, value]) => (
            <div key={name}>
              {name}={value}
            </div>
          ))}
        </Fact>
      </Facts>
      {workload.tainted && <p className="warning">{t('canvas.tainted')}</p>}
      <YamlLink range={workload.range} />
    </div>
  );
}
