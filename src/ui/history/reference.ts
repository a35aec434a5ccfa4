/** What the present is compared with: a kept state, or the example as it ships. */
import { useEffect, useState } from 'react';
import { snapshotWorkspace } from '../../state/snapshots/shelf.ts';
import type { Studio } from '../../state/studio.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { Workspace } from '../../state/workspace/workspace.ts';
import { useStudio, useStudioState } from '../shared/context.tsx';

/** No id of a snapshot looks like it. */
export const AS_SHIPPED = 'as-shipped';

/** Id of a snapshot, or AS_SHIPPED. */
export type Reference = string;

export type ReferenceState =
  | { readonly status: 'loading' }
  | { readonly status: 'gone' }
  | { readonly status: 'ready'; readonly workspace: Workspace };

const exampleOf = ({ workspace }: StudioState) => workspace.example;

export function useReference(reference: Reference): ReferenceState {
  const studio = useStudio();
  const example = useStudioState(exampleOf);
  const [state, setState] = useState<ReferenceState>({ status: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    void load(studio, reference, example).then((workspace) => {
      if (isCurrent) setState(workspace === undefined ? { status: 'gone' } : { status: 'ready', workspace });
    });
    return () => {
      isCurrent = false;
    };
  }, [studio, reference, example]);
  return state;
}

const load = async (
  studio: Studio,
  reference: Reference,
  example: string | undefined,
): Promise<Workspace | undefined> => {
  if (reference !== AS_SHIPPED) return snapshotWorkspace(studio, reference);
  return example === undefined ? undefined : studio.examples.load(example).catch(() => undefined);
};
