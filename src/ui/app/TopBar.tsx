/** Whose mesh this is, undo and redo, find, language, theme. */
import { localize } from '../../base/localizedText.ts';
import { showRightTab, togglePanel } from '../../state/actions/look.ts';
import { redo, undo } from '../../state/actions/undo.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { IconButton, Tooltip } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { keysText } from '../shared/keys.ts';
import { openDialog } from './dialogs.ts';
import { ViewSwitch } from './MainView.tsx';
import { MeshMenu } from './MeshMenu.tsx';
import { SettingsMenu } from './SettingsMenu.tsx';

const canUndo = ({ history }: StudioState) => history.past.length > 0;
const canRedo = ({ history }: StudioState) => history.future.length > 0;
const nameOf = ({ workspace }: StudioState) => workspace.name;
const engineStatus = ({ engine }: StudioState) => engine.status;
const savingOf = ({ saving }: StudioState) => saving;
const layoutOf = ({ layout }: StudioState) => layout;

export function TopBar() {
  const studio = useStudio();
  const { t, language } = useTranslator();
  const name = localize(useStudioState(nameOf), language);
  const layout = useStudioState(layoutOf);
  const toggles = [
    { panel: 'explorer', icon: 'panelLeft', keys: 'Mod+B' },
    { panel: 'bottom', icon: 'panelBottom', keys: 'Mod+J' },
    { panel: 'right', icon: 'panelRight', keys: 'Mod+Alt+B' },
  ] as const;
  return (
    <header className="topbar">
      <div className="topbar-mark">
        <Mark />
        <h1>{t('app.title')}</h1>
      </div>
      <MeshMenu name={name} />
      <span className="topbar-divider" />
      <IconButton
        icon="undo"
        label={t('app.undo')}
        keys={keysText('Mod+Z')}
        disabled={!useStudioState(canUndo)}
        onClick={() => undo(studio)}
      />
      <IconButton
        icon="redo"
        label={t('app.redo')}
        keys={keysText('Mod+Shift+Z')}
        disabled={!useStudioState(canRedo)}
        onClick={() => redo(studio)}
      />
      <Status />
      <ViewSwitch />
      <span className="topbar-spacer" />
      <Tooltip text={t('app.privacy')}>
        <button type="button" className="button topbar-note" onClick={() => showRightTab(studio, 'evidence')}>
          {t('app.fidelity')}
        </button>
      </Tooltip>
      <button
        type="button"
        className="button button-outlined find-button"
        aria-label={t('app.commands')}
        onClick={() => openDialog('commands')}
      >
        <Icon name="search" />
        <span className="find-label">{t('app.commands')}</span>
        <kbd className="kbd">{keysText('Mod+K')}</kbd>
      </button>
      <span className="topbar-divider" />
      {toggles.map(({ panel, icon, keys }) => (
        <IconButton
          key={panel}
          icon={icon}
          label={t(layout[panel] ? 'app.panel.hide' : 'app.panel.show', { panel: t(`app.panel.${panel}`) })}
          keys={keysText(keys)}
          className="topbar-toggle"
          aria-pressed={layout[panel]}
          onClick={() => togglePanel(studio, panel)}
        />
      ))}
      <span className="topbar-divider" />
      <SettingsMenu />
    </header>
  );
}

/** Whether the picture is up to date, and whether the work is kept. */
function Status() {
  const { t } = useTranslator();
  const status = useStudioState(engineStatus);
  const saving = useStudioState(savingOf);
  return (
    <span className="topbar-note topbar-status" role="status">
      <span className="status-dot" data-status={status} />
      <span className="status-text">{status === 'ready' ? t(`app.saving.${saving}`) : t(`app.engine.${status}`)}</span>
    </span>
  );
}

function Mark() {
  return (
    <svg
      viewBox="0 0 32 32"
      aria-hidden="true"
      fill="none"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <rect x="1" y="1" width="30" height="30" rx="7" fill="var(--allowed)" />
      <path d="M7.5 22.500V10l8.5 8 8.5-8v12.5" stroke="var(--surface-0)" />
    </svg>
  );
}
