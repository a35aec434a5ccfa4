/** Threads from a certificate authority, while it is selected or pointed at, to everybody whose certificate it signed. */
import { ViewportPortal } from '@xyflow/react';
import { workloadNode } from '../../../state/nodeIds.ts';
import { graphIndex } from '../../../state/selectors/graphIndex.ts';
import type { GraphAuthority, MeshGraph } from '../../../worker/meshGraph.ts';
import { type Scene, type SceneNode, seenAt } from '../scene/scene.ts';
import './authorities.css';

export interface ThreadsProps {
  readonly graph: MeshGraph;
  readonly scene: Scene;
  readonly pointed: string | undefined;
  readonly selected: string | undefined;
}

export function Threads({ graph, scene, pointed, selected }: ThreadsProps) {
  const { authorities } = graphIndex(graph);
  const id = [pointed, selected].find((node) => node !== undefined && authorities.has(node)) ?? '';
  const authority = authorities.get(id);
  const from = scene.get(id);
  if (authority === undefined || from === undefined) return null;
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  return (
    <ViewportPortal>
      <svg className="authority-threads" aria-hidden="true" width="1" height="1">
        {cardsOf(authority, scene).map((card) => {
          const to = { x: card.x + card.width / 2, y: card.y + card.height };
          const bend = Math.max(40, Math.abs(to.x - start.x) / 3);
          return (
            <g key={card.id}>
              <path d={`M${start.x} ${start.y}C${start.x + bend} ${start.y} ${to.x} ${to.y + 32} ${to.x} ${to.y}`} />
              <circle cx={to.x} cy={to.y} r={4} />
            </g>
          );
        })}
      </svg>
    </ViewportPortal>
  );
}

/** Whom it signed for, as they are seen: those in one closed room are one. */
const cardsOf = ({ certifies }: GraphAuthority, scene: Scene): readonly SceneNode[] => [
  ...new Set(certifies.flatMap((id) => seenAt(scene, workloadNode(id)) ?? [])),
];
