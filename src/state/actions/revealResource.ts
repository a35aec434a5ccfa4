/** Brings the YAML of a resource into view, once the engine has read it. */
import type { ResourceId } from '../../base/ids.ts';
import type { Studio } from '../studio.ts';
import { revealRange } from './look.ts';
import { settledRevision } from './settledRevision.ts';

export async function revealResource(studio: Studio, resource: ResourceId): Promise<void> {
  if ((await settledRevision(studio)) === undefined) return;
  const entry = studio.store.getState().engine.outline.find((candidate) => candidate.resource === resource);
  if (entry !== undefined) revealRange(studio, entry.range);
}
