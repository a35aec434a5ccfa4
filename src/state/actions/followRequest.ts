/** The request bar, the call on show and what is shown closed speak of things by the names they have now. */
import type { Studio } from '../studio.ts';
import { followCollapsed } from '../workspace/collapsed.ts';
import { followCall, type Moves } from '../workspace/followMoved.ts';

export function followRequest(studio: Studio, moves: Moves): void {
  const known = new Set(studio.store.getState().engine.graph?.services.map(({ id }) => id));
  studio.store.setState(({ request, run, workspace }) => ({
    workspace: followCollapsed(workspace, moves),
    request: { ...request, draft: followCall(request.draft, moves, known) },
    // It is repeated after the change, and must still be the same call.
    run: run.status === 'done' ? { ...run, draft: followCall(run.draft, moves, known) } : run,
  }));
}
