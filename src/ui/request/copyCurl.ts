/** The request as a command line for a terminal, on the clipboard; what writes it is fetched when first wanted. */
import type { Studio } from '../../state/studio.ts';
import { copyText } from '../shared/download.ts';

export async function copyCurl(studio: Studio): Promise<void> {
  const [{ formatCurl }, { writingIn }] = await Promise.all([
    import('../../state/curl/formatCurl.ts'),
    import('../../state/curl/surroundings.ts'),
  ]);
  const { request, workspace, engine } = studio.store.getState();
  await copyText(studio, formatCurl(request.draft, writingIn(workspace.world, engine.graph)));
}
