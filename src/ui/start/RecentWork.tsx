/** States to go on from: of other meshes, and those with a name. */
import { localize } from '../../base/localizedText.ts';
import type { StudioState } from '../../state/studioState.ts';
import { timeText } from '../history/times.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { recentWork } from './recentWork.ts';

const snapshotsOf = ({ snapshots }: StudioState) => snapshots;
const workspaceOf = ({ workspace }: StudioState) => workspace;

export function RecentWork({ onOpen }: { onOpen: (id: string) => void }) {
  const studio = useStudio();
  const { t, language } = useTranslator('start');
  const recent = recentWork(useStudioState(snapshotsOf), useStudioState(workspaceOf));
  return (
    <section aria-labelledby="start-recent">
      <h3 id="start-recent">{t('start.recent')}</h3>
      {recent.length === 0 && <p className="muted">{t('start.recentNone')}</p>}
      <ul>
        {recent.map(({ id, at, mesh, label }) => (
          <li key={id}>
            <button type="button" className="button start-recent" onClick={() => onOpen(id)}>
              <Icon name="clock" />
              <span className="start-recent-name">
                {localize(mesh, language)}
                {label !== undefined && <span className="muted"> · {label}</span>}
              </span>
              <span className="muted">{timeText(language, at, studio.now())}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
