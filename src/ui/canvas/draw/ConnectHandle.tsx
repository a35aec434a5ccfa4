/**
 * The handle at a card's right edge, where its traffic leaves: dragged to another card it connects the
 * two, pressed it asks whom to call. Shown on the card under the pointer, and on the one selected.
 */
import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react';
import type { Position } from '../../../state/workspace/workspace.ts';
import { useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import type { Scene } from '../scene/scene.ts';
import { nodeAt } from './hitTest.ts';
import { DropLight } from './PlacingLayer.tsx';

export interface ConnectHandleProps {
  readonly scene: Scene;
  readonly node: string;
  readonly name: string;
  /** `to` absent: the handle was pressed, not dragged. */
  readonly onConnect: (from: string, to: string | undefined, at: Position) => void;
  readonly onPointed: (isPointed: boolean) => void;
}

const DRAG_FROM = 4;

export function ConnectHandle({ scene, node, name, onConnect, onPointed }: ConnectHandleProps) {
  const { t } = useTranslator('draw');
  const { screenToFlowPosition } = useReactFlow();
  const [tip, setTip] = useState<Position>();
  const isDragged = useRef(false);
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);
  const box = scene.get(node);
  if (box === undefined) return null;
  const start = { x: box.x + box.width, y: box.y + box.height / 2 };
  const isEnd = (other: { readonly id: string; readonly kind: string }): boolean =>
    !['room', 'collapsed', 'outside', 'authority'].includes(other.kind) && other.id !== node;
  const over = tip === undefined ? undefined : nodeAt(scene, tip, isEnd);

  const drag = (event: ReactPointerEvent): void => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const from = { x: event.clientX, y: event.clientY };
    isDragged.current = false;
    const onMove = ({ clientX, clientY }: PointerEvent): void => {
      if (!isDragged.current && Math.hypot(clientX - from.x, clientY - from.y) < DRAG_FROM) return;
      isDragged.current = true;
      onPointed(true);
      setTip(screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false }));
    };
    const end = (): void => {
      setTip(undefined);
      onPointed(false);
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', onKey, true);
    };
    const onUp = ({ clientX, clientY }: PointerEvent): void => {
      end();
      if (!isDragged.current) return;
      isDragged.current = false;
      const at = screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false });
      const target = nodeAt(scene, at, isEnd);
      if (target !== undefined) onConnect(node, target.id, { x: clientX, y: clientY });
    };
    const onKey = (key: KeyboardEvent): void => {
      if (key.key !== 'Escape') return;
      key.stopPropagation();
      end();
    };
    stop.current = end;
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', onKey, true);
  };

  return (
    <>
      <ViewportPortal>
        {tip !== undefined && (
          <svg className="connect-line" aria-hidden="true" width="1" height="1">
            <path d={`M${start.x} ${start.y}L${tip.x} ${tip.y}`} />
            <circle cx={tip.x} cy={tip.y} r="4" />
          </svg>
        )}
        <button
          type="button"
          className="connect-handle nodrag nopan"
          style={{ transform: `translate(${start.x}px, ${start.y}px) scale(var(--keep)) translate(-50%, -50%)` }}
          aria-label={t('draw.connect.handle', { name })}
          title={t('draw.connect.handle', { name })}
          onPointerDown={drag}
          onPointerEnter={() => onPointed(true)}
          onPointerLeave={() => {
            if (!isDragged.current) onPointed(false);
          }}
          onClick={(event) => {
            const { right, top } = event.currentTarget.getBoundingClientRect();
            onConnect(node, undefined, { x: right, y: top });
          }}
        >
          <Icon name="arrowRight" size={12} />
        </button>
      </ViewportPortal>
      <DropLight scene={scene} node={over?.id} words={t('draw.connect.drop')} />
    </>
  );
}
