/**
 * How many policies are for a node: a quiet shield, which leads to their YAML; each press to the next
 * one.
 */
import { useRef } from 'react';
import type { ResourceId } from '../../../base/ids.ts';
import { resourceText } from '../../../i18n/render/names.ts';
import { selectNodes } from '../../../state/actions/look.ts';
import { revealResource } from '../../../state/actions/revealResource.ts';
import { useStudio } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';

export function PolicyMark({ node, policies }: { node: string; policies: readonly ResourceId[] | undefined }) {
  const studio = useStudio();
  const next = useRef(0);
  if (policies === undefined) return null;
  return (
    // The pointer's short way; the node says how many, and its menu and the inspector lead there by keys.
    <span
      className="policy-mark nodrag nopan"
      aria-hidden="true"
      title={policies.map(resourceText).join('\n')}
      onClick={(event) => {
        event.stopPropagation();
        selectNodes(studio, [node]);
        const policy = policies[next.current % policies.length];
        next.current += 1;
        if (policy !== undefined) void revealResource(studio, policy);
      }}
    >
      <Icon name="policy" size={12} />
      {policies.length > 1 && policies.length}
    </span>
  );
}
