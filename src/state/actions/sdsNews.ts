/** The news of what was pushed has been read. */
import type { Studio } from '../studio.ts';

export function dismissPushes(studio: Studio): void {
  studio.store.setState(({ sds: { holds, events } }) => ({ sds: { holds, events } }));
}
