/** Menus and boxes that float over the canvas without a button of their own: from a point, and back to the canvas. */
import type { ComponentProps } from 'react';
import type { Position } from '../../../state/workspace/workspace.ts';

/** What the menu or box stands at; a point of the window. */
export function FloatAnchor({ at, ...rest }: ComponentProps<'span'> & { readonly at: Position }) {
  return <span {...rest} className="menu-anchor" style={{ left: at.x, top: at.y }} aria-hidden="true" />;
}

/** Of its content: beside the point, inside the window, and afterwards the focus goes where `onClosed` puts it. */
export const floating = (onClosed: () => void) =>
  ({
    align: 'start',
    sideOffset: 4,
    collisionPadding: 8,
    onCloseAutoFocus: (event: Event): void => {
      event.preventDefault();
      onClosed();
    },
  }) as const;
