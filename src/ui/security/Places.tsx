/** The ways from a row to its place: the line of YAML, the node on the canvas, the call. */
import type { SourceRange } from '../../base/origin.ts';
import { chooseSavedCall } from '../../state/actions/changeCall.ts';
import { revealRange, showBottomTab, showOnCanvas } from '../../state/actions/look.ts';
import { sendCall } from '../../state/actions/sendCall.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

interface PlacesProps {
  readonly range?: SourceRange | undefined;
  readonly node?: string | undefined;
  /** Id of a saved call. */
  readonly call?: string | undefined;
}

export function Places({ range, node, call }: PlacesProps) {
  const studio = useStudio();
  const { t } = useTranslator('security');
  return (
    <div className="security-places">
      {range !== undefined && (
        <button
          type="button"
          className="button button-outlined"
          aria-label={`${t('security.toYaml')}: ${range.file}:${range.startLine}`}
          onClick={() => revealRange(studio, range)}
        >
          <Icon name="file" />
          {range.file}:{range.startLine}
        </button>
      )}
      {node !== undefined && (
        <button type="button" className="button button-outlined" onClick={() => showOnCanvas(studio, [node])}>
          <Icon name="workload" />
          {t('security.toCanvas')}
        </button>
      )}
      {call !== undefined && (
        <button
          type="button"
          className="button button-outlined"
          onClick={() => {
            chooseSavedCall(studio, call);
            void sendCall(studio, { play: false });
            showOnCanvas(studio, []);
            showBottomTab(studio, 'timeline');
          }}
        >
          <Icon name="send" />
          {t('security.toTrace')}
        </button>
      )}
    </div>
  );
}
