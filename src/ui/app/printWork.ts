/** Prints the mesh and the call on show; what is drawn for paper needs the canvas to be there. */
import { showView } from '../../state/actions/look.ts';
import type { Studio } from '../../state/studio.ts';

export async function printWork(studio: Studio): Promise<void> {
  showView(studio, 'mesh');
  await import('../print/Printing.tsx');
  // The menu or palette has closed, and the canvas is drawn.
  await new Promise((resolve) => setTimeout(resolve, 300));
  window.print();
}
