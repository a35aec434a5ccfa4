/** What changed from an older state to now: by file, line by line, each change to be taken back. */
import { lazy, Suspense, useState } from 'react';
import { applyProposedEdits } from '../../state/actions/applyEdits.ts';
import { revertFile } from '../../state/actions/revert.ts';
import { changesBetween, type FileChange } from '../../state/compare/changes.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { Workspace } from '../../state/workspace/workspace.ts';
import { loadDiff } from '../editor/loadDiff.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { ComparisonHead } from './ComparisonHead.tsx';
import { documentsText } from './changesText.ts';
import { type Reference, useReference } from './reference.ts';

const DiffView = lazy(async () => ({ default: (await loadDiff()).DiffView }));

const workspaceOf = ({ workspace }: StudioState) => workspace;

export function Comparison({ reference, file }: { reference: Reference; file: string }) {
  const { t } = useTranslator('history');
  const state = useReference(reference);
  return (
    <section className="history-since" aria-label={t('history.compared')}>
      <ComparisonHead reference={reference} {...(state.status === 'ready' ? { older: state.workspace } : {})} />
      {state.status === 'ready' ? (
        <Differences older={state.workspace} file={file} />
      ) : (
        <p className="placeholder">{t(`history.${state.status}`)}</p>
      )}
    </section>
  );
}

function Differences({ older, file: first }: { older: Workspace; file: string }) {
  const translator = useTranslator('history');
  const { t } = translator;
  const now = useStudioState(workspaceOf);
  const { files, calls, clock, order } = changesBetween(older, now);
  const [wanted, setWanted] = useState(first);
  const shown = files.find(({ file }) => file === wanted) ?? files[0];
  return (
    <>
      <div className="history-summary">
        <p>{files.length === 0 ? t('history.sinceNone') : t('history.since', { count: files.length })}</p>
        {order && <p>{t('history.orderDiffers')}</p>}
        {calls && <p>{t('history.callsDiffer')}</p>}
        {clock && <p>{t('history.clockDiffers', { was: older.world.now, now: now.world.now })}</p>}
      </div>
      {files.length > 0 && (
        <ul className="history-files" aria-label={t('history.files')}>
          {files.map(({ file, kind, documents }) => (
            <li key={file}>
              <button
                type="button"
                className="button button-outlined history-file"
                aria-pressed={file === shown?.file}
                title={documentsText(translator, documents)}
                onClick={() => setWanted(file)}
              >
                <span className="mono">{file}</span>
                <span className="muted">{t(`history.file.${kind}`)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {shown !== undefined && <FileDifference change={shown} older={older} />}
    </>
  );
}

function FileDifference({ change, older }: { change: FileChange; older: Workspace }) {
  const studio = useStudio();
  const translator = useTranslator('history');
  const { t } = translator;
  const { file, kind, documents } = change;
  const now = useStudioState(workspaceOf);
  const textIn = ({ files }: Workspace): string => files.find(({ name }) => name === file)?.text ?? '';
  return (
    <>
      <div className="history-documents">
        <span>{documentsText(translator, documents)}</span>
        <button
          type="button"
          className="button button-outlined"
          disabled={kind === 'added' && now.files.length === 1}
          onClick={() => revertFile(studio, file, older.files)}
        >
          {t(`history.revertFile.${kind}`)}
        </button>
      </div>
      <Suspense fallback={<p className="placeholder">{t('app.loadingEditor')}</p>}>
        <DiffView
          key={file}
          file={file}
          before={textIn(older)}
          after={textIn(now)}
          onRevert={(edit) => applyProposedEdits(studio, [{ file, ...edit }])}
        />
      </Suspense>
    </>
  );
}
