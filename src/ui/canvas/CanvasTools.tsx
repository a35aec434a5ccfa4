/** Add, arrange, zoom and fit, in the corner; the same by keyboard while the canvas has the focus. */
import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useTranslator } from '../shared/context.tsx';
import { IconButton, Menu, MenuItem } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { isTyping, keysText } from '../shared/keys.ts';
import { onArrangeRequested } from './arrangeRequests.ts';
import { AddMenu, type AddMenuProps } from './draw/AddMenu.tsx';
import type { Scene } from './scene/scene.ts';
import { useArrange } from './useArrange.ts';
import { useShowAll } from './useShowAll.ts';

export interface CanvasToolsProps {
  readonly scene: Scene;
  readonly adding: Omit<AddMenuProps, 'trigger'>;
  readonly onFind: () => void;
}

export function CanvasTools({ scene, adding, onFind }: CanvasToolsProps) {
  const { t } = useTranslator('draw');
  const { zoomIn, zoomOut, fitView, zoomTo, getNodes } = useReactFlow();
  const showAll = useShowAll();

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target)) return;
      const isCommand = event.ctrlKey || event.metaKey;
      if (isCommand && (event.key === '=' || event.key === '+')) void zoomIn();
      else if (isCommand && event.key === '-') void zoomOut();
      else if (isCommand && event.key === '0') void zoomTo(1);
      else if (event.shiftKey && event.code === 'Digit1') showAll();
      else if (event.shiftKey && event.code === 'Digit2') {
        const nodes = getNodes().filter((node) => node.selected === true);
        if (nodes.length > 0) void fitView({ nodes, padding: 0.4, maxZoom: 1.5 });
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [zoomIn, zoomOut, fitView, showAll, zoomTo, getNodes]);

  return (
    <div className="canvas-tools" role="toolbar" aria-label={t('app.panel.canvas')}>
      <AddMenu
        {...adding}
        trigger={
          <button type="button" className="button canvas-add" aria-label={t('draw.addLabel')} aria-keyshortcuts="A">
            <Icon name="plus" />
            {t('draw.add')}
            <kbd className="kbd">A</kbd>
          </button>
        }
      />
      <IconButton icon="search" label={t('draw.find')} keys={keysText('Mod+F')} onClick={onFind} />
      <ArrangeButton scene={scene} />
      <IconButton icon="minus" label={t('canvas.zoomOut')} keys={keysText('Mod+-')} onClick={() => void zoomOut()} />
      <IconButton icon="plus" label={t('canvas.zoomIn')} keys={keysText('Mod+=')} onClick={() => void zoomIn()} />
      <IconButton icon="fit" label={t('canvas.fit')} keys={keysText('Shift+1')} onClick={showAll} />
    </div>
  );
}

/** By who calls whom: what nobody placed, or everything. One undo brings the old places back. */
function ArrangeButton({ scene }: { scene: Scene }) {
  const { t } = useTranslator('draw');
  const { arrange, isBusy } = useArrange(scene);
  const newest = useRef(arrange);
  newest.current = arrange;
  useEffect(() => onArrangeRequested((what) => void newest.current(what)), []);
  return (
    <Menu
      label={t('draw.arrange.title')}
      width={296}
      trigger={
        <button
          type="button"
          className="button button-icon"
          aria-label={t(isBusy ? 'canvas.arranging' : 'canvas.arrange')}
          title={t('canvas.arrange')}
          disabled={isBusy}
        >
          <Icon name="arrange" />
        </button>
      }
    >
      <MenuItem onSelect={() => void arrange('rest')}>
        <div>{t('draw.arrange.rest')}</div>
        <div className="menu-item-hint">{t('draw.arrange.restHint')}</div>
      </MenuItem>
      <MenuItem onSelect={() => void arrange('everything')}>
        <div>{t('draw.arrange.everything')}</div>
        <div className="menu-item-hint">{t('draw.arrange.everythingHint')}</div>
      </MenuItem>
    </Menu>
  );
}
