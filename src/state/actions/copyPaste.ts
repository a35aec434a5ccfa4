/** Things of the canvas as YAML text and back: copied as they are written, pasted under free names. */
import type { Studio } from '../studio.ts';
import { draw, type Place, thingsOf } from './draw.ts';

/** The YAML of the nodes; '' when they have none, or the text has changed in the meantime. */
export async function copyNodes(studio: Studio, nodes: readonly string[]): Promise<string> {
  const { revision } = studio.store.getState().engine;
  const reply = await studio.engine.ask({ kind: 'excerpt', revision, what: thingsOf(nodes) });
  return reply.kind === 'answer' ? (reply.answer ?? '') : '';
}

/** Returns the node that was made, if one of those pasted has one. */
export const pasteYaml = (
  studio: Studio,
  text: string,
  namespace: string | undefined,
  place: Place,
): Promise<string | undefined> =>
  draw(studio, { kind: 'paste', text, ...(namespace === undefined ? {} : { namespace }) }, place);

export const duplicateNodes = (studio: Studio, nodes: readonly string[], place: Place): Promise<string | undefined> =>
  draw(studio, { kind: 'duplicate', what: thingsOf(nodes) }, place);
