/**
 * The whole mesh in small, with the part that is in view; drag in it to go elsewhere. Only while not
 * everything is in view, and not on a canvas so small that it would hide what it shows. Keys and
 * readers have Fit, Find and the explorer for the same, so it is the pointer's alone.
 */
import { useReactFlow, useStore } from '@xyflow/react';
import { memo, type PointerEvent, useMemo, useRef } from 'react';
import type { Scene } from './scene/scene.ts';

const ROOM_FOR_IT = { width: 640, height: 420 };
const SIZE = { width: 176, height: 112 };
const MARGIN = 40;

export function Overview({ scene, selected }: { scene: Scene; selected: readonly string[] }) {
  const [x, y, zoom] = useStore(({ transform }) => transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const { setCenter } = useReactFlow();
  const isHeld = useRef(false);
  const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const whole = useMemo(() => boundsOf(scene), [scene]);
  const isAllSeen =
    view.x <= whole.x &&
    view.y <= whole.y &&
    view.x + view.width >= whole.x + whole.width &&
    view.y + view.height >= whole.y + whole.height;
  if (isAllSeen || width < ROOM_FOR_IT.width || height < ROOM_FOR_IT.height) return null;

  const scale = Math.max((whole.width + 2 * MARGIN) / SIZE.width, (whole.height + 2 * MARGIN) / SIZE.height);
  const box = {
    x: whole.x + whole.width / 2 - (SIZE.width * scale) / 2,
    y: whole.y + whole.height / 2 - (SIZE.height * scale) / 2,
  };
  const go = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    void setCenter(box.x + (event.clientX - left) * scale, box.y + (event.clientY - top) * scale, { zoom });
  };
  return (
    <svg
      className="overview"
      aria-hidden="true"
      viewBox={`${box.x} ${box.y} ${SIZE.width * scale} ${SIZE.height * scale}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        isHeld.current = true;
        go(event);
      }}
      onPointerMove={(event) => {
        if (isHeld.current) go(event);
      }}
      onPointerUp={() => {
        isHeld.current = false;
      }}
    >
      <Boxes scene={scene} selected={selected} />
      <rect className="overview-view" x={view.x} y={view.y} width={view.width} height={view.height} />
    </svg>
  );
}

/** Apart from the view, which changes with every frame of a pan. */
const Boxes = memo(function Boxes({ scene, selected }: { scene: Scene; selected: readonly string[] }) {
  const chosen = new Set(selected);
  return [...scene.values()].map(({ id, kind, x, y, width, height }) => (
    <rect
      key={id}
      className={chosen.has(id) ? 'overview-selected' : kind === 'room' ? undefined : 'overview-card'}
      x={x}
      y={y}
      width={width}
      height={height}
    />
  ));
});

function boundsOf(scene: Scene): { x: number; y: number; width: number; height: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of scene.values()) {
    left = Math.min(left, node.x);
    top = Math.min(top, node.y);
    right = Math.max(right, node.x + node.width);
    bottom = Math.max(bottom, node.y + node.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
