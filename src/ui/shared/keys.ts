/** Keyboard habits shared by every part of the window. */

/**
 * Single keys are for the canvas and the timeline only while nobody is typing. Where the browser has
 * EditContext, the editor's element is neither a field nor editable: it is a text box by its role.
 */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="textbox"], [role="menu"], [role="dialog"]') !== null
  );
}

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** `Mod+Shift+P` as this machine's keys are labelled. */
export function keysText(keys: string): string {
  if (!isApple()) return keys.replaceAll('Mod', 'Ctrl').replaceAll('+', ' ');
  return keys.replaceAll('Mod', '⌘').replaceAll('Shift', '⇧').replaceAll('Alt', '⌥').replaceAll('+', ' ');
}
