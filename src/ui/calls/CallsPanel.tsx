/**
 * The saved calls as a list of checks: what is expected of each, what happens now, and how the two
 * compare. The engine asks again after every edit, so a broken expectation shows while typing.
 */
import { useState } from 'react';
import { expectWhatHappens } from '../../state/actions/collection.ts';
import { playableCalls, playTogether, TOKENS_AT_ONCE } from '../../state/actions/playTogether.ts';
import { type Standing, standingOf, tallyOf } from '../../state/calls/tally.ts';
import { cancelRun, runCollection } from '../../state/engine/judgeCalls.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { SavedCall } from '../../state/workspace/workspace.ts';
import { useShallowState, useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Tooltip } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import './calls.css';
import { CallRow } from './CallRow.tsx';

type Shown = 'all' | Standing['kind'];

const FILTERS = ['as-expected', 'differs', 'cannot-tell', 'open', 'waiting'] as const;

const callsOf = ({ workspace }: StudioState) => workspace.calls;
const verdictsOf = ({ verdicts }: StudioState) => verdicts;
const hasPlayable = (state: StudioState) => playableCalls(state).length > 0;
const runOf = ({ collection }: StudioState) => collection;

export function CallsPanel() {
  const { t } = useTranslator('calls');
  const calls = useStudioState(callsOf);
  const verdicts = useStudioState(verdictsOf);
  const [shown, setShown] = useState<Shown>('all');
  if (calls.length === 0) return <p className="calls-empty muted">{t('calls.none')}</p>;
  const rows = calls
    .map((call) => ({ call, verdict: verdicts[call.id], standing: standingOf(call, verdicts[call.id]) }))
    .filter(({ standing }) => shown === 'all' || standing.kind === shown);
  return (
    <div className="calls">
      <Toolbar shown={shown} onShow={setShown} />
      <div className="calls-scroll">
        <table className="calls-table" aria-label={t('calls.table')}>
          <thead>
            <tr>
              <th scope="col">{t('calls.call')}</th>
              <th scope="col">{t('calls.expected')}</th>
              <th scope="col">{t('calls.now')}</th>
              <th scope="col">{t('calls.result')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('app.more')}</span>
              </th>
            </tr>
          </thead>
          {/* One body, so that a call keeps its row (and the focus in it) when it changes its group. */}
          <tbody>
            {groupsOf(rows, ({ call }) => call).flatMap(([group, members]) => [
              ...(group === ''
                ? []
                : [
                    <tr key={`group ${group}`} className="calls-group">
                      <th scope="colgroup" colSpan={5}>
                        {group}
                      </th>
                    </tr>,
                  ]),
              ...members.map(({ call, verdict, standing }) => (
                <CallRow key={call.id} call={call} verdict={verdict} standing={standing} />
              )),
            ])}
          </tbody>
        </table>
        {rows.length === 0 && <p className="calls-empty muted">{t('calls.noneShown')}</p>}
      </div>
    </div>
  );
}

function Toolbar({ shown, onShow }: { shown: Shown; onShow: (shown: Shown) => void }) {
  const studio = useStudio();
  const { t } = useTranslator('calls');
  const run = useStudioState(runOf);
  const tally = useShallowState(tallyOf);
  const canPlay = useStudioState(hasPlayable);
  const isRunning = run.status === 'running';
  return (
    <div className="calls-tools" role="toolbar" aria-label={t('calls.table')}>
      {isRunning ? (
        <button type="button" className="button button-outlined" onClick={() => cancelRun(studio)}>
          <Icon name="close" />
          {t('calls.cancel')}
        </button>
      ) : (
        <button type="button" className="button button-outlined" onClick={() => void runCollection(studio)}>
          <Icon name="play" />
          {t('calls.run')}
        </button>
      )}
      <Tooltip text={t('calls.playAllHint', { count: TOKENS_AT_ONCE })}>
        <button type="button" className="button" disabled={!canPlay} onClick={() => playTogether(studio)}>
          <Icon name="letter" />
          {t('calls.playAll')}
        </button>
      </Tooltip>
      <div className="calls-tally" role="status">
        {FILTERS.filter((kind) => tally[kind] > 0 || kind === shown).map((kind) => (
          <button
            key={kind}
            type="button"
            className="calls-count"
            data-standing={kind}
            aria-pressed={shown === kind}
            onClick={() => onShow(shown === kind ? 'all' : kind)}
          >
            {t('calls.count', { count: tally[kind], what: t(`calls.standing.${kind}`) })}
          </button>
        ))}
      </div>
      {isRunning && (
        <span className="calls-progress">
          <progress max={run.total} value={run.done} aria-label={t('calls.run')} />
          {t('calls.progress', { done: run.done, total: run.total })}
        </span>
      )}
      <span className="calls-spacer" />
      {tally.open > 0 && (
        <Tooltip text={t('calls.expectAllHint')}>
          <button type="button" className="button" onClick={() => expectWhatHappens(studio)}>
            <Icon name="check" />
            {t('calls.expectAll')}
          </button>
        </Tooltip>
      )}
    </div>
  );
}

/** In order of first appearance; those without a group are under ''. */
function groupsOf<T>(rows: readonly T[], callOf: (row: T) => SavedCall): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = callOf(row).group ?? '';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups];
}
