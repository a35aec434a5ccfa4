/** States of the work: the list at the left, what changed since the chosen one at the right; `file` is shown first. */
import { useEffect, useState } from 'react';
import { loadSetAside } from '../../state/snapshots/setAside.ts';
import { loadSnapshots } from '../../state/snapshots/shelf.ts';
import { isOfMesh } from '../../state/snapshots/snapshot.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Comparison } from './Comparison.tsx';
import { AS_SHIPPED, type Reference } from './reference.ts';
import { StateList } from './StateList.tsx';
import './history.css';

const snapshotsOf = ({ snapshots }: StudioState) => snapshots;
const workspaceOf = ({ workspace }: StudioState) => workspace;

export function HistoryDialog({ file }: { file: string }) {
  const studio = useStudio();
  const { t } = useTranslator('history');
  const snapshots = useStudioState(snapshotsOf);
  const workspace = useStudioState(workspaceOf);
  const [chosen, setChosen] = useState<Reference>();

  // Another tab may have kept some in the meantime.
  useEffect(() => {
    void loadSnapshots(studio);
    void loadSetAside(studio);
  }, [studio]);

  const applied = snapshots.find((one) => one.reason === 'applied' && isOfMesh(one, workspace));
  const first = applied ?? snapshots.find((one) => isOfMesh(one, workspace));
  const fallback: Reference | undefined = first?.id ?? (workspace.example === undefined ? undefined : AS_SHIPPED);
  const isThere = chosen === AS_SHIPPED || snapshots.some(({ id }) => id === chosen);
  const reference = chosen !== undefined && isThere ? chosen : fallback;
  return (
    <div className="history">
      <StateList snapshots={snapshots} applied={applied} chosen={reference} onChoose={setChosen} />
      {reference === undefined ? (
        <p className="placeholder">{t('history.choose')}</p>
      ) : (
        <Comparison key={reference} reference={reference} file={file} />
      )}
    </div>
  );
}
