/** Zoom and fit, in the corner; the same by keyboard while the canvas has the focus. */
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';
import { isTyping } from '../shared/keys.ts';

export function CanvasTools() {
  const { t } = useTranslator();
  const { zoomIn, zoomOut, fitView, zoomTo, getNodes } = useReactFlow();

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target)) return;
      const isCommand = event.ctrlKey || event.metaKey;
      if (isCommand && (event.key === '=' || event.key === '+')) void zoomIn();
      else if (isCommand && event.key === '-') void zoomOut();
      else if (isCommand && event.key === '0') void zoomTo(1);
      else if (event.shiftKey && event.code === 'Digit1') void fitView({ padding: 0.06, maxZoom: 1.25 });
      else if (event.shiftKey && event.code === 'Digit2') {
        const nodes = getNodes().filter((node) => node.selected === true);
        if (nodes.length > 0) void fitView({ nodes, padding: 0.4, maxZoom: 1.5 });
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [zoomIn, zoomOut, fitView, zoomTo, getNodes]);

  return (
    <div className="canvas-tools" role="toolbar" aria-label={t('app.panel.canvas')}>
      <IconButton icon="minus" label={t('canvas.zoomOut')} keys="Ctrl -" onClick={() => void zoomOut()} />
      <IconButton icon="plus" label={t('canvas.zoomIn')} keys="Ctrl +" onClick={() => void zoomIn()} />
      <IconButton
        icon="fit"
        label={t('canvas.fit')}
        keys="Shift 1"
        onClick={() => void fitView({ padding: 0.06, maxZoom: 1.25 })}
      />
    </div>
  );
}
