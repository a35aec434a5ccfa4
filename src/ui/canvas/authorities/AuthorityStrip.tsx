/**
 * The certificate authorities of the mesh in a strip of their own at the edge of the canvas. A chosen
 * one shows threads to everybody whose certificate it signed.
 */
import { useReactFlow, useViewport, ViewportPortal } from '@xyflow/react';
import { useLayoutEffect, useRef, useState } from 'react';
import { selectNodes, showRightTab } from '../../../state/actions/look.ts';
import { authorityNode, workloadNode } from '../../../state/nodeIds.ts';
import { selectedNode } from '../../../state/selectors/select.ts';
import type { GraphAuthority, MeshGraph } from '../../../worker/meshGraph.ts';
import { useStudio, useStudioState, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { type Scene, type SceneNode, seenAt } from '../scene/scene.ts';
import './authorities.css';

export function AuthorityStrip({ graph, scene }: { graph: MeshGraph; scene: Scene }) {
  const { t } = useTranslator('certificates');
  const studio = useStudio();
  const selected = useStudioState(selectedNode);
  const [pointed, setPointed] = useState<string>();
  const chips = useRef(new Map<string, HTMLElement>());
  // An issuer that only made another CA is in the explorer; the strip is about who certifies whom.
  const authorities = graph.authorities.filter(({ certifies }) => certifies.length > 0);
  const shown = authorities.find(({ id }) => id === pointed || authorityNode(id) === selected);
  if (authorities.length === 0) return null;
  return (
    <>
      <fieldset className="authority-strip">
        <legend className="visually-hidden">{t('certificates.strip')}</legend>
        <span className="muted">CA</span>
        {authorities.map((authority) => {
          const { id, name, certifies } = authority;
          const isSelected = authorityNode(id) === selected;
          return (
            <button
              key={id}
              ref={(element) => {
                if (element === null) chips.current.delete(id);
                else chips.current.set(id, element);
              }}
              type="button"
              className="authority-chip"
              aria-pressed={isSelected}
              aria-label={t('certificates.chip', { name, count: certifies.length })}
              title={t('certificates.chip', { name, count: certifies.length })}
              onPointerEnter={() => setPointed(id)}
              onPointerLeave={() => setPointed(undefined)}
              onClick={() => {
                selectNodes(studio, isSelected ? [] : [authorityNode(id)]);
                if (!isSelected) showRightTab(studio, 'inspector');
              }}
            >
              <Icon name="authority" size={12} />
              <span className="authority-name">{name}</span>
              <span className="muted">{certifies.length}</span>
            </button>
          );
        })}
      </fieldset>
      {shown !== undefined && <Threads authority={shown} scene={scene} chip={chips.current.get(shown.id)} />}
    </>
  );
}

interface ThreadsProps {
  readonly authority: GraphAuthority;
  readonly scene: Scene;
  readonly chip: HTMLElement | undefined;
}

/** Whom it signed for, as they are seen: those in one closed room are one. */
const cardsOf = ({ certifies }: GraphAuthority, scene: Scene): readonly SceneNode[] => [
  ...new Set(certifies.flatMap((id) => seenAt(scene, workloadNode(id)) ?? [])),
];

/** From the chip, which stands still, to cards, which move with the canvas. */
function Threads({ authority, scene, chip }: ThreadsProps) {
  const { screenToFlowPosition } = useReactFlow();
  const { x, y, zoom } = useViewport();
  const [from, setFrom] = useState<{ readonly x: number; readonly y: number }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place follows the viewport
  useLayoutEffect(() => {
    const box = chip?.getBoundingClientRect();
    if (box !== undefined)
      setFrom(screenToFlowPosition({ x: box.left + box.width / 2, y: box.top }, { snapToGrid: false }));
  }, [chip, screenToFlowPosition, x, y, zoom]);
  if (from === undefined) return null;
  return (
    <ViewportPortal>
      <svg className="authority-threads" aria-hidden="true" width="1" height="1">
        {cardsOf(authority, scene).map((card) => {
          const to = { x: card.x + card.width / 2, y: card.y + card.height };
          const bend = (from.y + to.y) / 2;
          return (
            <g key={card.id}>
              <path d={`M${from.x} ${from.y}C${from.x} ${bend} ${to.x} ${bend} ${to.x} ${to.y}`} />
              <circle cx={to.x} cy={to.y} r={4} />
            </g>
          );
        })}
      </svg>
    </ViewportPortal>
  );
}
