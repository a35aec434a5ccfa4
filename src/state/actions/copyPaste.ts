/** Things of the canvas as YAML text and back: copied as they are written, pasted under free names. */
import type { Studio } from '../studio.ts';
import { draw, type Place, thingsOf } from './draw.ts';
import { importFiles } from './files.ts';
import { showRightTab } from './look.ts';

/** The YAML of the nodes; '' when they have none, or the text has changed in the meantime. */
export async function copyNodes(studio: Studio, nodes: readonly string[]): Promise<string> {
  const { revision } = studio.store.getState().engine;
  const reply = await studio.engine.ask({ kind: 'excerpt', revision, what: thingsOf(studio, nodes) });
  return reply.kind === 'answer' ? (reply.answer ?? '') : '';
}

/**
 * Returns the node that was made, if one of those pasted has one. What means to be a resource and
 * cannot be read as one becomes a file of its own, where the editor says what is wrong and where.
 */
export const pasteYaml = (
  studio: Studio,
  text: string,
  namespace: string | undefined,
  place: Place,
): Promise<string | undefined> =>
  draw(studio, { kind: 'paste', text, ...(namespace === undefined ? {} : { namespace }) }, place, {
    refused: (code) => {
      if (code !== 'nothing-to-paste' || !MEANS_A_RESOURCE.test(text)) return false;
      importFiles(studio, [{ name: 'pasted.yaml', text }]);
      showRightTab(studio, 'yaml');
      return true;
    },
  });

const MEANS_A_RESOURCE = /^[ \t-]*"?apiVersion"?:/m;

export const duplicateNodes = (studio: Studio, nodes: readonly string[], place: Place): Promise<string | undefined> =>
  draw(studio, { kind: 'duplicate', what: thingsOf(studio, nodes) }, place);
