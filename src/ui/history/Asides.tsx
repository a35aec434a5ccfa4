/** What lay in storage and could not be opened: to be downloaded, or thrown away. */
import { removeSetAside, setAsideText } from '../../state/snapshots/setAside.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';
import { downloadText } from '../shared/download.ts';
import { Section } from './Section.tsx';
import { timeText } from './times.ts';

const asidesOf = ({ setAside }: StudioState) => setAside;

export function Asides() {
  const studio = useStudio();
  const { t, language } = useTranslator('history');
  const asides = useStudioState(asidesOf);
  if (asides.length === 0) return null;
  return (
    <Section title={t('history.aside')}>
      <li className="history-note">{t('history.asideHint')}</li>
      {asides.map(({ id, at, why }) => (
        <li key={id} className="history-aside">
          <span>
            {t(`history.asideWhy.${why}`)} <span className="muted">{timeText(language, at, studio.now())}</span>
          </span>
          <IconButton
            icon="download"
            label={t('history.download')}
            onClick={() => void setAsideText(studio, id).then((text) => downloadText('meshverdict-unread.json', text))}
          />
          <IconButton icon="trash" label={t('history.remove')} onClick={() => void removeSetAside(studio, id)} />
        </li>
      ))}
    </Section>
  );
}
