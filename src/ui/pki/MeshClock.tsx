/** The mesh clock as a field, with leaps of days; every move can be undone. */
import { setMeshClock } from '../../state/actions/meshClock.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import './meshClock.css';

export const meshNow = ({ workspace }: StudioState): number => Date.parse(workspace.world.now);
const DAY = 86_400_000;
const LEAPS = [-30, -1, 1, 30, 365] as const;

export function MeshClock() {
  const { t } = useTranslator('certificates');
  const studio = useStudio();
  const now = useStudioState(meshNow);
  return (
    <div className="mesh-clock">
      <label className="mesh-clock-field">
        <span>{t('certificates.clock')}</span>
        <input
          type="datetime-local"
          className="input"
          value={new Date(now).toISOString().slice(0, 16)}
          onChange={({ target: { value } }) => {
            // A year that is still being typed is no year yet.
            if (value >= '1970') setMeshClock(studio, Date.parse(`${value}:00Z`));
          }}
        />
      </label>
      <div className="mesh-clock-leaps">
        {LEAPS.map((days) => (
          <button
            key={days}
            type="button"
            className="button button-outlined"
            aria-label={days < 0 ? t('certificates.back', { days: -days }) : t('certificates.forward', { count: days })}
            onClick={() => setMeshClock(studio, now + days * DAY)}
          >
            {days > 0 ? t('certificates.plusDays', { days }) : t('certificates.minusDays', { days: -days })}
          </button>
        ))}
      </div>
    </div>
  );
}

export const dateTime = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
