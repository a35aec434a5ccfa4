/**
 * Keys of the canvas, while it or nothing has the focus and nobody types: one letter a tool, and what
 * drawing boards share (Delete, F2, Ctrl D, Ctrl A, Ctrl C X V, Escape). Letters of tools also work
 * from a button elsewhere, which has no use for them. Copy and paste also answer to the browser's own
 * menu.
 */
import { type RefObject, useEffect, useRef } from 'react';
import { selectNodes } from '../../../state/actions/look.ts';
import type { Position } from '../../../state/workspace/workspace.ts';
import { useStudio } from '../../shared/context.tsx';
import { isTyping } from '../../shared/keys.ts';
import type { CommandId } from './commands.ts';
import { ITEM_KEYS, type Item } from './items.ts';
import { SELECT, type Tool } from './tool.ts';

export interface KeyActions {
  readonly tool: Tool;
  readonly setTool: (tool: Tool) => void;
  readonly placeByKeyboard: (item: Item) => void;
  readonly openAddMenu: () => void;
  readonly run: (id: CommandId) => void;
  readonly paste: (text: string) => void;
  readonly find: () => void;
  /** By so much, what is selected: for when no card has the focus that would move itself. */
  readonly nudge: (x: number, y: number) => void;
}

const COMMAND_KEYS: Readonly<Record<string, CommandId>> = {
  Delete: 'remove',
  Backspace: 'remove',
  F2: 'rename',
  c: 'connect',
  'Mod+d': 'duplicate',
  'Mod+a': 'select-all',
};

/** A step of the grid; with Shift, of the dots. */
const NUDGES: Readonly<Record<string, Position>> = {
  ArrowLeft: { x: -4, y: 0 },
  ArrowRight: { x: 4, y: 0 },
  ArrowUp: { x: 0, y: -4 },
  ArrowDown: { x: 0, y: 4 },
};

export function useCanvasKeys(frame: RefObject<HTMLElement | null>, actions: KeyActions): void {
  const studio = useStudio();
  const newest = useRef(actions);
  newest.current = actions;

  useEffect(() => {
    const isHere = (target: EventTarget | null): boolean =>
      (target === document.body || (target instanceof Node && frame.current?.contains(target) === true)) &&
      !isTyping(target);

    /** A button that was pressed keeps the focus; who goes on drawing does not think of it. */
    const isOnButtonElsewhere = (target: EventTarget | null): boolean =>
      target instanceof HTMLButtonElement && !isHere(target) && !isTyping(target);

    const chooseTool = (event: KeyboardEvent): boolean => {
      const { setTool, openAddMenu } = newest.current;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return false;
      const key = event.key.toLowerCase();
      const item = ITEM_OF_KEY.get(key);
      if (item === undefined && !TOOL_KEYS.has(key)) return false;
      // Enter puts down what the tool holds; it must not press the button again.
      if (isOnButtonElsewhere(event.target)) (event.target as HTMLElement).blur();
      if (item !== undefined) setTool({ kind: 'place', item });
      else if (key === 'a') openAddMenu();
      else setTool(key === 'v' ? SELECT : { kind: 'hand' });
      return true;
    };

    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const { tool, setTool, placeByKeyboard, run, find } = newest.current;
      const isMod = event.ctrlKey || event.metaKey;
      const inEditor = event.target instanceof Element && event.target.closest('.monaco-editor') !== null;
      if (isMod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'f' && !inEditor) {
        event.preventDefault();
        find();
        return;
      }
      if ((isHere(event.target) || isOnButtonElsewhere(event.target)) && chooseTool(event)) {
        event.preventDefault();
        return;
      }
      if (!isHere(event.target) || event.repeat || event.altKey) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const command = COMMAND_KEYS[`${isMod ? 'Mod+' : ''}${key}`];
      const nudge = isMod || event.target !== document.body ? undefined : NUDGES[key];
      const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
      if (command !== undefined && !event.shiftKey) run(command);
      else if (nudge !== undefined)
        newest.current.nudge(nudge.x * (event.shiftKey ? 6 : 1), nudge.y * (event.shiftKey ? 6 : 1));
      // Held, it moves the view; the window must not scroll meanwhile.
      else if (key === ' ' && event.target === document.body) event.preventDefault();
      else if (isMod || event.shiftKey) return;
      else if (key === 'Enter' && tool.kind === 'place' && !isOnButton) placeByKeyboard(tool.item);
      else if (key === 'Escape') {
        if (tool.kind !== 'select') setTool(SELECT);
        else selectNodes(studio, []);
      } else return;
      event.preventDefault();
    };
    const hasTextSelected = (): boolean => (getSelection()?.toString() ?? '') !== '';
    const onCopy = (event: ClipboardEvent): void => {
      if (!isHere(event.target) || hasTextSelected()) return;
      if (studio.store.getState().selection.nodes.length === 0) return;
      event.preventDefault();
      newest.current.run(event.type === 'cut' ? 'cut' : 'copy');
    };
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (event.defaultPrevented || !isHere(event.target) || !/^\s*"?(apiVersion|kind|items)"?\s*:/m.test(text)) return;
      event.preventDefault();
      newest.current.paste(text);
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('copy', onCopy);
    window.addEventListener('cut', onCopy);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('copy', onCopy);
      window.removeEventListener('cut', onCopy);
      window.removeEventListener('paste', onPaste);
    };
  }, [studio, frame]);
}

/** Add, select, hand. */
const TOOL_KEYS: ReadonlySet<string> = new Set(['a', 'v', 'h']);

const ITEM_OF_KEY: ReadonlyMap<string, Item> = new Map(
  Object.entries(ITEM_KEYS).map(([item, key]) => [key.toLowerCase(), item as Item]),
);
