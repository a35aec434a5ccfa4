/** A namespace: a room with its name, injection and mTLS mode as text. */
import { memo } from 'react';
import { graphIndex } from '../../../state/selectors/graphIndex.ts';
import type { StudioState } from '../../../state/studioState.ts';
import { useStudioState, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { CARD, ROOM } from '../scene/sizes.ts';
import { Chevron } from './Chevron.tsx';
import { FittedName } from './FittedName.tsx';
import { PolicyMark } from './PolicyMark.tsx';

const namespaceOf = (id: string) => (state: StudioState) => graphIndex(state.engine.graph).namespaces.get(id);
const countOf = (name: string | undefined) => (state: StudioState) =>
  name === undefined ? 0 : (graphIndex(state.engine.graph).byNamespace.get(name)?.length ?? 0);

/** Chevron and icon beside the name, and the padding of the head. */
const HEAD_SIGNS = 76;

export const RoomNode = memo(function RoomNode({
  id,
  width = ROOM.padX * 2 + CARD.width,
}: {
  id: string;
  width?: number;
}) {
  const { t } = useTranslator();
  const namespace = useStudioState(namespaceOf(id));
  const count = useStudioState(countOf(namespace?.name));
  if (namespace === undefined) return null;
  return (
    <div className="room">
      <div className="room-head">
        {count > 0 && <Chevron name={namespace.name} isOpen title={t('canvas.collapse', { name: namespace.name })} />}
        <Icon name="namespace" />
        <span className="room-name">
          <FittedName name={namespace.name} width={width - HEAD_SIGNS} />
        </span>
        <PolicyMark node={id} policies={namespace.policies} />
        <span className="room-facts">
          {t(namespace.injection ? 'canvas.injectionOn' : 'canvas.injectionOff')}
          {namespace.injection && ` · ${t('canvas.mtls', { mode: namespace.mtls })}`}
        </span>
      </div>
      <div className="room-far" aria-hidden="true">
        <span className="room-name">{namespace.name}</span>
        <span>{t('canvas.workloads', { count })}</span>
      </div>
    </div>
  );
});
