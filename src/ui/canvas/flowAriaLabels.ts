/** React Flow's own words, in the reader's language. */
import type { AriaLabelConfig } from '@xyflow/react';
import type { Translator } from '../../i18n/i18n.ts';

export const flowAriaLabels = ({ t }: Translator): Partial<AriaLabelConfig> => ({
  'node.a11yDescription.default': t('canvas.nodeKeys'),
  'node.a11yDescription.keyboardDisabled': t('canvas.nodeKeys'),
  'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }) => t('canvas.moved', { direction, x, y }),
  'edge.a11yDescription.default': '',
  'controls.ariaLabel': t('app.panel.canvas'),
  'controls.zoomIn.ariaLabel': t('canvas.zoomIn'),
  'controls.zoomOut.ariaLabel': t('canvas.zoomOut'),
  'controls.fitView.ariaLabel': t('canvas.fit'),
  'minimap.ariaLabel': t('canvas.minimap'),
});
