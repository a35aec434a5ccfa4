/** A namespace that is shown closed: one card that says how many are in it, and what is for them. */
import { memo } from 'react';
import { graphIndex } from '../../../state/selectors/graphIndex.ts';
import type { StudioState } from '../../../state/studioState.ts';
import type { GraphWorkload } from '../../../worker/meshGraph.ts';
import { useStudioState, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { COLLAPSED } from '../scene/sizes.ts';
import { Chevron } from './Chevron.tsx';
import { FittedName } from './FittedName.tsx';
import { PolicyMark } from './PolicyMark.tsx';

const NOBODY: readonly GraphWorkload[] = [];
const namespaceOf = (id: string) => (state: StudioState) => graphIndex(state.engine.graph).namespaces.get(id);
const workloadsOf = (name: string | undefined) => (state: StudioState) =>
  graphIndex(state.engine.graph).byNamespace.get(name ?? '') ?? NOBODY;

export const CollapsedRoom = memo(function CollapsedRoom({ id }: { id: string }) {
  const { t } = useTranslator();
  const namespace = useStudioState(namespaceOf(id));
  const workloads = useStudioState(workloadsOf(namespace?.name));
  if (namespace === undefined) return null;
  const policies = [
    ...new Set([...(namespace.policies ?? []), ...workloads.flatMap((workload) => workload.policies ?? [])]),
  ];
  return (
    <div className="card card-collapsed">
      <span className="card-name">
        <Chevron name={namespace.name} isOpen={false} title={t('canvas.expand', { name: namespace.name })} />
        <Icon name="namespace" />
        <FittedName name={namespace.name} width={COLLAPSED.width - 76} />
      </span>
      <span className="card-line">
        <span className="card-sub">{t('canvas.workloads', { count: workloads.length })}</span>
        <PolicyMark node={id} policies={policies.length === 0 ? undefined : policies} />
        {workloads.some(({ tainted }) => tainted) && (
          <span className="card-taint" title={t('canvas.taintedInside')}>
            <Icon name="warning" />
          </span>
        )}
        {namespace.injection && <span className="room-facts">{t('canvas.mtls', { mode: namespace.mtls })}</span>}
      </span>
    </div>
  );
});
