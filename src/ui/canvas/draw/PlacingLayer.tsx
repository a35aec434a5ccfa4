/** What is in the hand: the words beside the pointer, what lights up below it, and the line that says how to go on. */
import { ViewportPortal } from '@xyflow/react';
import { createPortal } from 'react-dom';
import { useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import type { Scene } from '../scene/scene.ts';
import type { DropTarget } from './dropTarget.ts';
import { type Item, iconOf } from './items.ts';
import type { Tool } from './tool.ts';
import type { Hover } from './usePlacing.ts';

export interface PlacingLayerProps {
  readonly tool: Tool;
  readonly hover: Hover | undefined;
  readonly byKeyboard: DropTarget | undefined;
  readonly scene: Scene;
}

export function PlacingLayer({ tool, hover, byKeyboard, scene }: PlacingLayerProps) {
  const { t } = useTranslator('draw');
  const say = (item: Item, { words, name }: DropTarget): string => t(words, { what: t(`draw.title.${item}`), name });
  return (
    <>
      <DropLight scene={scene} node={hover?.target?.node} />
      {hover !== undefined &&
        createPortal(
          <div
            className="floating drop-words"
            data-refused={hover.target === undefined}
            style={{ left: hover.screen.x + 14, top: hover.screen.y + 16 }}
          >
            <Icon name={hover.target === undefined ? 'error' : iconOf(hover.item)} />
            {hover.target === undefined
              ? t('draw.drop.notHere', { what: t(`draw.title.${hover.item}`) })
              : say(hover.item, hover.target)}
          </div>,
          document.body,
        )}
      <div className="tool-hint" role="status">
        {tool.kind === 'place' && (
          <p>
            {byKeyboard === undefined
              ? t('draw.placeHint', { what: t(`draw.title.${tool.item}`) })
              : t('draw.placeHintEnter', { what: t(`draw.title.${tool.item}`), where: say(tool.item, byKeyboard) })}
          </p>
        )}
        {tool.kind === 'hand' && <p>{t('draw.handHint')}</p>}
      </div>
    </>
  );
}

/** The outline of what would take it in. */
export function DropLight({ scene, node, words }: { scene: Scene; node: string | undefined; words?: string }) {
  const box = node === undefined ? undefined : scene.get(node);
  if (box === undefined) return null;
  return (
    <ViewportPortal>
      <div
        className="drop-light"
        aria-hidden="true"
        style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
      >
        {words !== undefined && <span className="drop-light-words">{words}</span>}
      </div>
    </ViewportPortal>
  );
}
