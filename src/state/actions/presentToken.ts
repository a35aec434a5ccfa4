/** Puts a token into the call of the request bar: kept in the world under a name, sent as `Authorization: Bearer`. */
import type { Studio } from '../studio.ts';
import { changeDraft } from './changeCall.ts';

/** A token of that name is replaced; so is an Authorization header typed by hand. */
export function presentToken(studio: Studio, name: string, token: string): void {
  studio.store.setState(({ workspace }) => {
    const { world } = workspace;
    return { workspace: { ...workspace, world: { ...world, tokens: { ...world.tokens, [name]: token } } } };
  });
  const { headers } = studio.store.getState().request.draft;
  changeDraft(studio, {
    protocol: 'http',
    token: name,
    headers: headers.filter(([header]) => header.trim().toLowerCase() !== 'authorization'),
  });
}
