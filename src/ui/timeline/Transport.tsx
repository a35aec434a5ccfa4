/** Play, step, speed; and where one is. */
import { showTimeScale } from '../../state/actions/look.ts';
import { seekEnd, seekStart, setSpeed, stepBy, togglePlaying } from '../../state/actions/playback.ts';
import { PLAYBACK_SPEEDS, type StudioState } from '../../state/studioState.ts';
import { type Moment, stepNumber } from '../../state/trace/moments.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { IconButton, Menu, MenuChoice, MenuOption } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { keysText } from '../shared/keys.ts';

const playbackOf = ({ playback }: StudioState) => playback;
const timeScaleOf = ({ layout }: StudioState) => layout.timeScale;

export function Transport({ moments }: { moments: readonly Moment[] }) {
  const studio = useStudio();
  const { t } = useTranslator();
  const { at, playing, speed } = useStudioState(playbackOf);
  const timeScale = useStudioState(timeScaleOf);
  const atEnd = at >= moments.length - 1;
  return (
    <div className="transport" role="toolbar" aria-label={t('playback.title')}>
      <IconButton icon="toStart" label={t('playback.toStart')} keys="<" onClick={() => seekStart(studio)} />
      <IconButton icon="stepBack" label={t('playback.stepBack')} keys="," onClick={() => stepBy(studio, -1)} />
      <IconButton
        icon={playing ? 'pause' : atEnd ? 'replay' : 'play'}
        label={t(playing ? 'playback.pause' : atEnd ? 'playback.replay' : 'playback.play')}
        keys={keysText('P')}
        onClick={() => togglePlaying(studio)}
      />
      <IconButton icon="stepForward" label={t('playback.stepForward')} keys="." onClick={() => stepBy(studio, 1)} />
      <IconButton icon="toEnd" label={t('playback.toEnd')} keys=">" onClick={() => seekEnd(studio)} />
      <Menu
        label={t('playback.speed')}
        trigger={
          <button type="button" className="button transport-speed" aria-label={`${t('playback.speed')}: ${speed}×`}>
            {speed}×
            <Icon name="chevronDown" size={12} />
          </button>
        }
      >
        <MenuChoice
          value={String(speed)}
          onChange={(value) => setSpeed(studio, PLAYBACK_SPEEDS.find((option) => String(option) === value) ?? 1)}
        >
          {PLAYBACK_SPEEDS.map((option) => (
            <MenuOption key={option} value={String(option)}>
              {option}×
            </MenuOption>
          ))}
        </MenuChoice>
      </Menu>
      <Menu
        label={t('playback.scale')}
        width={280}
        trigger={
          <button
            type="button"
            className="button transport-speed"
            aria-label={`${t('playback.scale')}: ${t(`playback.scales.${timeScale}`)}`}
          >
            {timeScale === 'steps' ? t('playback.scales.steps') : 'ms'}
            <Icon name="chevronDown" size={12} />
          </button>
        }
      >
        <MenuChoice value={timeScale} onChange={(value) => showTimeScale(studio, value)}>
          {(['steps', 'milliseconds'] as const).map((option) => (
            <MenuOption key={option} value={option} hint={t(`playback.scaleHints.${option}`)}>
              {t(`playback.scales.${option}`)}
            </MenuOption>
          ))}
        </MenuChoice>
      </Menu>
      <span className="transport-position">{t('playback.position', stepNumber(moments, at))}</span>
    </div>
  );
}
