/**
 * Every keyboard shortcut of the window, once: the listener, the sheet and the palette read this list.
 * Those of the editor come with what shows them (ui/editor/commands.ts).
 */
import type { MessageKey } from '../../i18n/messages/messages.ts';
import { toggleAllCollapsed, toggleCollapsed } from '../../state/actions/collapse.ts';
import { togglePanel } from '../../state/actions/look.ts';
import { seekEnd, seekStart, stepBy, togglePlaying } from '../../state/actions/playback.ts';
import { sendCall } from '../../state/actions/sendCall.ts';
import { redo, undo } from '../../state/actions/undo.ts';
import type { Studio } from '../../state/studio.ts';
import { openDialog } from './dialogs.ts';

export interface Shortcut {
  readonly id: string;
  readonly name: MessageKey<'shortcut'>;
  readonly group: 'shortcut.groupGeneral' | 'shortcut.groupPlayback' | 'shortcut.groupCanvas';
  /** `Mod` is Ctrl, or ⌘ on Apple's machines; further ones do the same. */
  readonly keys: readonly string[];
  /** Absent: another part of the window listens; the sheet only tells. */
  readonly run?: (studio: Studio) => void;
  /** Also while typing in a field. */
  readonly whileTyping?: boolean;
}

const general = 'shortcut.groupGeneral';
const playback = 'shortcut.groupPlayback';
const canvas = 'shortcut.groupCanvas';

const onCanvas = (run: (studio: Studio) => void) => (studio: Studio) => {
  if (studio.store.getState().layout.view === 'mesh') run(studio);
};

export const SHORTCUTS: readonly Shortcut[] = [
  {
    id: 'commands',
    name: 'shortcut.commands',
    group: general,
    keys: ['Mod+K', 'Mod+Shift+P', 'Mod+/'],
    run: () => openDialog('commands'),
    whileTyping: true,
  },
  {
    id: 'send',
    name: 'shortcut.send',
    group: general,
    keys: ['Mod+Enter'],
    run: (studio) => void sendCall(studio, { play: true }),
    whileTyping: true,
  },
  {
    id: 'request',
    name: 'shortcut.focusRequest',
    group: general,
    keys: ['/'],
    run: () => document.getElementById('request-url')?.focus(),
  },
  {
    id: 'start',
    name: 'shortcut.start',
    group: general,
    keys: ['Mod+O'],
    run: () => openDialog('start'),
    whileTyping: true,
  },
  { id: 'undo', name: 'shortcut.undo', group: general, keys: ['Mod+Z'], run: undo },
  { id: 'redo', name: 'shortcut.redo', group: general, keys: ['Mod+Shift+Z', 'Mod+Y'], run: redo },
  {
    id: 'explorer',
    name: 'shortcut.toggleExplorer',
    group: general,
    keys: ['Mod+B'],
    run: (studio) => togglePanel(studio, 'explorer'),
    whileTyping: true,
  },
  {
    id: 'right',
    name: 'shortcut.toggleRight',
    group: general,
    keys: ['Mod+Alt+B'],
    run: (studio) => togglePanel(studio, 'right'),
    whileTyping: true,
  },
  {
    id: 'bottom',
    name: 'shortcut.toggleBottom',
    group: general,
    keys: ['Mod+J'],
    run: (studio) => togglePanel(studio, 'bottom'),
    whileTyping: true,
  },
  { id: 'sheet', name: 'shortcut.sheet', group: general, keys: ['?'], run: () => openDialog('shortcuts') },
  { id: 'play', name: 'shortcut.play', group: playback, keys: ['P'], run: togglePlaying },
  { id: 'forward', name: 'shortcut.stepForward', group: playback, keys: ['.'], run: (studio) => stepBy(studio, 1) },
  { id: 'back', name: 'shortcut.stepBack', group: playback, keys: [','], run: (studio) => stepBy(studio, -1) },
  { id: 'start', name: 'shortcut.toStart', group: playback, keys: ['<'], run: seekStart },
  { id: 'end', name: 'shortcut.toEnd', group: playback, keys: ['>'], run: seekEnd },
  { id: 'fit', name: 'shortcut.fit', group: canvas, keys: ['Shift+1'] },
  { id: 'fit-selection', name: 'shortcut.fitSelection', group: canvas, keys: ['Shift+2'] },
  { id: 'zoom-in', name: 'shortcut.zoomIn', group: canvas, keys: ['Mod++'] },
  { id: 'zoom-out', name: 'shortcut.zoomOut', group: canvas, keys: ['Mod+-'] },
  { id: 'zoom-reset', name: 'shortcut.zoomReset', group: canvas, keys: ['Mod+0'] },
  { id: 'find', name: 'shortcut.find', group: canvas, keys: ['Mod+F'] },
  { id: 'select', name: 'shortcut.select', group: canvas, keys: ['V'] },
  { id: 'hand', name: 'shortcut.hand', group: canvas, keys: ['H', 'Space'] },
  { id: 'add', name: 'shortcut.add', group: canvas, keys: ['A'] },
  { id: 'tools', name: 'shortcut.tools', group: canvas, keys: ['N', 'W', 'S', 'G', 'E', 'O', 'X', 'R', 'I'] },
  { id: 'place', name: 'shortcut.place', group: canvas, keys: ['Enter'] },
  { id: 'rename', name: 'shortcut.rename', group: canvas, keys: ['F2'] },
  { id: 'connect', name: 'shortcut.connect', group: canvas, keys: ['C'] },
  { id: 'duplicate', name: 'shortcut.duplicate', group: canvas, keys: ['Mod+D'] },
  { id: 'copy', name: 'shortcut.copy', group: canvas, keys: ['Mod+C', 'Mod+X', 'Mod+V'] },
  { id: 'select-all', name: 'shortcut.selectAll', group: canvas, keys: ['Mod+A'] },
  { id: 'menu', name: 'shortcut.menu', group: canvas, keys: ['Shift+F10'] },
  { id: 'remove', name: 'shortcut.remove', group: canvas, keys: ['Del'] },
  { id: 'walk', name: 'shortcut.walk', group: canvas, keys: ['←↑→↓'] },
  {
    id: 'collapse',
    name: 'shortcut.collapse',
    group: canvas,
    keys: ['F'],
    run: onCanvas(toggleCollapsed),
  },
  {
    id: 'collapse-all',
    name: 'shortcut.collapseAll',
    group: canvas,
    keys: ['Shift+F'],
    run: onCanvas(toggleAllCollapsed),
  },
  { id: 'clear', name: 'shortcut.clear', group: canvas, keys: ['Esc'] },
];

/** Whether an event is one of a shortcut's key combinations. */
export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+').filter((part) => part !== '');
  const key = keys.endsWith('++') ? '+' : (parts.at(-1) ?? '');
  const wants = (name: string): boolean => parts.slice(0, -1).includes(name);
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === wants('Mod') &&
    event.altKey === wants('Alt') &&
    // A sign may need Shift on one keyboard and not on another.
    (isSign || event.shiftKey === wants('Shift'))
  );
}
