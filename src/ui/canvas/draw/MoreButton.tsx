/** Three dots beside what is selected: the menu, for those who do not right-click. */
import { ViewportPortal } from '@xyflow/react';
import type { Position } from '../../../state/workspace/workspace.ts';
import { useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import type { Scene } from '../scene/scene.ts';

export interface MoreButtonProps {
  readonly scene: Scene;
  readonly node: string;
  readonly count: number;
  readonly onOpen: (at: Position) => void;
}

export function MoreButton({ scene, node, count, onOpen }: MoreButtonProps) {
  const { t } = useTranslator('draw');
  const box = scene.get(node);
  if (box === undefined) return null;
  return (
    <ViewportPortal>
      <button
        type="button"
        className="more-button nodrag nopan"
        style={{ transform: `translate(${box.x + box.width}px, ${box.y}px) scale(var(--keep)) translate(-75%, -55%)` }}
        aria-label={t('draw.more', { count })}
        title={t('draw.more', { count })}
        aria-haspopup="menu"
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          onOpen({ x: left, y: bottom });
        }}
      >
        <Icon name="more" size={16} />
      </button>
    </ViewportPortal>
  );
}
