/** The mesh as a tree by namespace, and the saved calls with their verdicts. */
import { useMemo } from 'react';
import { localize } from '../../base/localizedText.ts';
import { chooseSavedCall } from '../../state/actions/changeCall.ts';
import { revealRange, selectNodes } from '../../state/actions/look.ts';
import { sendCall } from '../../state/actions/sendCall.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { VerdictMark } from '../shared/VerdictMark.tsx';
import './explorer.css';
import { buildTree, type TreeItem } from './buildTree.ts';
import { Tree } from './Tree.tsx';

const engineOf = ({ engine }: StudioState) => engine;
const selectionOf = ({ selection }: StudioState) => selection.nodes;
const callsOf = ({ workspace }: StudioState) => workspace.calls;
const verdictsOf = ({ verdicts }: StudioState) => verdicts;
const savedCallOf = ({ request }: StudioState) => request.savedCall;

export function Explorer() {
  const { t } = useTranslator();
  return (
    <nav className="panel explorer" aria-label={t('app.titles.explorer')}>
      <MeshTree />
      <CallList />
    </nav>
  );
}

function MeshTree() {
  const studio = useStudio();
  const { t } = useTranslator('explorer');
  const { graph, outline } = useStudioState(engineOf);
  const selected = useStudioState(selectionOf);
  const items = useMemo(
    () => (graph === undefined ? [] : buildTree(graph, outline, { clusterScoped: t('explorer.clusterScoped') })),
    [graph, outline, t],
  );
  const choose = (item: TreeItem): void => {
    if (item.node !== undefined) selectNodes(studio, [item.node]);
    if (item.range !== undefined) revealRange(studio, item.range);
  };
  return (
    <section className="explorer-tree" aria-labelledby="explorer-tree-title">
      <h2 id="explorer-tree-title" className="explorer-head">
        {t('app.titles.explorer')}
      </h2>
      {items.length === 0 ? (
        <p className="explorer-empty">{graph === undefined ? t('app.engine.starting') : t('explorer.empty')}</p>
      ) : (
        <Tree label={t('explorer.tree')} items={items} selected={selected} onChoose={choose} />
      )}
    </section>
  );
}

function CallList() {
  const studio = useStudio();
  const { t, language } = useTranslator('explorer');
  const calls = useStudioState(callsOf);
  const verdicts = useStudioState(verdictsOf);
  const current = useStudioState(savedCallOf);
  return (
    <section className="explorer-calls" aria-labelledby="explorer-calls-title">
      <h2 id="explorer-calls-title" className="explorer-head">
        {t('explorer.calls')}
      </h2>
      {calls.length === 0 && <p className="explorer-empty">{t('explorer.noCalls')}</p>}
      <ul>
        {calls.map(({ id, name }) => {
          const kind = verdicts[id]?.answer?.trace.disposition.kind;
          return (
            <li key={id}>
              <button
                type="button"
                className="tree-row"
                aria-current={id === current}
                onClick={() => {
                  chooseSavedCall(studio, id);
                  void sendCall(studio, { play: true });
                }}
              >
                {kind === undefined ? <Icon name="send" /> : <VerdictMark kind={kind} size={16} />}
                {kind !== undefined && <span className="visually-hidden">{t(`verdict.word.${kind}`)}: </span>}
                <span className="tree-label" title={localize(name, language)}>
                  {localize(name, language)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
