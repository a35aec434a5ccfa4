/** Namespaces, services and the outside at a glance. */
import { selectNodes } from '../../state/actions/look.ts';
import { workloadNode } from '../../state/nodeIds.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { GraphNamespace, GraphService } from '../../worker/meshGraph.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon, type IconName } from '../shared/Icon.tsx';
import { DecidedBy, Fact, Facts, YamlLink } from './Facts.tsx';

function Head({ icon, name, kind }: { icon: IconName; name: string; kind: string }) {
  return (
    <header className="inspector-head">
      <Icon name={icon} size={20} />
      <h2>{name}</h2>
      <span className="muted">{kind}</span>
    </header>
  );
}

const graphOf = ({ engine }: StudioState) => engine.graph;

function WorkloadLinks({ ids }: { ids: readonly string[] }) {
  const studio = useStudio();
  return ids.map((id) => (
    <button key={id} type="button" className="link inline-link" onClick={() => selectNodes(studio, [workloadNode(id)])}>
      {id}
    </button>
  ));
}

export function NamespaceSummary({ namespace }: { namespace: GraphNamespace }) {
  const { t } = useTranslator('inspector');
  const workloads =
    useStudioState(graphOf)?.workloads.filter((workload) => workload.namespace === namespace.name) ?? [];
  return (
    <div className="inspector">
      <Head icon="namespace" name={namespace.name} kind="Namespace" />
      <div className="section">
        <Facts>
          <Fact label={t('inspector.field.injection')}>
            {t(namespace.injection ? 'inspector.on' : 'inspector.off')}
          </Fact>
          <Fact label={t('inspector.field.mtls')}>
            {namespace.mtls} <DecidedBy by={namespace.mtlsBy} />
          </Fact>
          <Fact label={t('inspector.field.workloads')}>
            <WorkloadLinks ids={workloads.map(({ id }) => id)} />
          </Fact>
        </Facts>
        <YamlLink range={namespace.range} />
      </div>
    </div>
  );
}

export function ServiceSummary({ service }: { service: GraphService }) {
  const { t } = useTranslator('inspector');
  return (
    <div className="inspector">
      <Head
        icon={service.type === 'LoadBalancer' ? 'balancer' : 'service'}
        name={service.name}
        kind={service.registry === 'kubernetes' ? 'Service' : 'ServiceEntry'}
      />
      <div className="section">
        <Facts>
          <Fact label={t('inspector.field.namespace')}>{service.namespace}</Fact>
          <Fact label={t('inspector.field.type')}>{service.type}</Fact>
          <Fact label={t('inspector.field.hostname')} code>
            {service.hostname}
          </Fact>
          {service.clusterIp !== undefined && (
            <Fact label={t('inspector.field.clusterIp')} code>
              {service.clusterIp}
            </Fact>
          )}
          {service.loadBalancerIp !== undefined && (
            <Fact label={t('inspector.field.loadBalancer')} code>
              {service.loadBalancerIp}
            </Fact>
          )}
          <Fact label={t('inspector.field.ports')} code>
            {service.ports.map(({ port, name, protocol }) => (
              <div key={port}>{`${port} ${name} (${protocol})`}</div>
            ))}
          </Fact>
          <Fact label={t('inspector.field.selects')}>
            <WorkloadLinks ids={service.workloads} />
          </Fact>
        </Facts>
        <YamlLink range={service.range} />
      </div>
    </div>
  );
}

export function OutsideSummary() {
  const { t } = useTranslator('inspector');
  const graph = useStudioState(graphOf);
  return (
    <div className="inspector">
      <Head icon="globe" name={t('canvas.outside')} kind="" />
      <div className="section">
        <Facts>
          <Fact label={t('inspector.field.address')} code>
            {graph?.outsideAddress ?? ''}
          </Fact>
        </Facts>
      </div>
    </div>
  );
}
