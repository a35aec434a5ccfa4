/** A workload's card; its proxy is the socket on either side: filled for a sidecar, outlined for none. */
import { memo } from 'react';
import { graphIndex } from '../../../state/selectors/graphIndex.ts';
import type { StudioState } from '../../../state/studioState.ts';
import type { GraphWorkload } from '../../../worker/meshGraph.ts';
import { useStudioState, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { CARD } from '../scene/sizes.ts';
import { Dashes } from './Dashes.tsx';
import { FittedName } from './FittedName.tsx';
import { PolicyMark } from './PolicyMark.tsx';

const workloadOf = (id: string) => (state: StudioState) => graphIndex(state.engine.graph).workloads.get(id);

export const WorkloadNode = memo(function WorkloadNode({ id }: { id: string }) {
  const { t } = useTranslator();
  const workload = useStudioState(workloadOf(id));
  if (workload === undefined) return null;
  const isExternal = workload.externalHost !== undefined;
  const isGateway = workload.proxy === 'gateway';
  const icon = isGateway ? 'gateway' : isExternal ? 'server' : 'workload';
  return (
    <div className={`card ${isGateway ? 'card-gateway' : ''} ${isExternal ? 'card-outside' : ''}`}>
      {isExternal && <Dashes {...CARD} radius={6} />}
      <span className={`socket socket-left socket-${workload.proxy}`} />
      <span className="card-name">
        <FittedName name={workload.externalHost ?? workload.name} width={CARD.width - 18} />
      </span>
      <span className="card-line">
        <Icon name={icon} />
        <span className="card-sub">{isExternal ? t('canvas.external') : secondLine(workload)}</span>
        <PolicyMark node={id} policies={workload.policies} />
        {workload.tainted && (
          <span className="card-taint" title={t('canvas.tainted')}>
            <Icon name="warning" />
          </span>
        )}
      </span>
      <span className={`socket socket-right socket-${workload.proxy}`} />
    </div>
  );
});

/** Its ports; and its service account where the name does not say it already. */
function secondLine({ ports, serviceAccount, name }: GraphWorkload): string {
  const where = ports.map(({ port }) => `:${port}`).join(' ');
  return serviceAccount === name && where !== ''
    ? where
    : [where, `sa ${serviceAccount}`].filter((part) => part !== '').join(' · ');
}
