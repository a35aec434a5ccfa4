/** What is not in the mesh: callers beyond the cluster, and the load balancers on its border. */
import { memo } from 'react';
import { graphIndex } from '../../../state/selectors/graphIndex.ts';
import type { StudioState } from '../../../state/studioState.ts';
import { useStudioState, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { BALANCER, OUTSIDE_CARD } from '../scene/sizes.ts';
import { Dashes } from './Dashes.tsx';
import { FittedName } from './FittedName.tsx';

const outsideAddress = ({ engine }: StudioState) => engine.graph?.outsideAddress ?? '';

export const OutsideNode = memo(function OutsideNode() {
  const { t } = useTranslator();
  const address = useStudioState(outsideAddress);
  return (
    <div className="card card-outside">
      <Dashes {...OUTSIDE_CARD} radius={6} />
      <span className="card-name">{t('canvas.outside')}</span>
      <span className="card-line">
        <Icon name="globe" />
        <span className="card-sub mono">{address}</span>
      </span>
    </div>
  );
});

const serviceOf = (id: string) => (state: StudioState) => graphIndex(state.engine.graph).services.get(id);

export const BalancerNode = memo(function BalancerNode({ id }: { id: string }) {
  const { t } = useTranslator();
  const service = useStudioState(serviceOf(id));
  if (service === undefined) return null;
  return (
    <div className="card card-balancer" title={`${t('canvas.loadBalancer')} ${service.id}`}>
      <Dashes {...BALANCER} radius={BALANCER.height / 2} />
      <span className="card-name">
        <FittedName name={service.name} width={BALANCER.width - 36} />
      </span>
      <span className="card-line">
        <Icon name="balancer" />
        <span className="card-sub mono">{service.loadBalancerIp ?? t('canvas.loadBalancer')}</span>
      </span>
    </div>
  );
});
