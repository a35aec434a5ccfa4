/** How many policies are for a node: a quiet shield, which leads to them in the inspector. */
import type { ResourceId } from '../../../base/ids.ts';
import { resourceText } from '../../../i18n/render/names.ts';
import { selectNodes, showInspectorTab } from '../../../state/actions/look.ts';
import { useStudio, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';

export function PolicyMark({ node, policies }: { node: string; policies: readonly ResourceId[] | undefined }) {
  const studio = useStudio();
  const { t } = useTranslator();
  if (policies === undefined) return null;
  const names = policies.map(resourceText).join('\n');
  return (
    <button
      type="button"
      className="policy-mark nodrag nopan"
      // Keys reach the same through the node itself and the inspector.
      tabIndex={-1}
      aria-label={t('canvas.policies', { count: policies.length })}
      title={names}
      onClick={(event) => {
        event.stopPropagation();
        selectNodes(studio, [node]);
        showInspectorTab(studio, 'policies');
      }}
    >
      <Icon name="policy" size={12} />
      {policies.length > 1 && policies.length}
    </button>
  );
}
