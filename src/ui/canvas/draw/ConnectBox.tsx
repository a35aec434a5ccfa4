/**
 * Two nodes were connected, or are about to be: make this call, or allow it, with what else the policy
 * would open and close before it is written.
 */
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { callBetween, makeCall } from '../../../state/actions/makeCall.ts';
import { sendCall } from '../../../state/actions/sendCall.ts';
import { parseNodeId } from '../../../state/nodeIds.ts';
import { graphIndex } from '../../../state/selectors/graphIndex.ts';
import type { Position } from '../../../state/workspace/workspace.ts';
import type { MeshGraph } from '../../../worker/meshGraph.ts';
import type { EditQuery } from '../../../worker/protocol.ts';
import { useStudio, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { AllowPreview } from './AllowPreview.tsx';
import { targetsFrom } from './connectTargets.ts';
import { FloatAnchor, floating } from './floatAt.tsx';

export interface ConnectBoxProps {
  readonly graph: MeshGraph;
  readonly from: string;
  readonly to: string | undefined;
  readonly at: Position;
  readonly onAllow: (intention: EditQuery['intention']) => void;
  readonly onClose: () => void;
  readonly returnFocus: () => void;
}

export function ConnectBox({
  graph,
  from: startFrom,
  to: startTo,
  at,
  onAllow,
  onClose,
  returnFocus,
}: ConnectBoxProps) {
  const { t } = useTranslator('draw');
  const studio = useStudio();
  const [from, setFrom] = useState(startFrom);
  const targets = targetsFrom(graph, from);
  const [chosen, setTo] = useState(startTo);
  const to = targets.some(({ node }) => node === chosen) ? chosen : targets[0]?.node;
  const call = to === undefined ? undefined : callBetween(graph, from, to);
  const back = to === undefined ? undefined : callBetween(graph, to, from);
  const index = graphIndex(graph);
  const caller = index.workloads.get(from);
  const target = to === undefined ? undefined : index.workloads.get(to);

  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor asChild>
        <FloatAnchor at={at} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="floating popover connect"
          aria-label={t('draw.connect.title')}
          {...floating(returnFocus)}
        >
          <div className="connect-ends">
            <span className="connect-end">{nameOf(from, t('canvas.outside'))}</span>
            <span aria-hidden="true">→</span>
            <select
              className="field"
              aria-label={t('draw.connect.to')}
              value={to ?? ''}
              onChange={(event) => setTo(event.target.value)}
            >
              {targets.map(({ node, label }) => (
                <option key={node} value={node}>
                  {label}
                </option>
              ))}
            </select>
            {back !== undefined && to !== undefined && (
              <button
                type="button"
                className="button button-icon"
                aria-label={t('draw.connect.turn')}
                title={t('draw.connect.turn')}
                onClick={() => {
                  setFrom(to);
                  setTo(from);
                }}
              >
                <Icon name="swap" />
              </button>
            )}
          </div>
          {call === undefined ? (
            <p className="muted">{t('draw.connect.noCall')}</p>
          ) : (
            <section>
              <p className="mono connect-curl">
                {call.protocol === 'tcp' ? 'tcp' : 'curl'} {call.url}
              </p>
              <button
                type="button"
                className="button button-primary"
                onClick={() => {
                  onClose();
                  if (to !== undefined && makeCall(studio, from, to)) void sendCall(studio, { play: true });
                }}
              >
                <Icon name="send" />
                {t('draw.connect.call')}
              </button>
            </section>
          )}
          {caller !== undefined && target !== undefined && (
            <AllowPreview
              key={`${caller.id} ${target.id}`}
              caller={caller.id}
              target={target.id}
              onAllow={(intention) => {
                onClose();
                onAllow(intention);
              }}
            />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function nameOf(node: string, outside: string): string {
  const ref = parseNodeId(node);
  return ref === undefined || ref.kind === 'outside' ? outside : ref.id;
}
