/** Language and theme at hand, motion and shortcuts behind the gear. */
import { LANGUAGES } from '../../base/localizedText.ts';
import { changeSettings } from '../../state/actions/look.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import {
  IconButton,
  Menu,
  MenuChoice,
  MenuItem,
  MenuLabel,
  MenuOption,
  MenuSeparator,
  Tooltip,
} from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { openDialog } from './dialogs.ts';
import { useIsDark } from './useAppearance.ts';

const settingsOf = ({ settings }: StudioState) => settings;

export function SettingsMenu() {
  const studio = useStudio();
  const { t } = useTranslator();
  const { theme, language, motion } = useStudioState(settingsOf);
  const isDark = useIsDark();
  const other = LANGUAGES.find((candidate) => candidate !== language) ?? 'en';
  return (
    <>
      <Tooltip text={t('app.language.label')}>
        <button
          type="button"
          className="button settings-quick"
          lang={other}
          onClick={() => changeSettings(studio, { language: other })}
        >
          {t(`app.language.${other}`)}
        </button>
      </Tooltip>
      <IconButton
        className="settings-quick"
        icon={isDark ? 'sun' : 'moon'}
        label={`${t('app.theme.label')}: ${t(isDark ? 'app.theme.light' : 'app.theme.dark')}`}
        onClick={() => changeSettings(studio, { theme: isDark ? 'light' : 'dark' })}
      />
      <Menu
        label={t('app.settings')}
        align="end"
        width={220}
        trigger={
          <button type="button" className="button button-icon" aria-label={t('app.settings')}>
            <Icon name="gear" />
          </button>
        }
      >
        <MenuLabel>{t('app.language.label')}</MenuLabel>
        <MenuChoice value={language} onChange={(value) => changeSettings(studio, { language: value })}>
          {LANGUAGES.map((value) => (
            <MenuOption key={value} value={value}>
              <span lang={value}>{t(`app.language.${value}`)}</span>
            </MenuOption>
          ))}
        </MenuChoice>
        <MenuSeparator />
        <MenuLabel>{t('app.theme.label')}</MenuLabel>
        <MenuChoice value={theme} onChange={(value) => changeSettings(studio, { theme: value })}>
          {(['light', 'dark', 'system'] as const).map((value) => (
            <MenuOption key={value} value={value}>
              {t(`app.theme.${value}`)}
            </MenuOption>
          ))}
        </MenuChoice>
        <MenuSeparator />
        <MenuLabel>{t('app.motion.label')}</MenuLabel>
        <MenuChoice value={motion} onChange={(value) => changeSettings(studio, { motion: value })}>
          {(['full', 'reduced', 'system'] as const).map((value) => (
            <MenuOption key={value} value={value}>
              {t(`app.motion.${value}`)}
            </MenuOption>
          ))}
        </MenuChoice>
        <MenuSeparator />
        <MenuItem icon={<Icon name="keyboard" />} onSelect={() => openDialog('shortcuts')}>
          {t('app.shortcuts')}
        </MenuItem>
      </Menu>
    </>
  );
}
