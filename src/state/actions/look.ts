/** How somebody looks at the work: selection, panels, tabs, theme, language. Never in the undo history. */
import type { SourceRange } from '../../base/origin.ts';
import type { Studio } from '../studio.ts';
import type { BottomTab, InspectorTab, RightTab, Settings, StepPlace, TimeScale, ViewName } from '../studioState.ts';
import { openedAround } from '../workspace/collapsed.ts';
import { patch } from './update.ts';

/** What is selected is seen: a closed namespace opens for it. */
export function selectNodes(studio: Studio, nodes: readonly string[]): void {
  const { workspace, selection } = studio.store.getState();
  const opened = openedAround(workspace, nodes);
  if (opened !== workspace) studio.store.setState({ workspace: opened });
  const now = selection.nodes;
  if (now.length === nodes.length && now.every((id, at) => id === nodes[at])) return;
  patch(studio, 'selection', { nodes });
}

export type PanelName = 'explorer' | 'right' | 'bottom';

export function togglePanel(studio: Studio, panel: PanelName, open?: boolean): void {
  const { layout } = studio.store.getState();
  patch(studio, 'layout', { [panel]: open ?? !layout[panel] });
}

export const showRightTab = (studio: Studio, rightTab: RightTab): void =>
  patch(studio, 'layout', { right: true, rightTab, front: { panel: 'right' } });

/** What one step of the call rests on. */
export const showEvidence = (studio: Studio, { hop, index }: StepPlace): void =>
  patch(studio, 'layout', { right: true, rightTab: 'evidence', evidence: { hop, index } });

export const showInspectorTab = (studio: Studio, inspectorTab: InspectorTab): void =>
  patch(studio, 'layout', { right: true, rightTab: 'inspector', inspectorTab, front: { panel: 'right' } });

export const showBottomTab = (studio: Studio, bottomTab: BottomTab): void =>
  patch(studio, 'layout', { bottom: true, bottomTab, front: { panel: 'bottom' } });

export const showTimeScale = (studio: Studio, timeScale: TimeScale): void => patch(studio, 'layout', { timeScale });

export const showView = (studio: Studio, view: ViewName): void =>
  patch(studio, 'layout', { view, front: { panel: 'canvas' } });

/** Leaves whatever stands in the middle for the canvas, with these nodes selected. */
export function showOnCanvas(studio: Studio, nodes: readonly string[]): void {
  showView(studio, 'mesh');
  selectNodes(studio, nodes);
}

export const hideStartHint = (studio: Studio): void => patch(studio, 'layout', { startHint: false });

export const openFile = (studio: Studio, file: string): void => patch(studio, 'layout', { file });

/** Brings a range of the text into view. */
export function revealRange(studio: Studio, range: SourceRange): void {
  patch(studio, 'layout', {
    right: true,
    rightTab: 'yaml',
    file: range.file,
    reveal: { ...range },
    front: { panel: 'right' },
  });
}

export function rememberSizes(studio: Studio, group: string, sizes: Readonly<Record<string, number>>): void {
  const { layout } = studio.store.getState();
  patch(studio, 'layout', { sizes: { ...layout.sizes, [group]: sizes } });
}

export const changeSettings = (studio: Studio, change: Partial<Settings>): void => patch(studio, 'settings', change);
