/**
 * The token bench: paste a token, or mint one, and see what it says and which check of which rule
 * stops it; then let the call of the request bar carry it.
 */
import { useState } from 'react';
import type { WorkloadId } from '../../base/ids.ts';
import { presentToken } from '../../state/actions/presentToken.ts';
import { shownTrace } from '../../state/selectors/select.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useShallowState, useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { MintForm } from './MintForm.tsx';
import { TokenRule } from './TokenRule.tsx';
import './token.css';
import { useTokenView } from './useTokenView.ts';

const proxiesOf = ({ engine }: StudioState): readonly WorkloadId[] =>
  (engine.graph?.workloads ?? []).filter(({ proxy }) => proxy !== 'none').map(({ id }) => id);

/** Where the last call's token was looked at; else where it arrived. */
function placeOfTrace(state: StudioState): WorkloadId | undefined {
  const hops = [...(shownTrace(state)?.hops ?? [])].reverse();
  const places = hops.flatMap(({ steps, party }) =>
    party.kind === 'proxy'
      ? [{ workload: party.workload, checks: steps.some(({ kind }) => kind === 'jwt-check') }]
      : [],
  );
  return (places.find(({ checks }) => checks) ?? places[0])?.workload;
}

/** The token that the call carries now. */
function carriedToken({ request, workspace }: StudioState): { readonly text: string; readonly name: string } {
  const { token, headers } = request.draft;
  if (token !== undefined) return { text: workspace.world.tokens[token] ?? '', name: token };
  const header = headers.find(([name]) => name.toLowerCase() === 'authorization');
  return { text: (header?.[1] ?? '').replace(/^Bearer\s+/i, ''), name: 'pasted' };
}

export function TokenBench({ onClose }: { onClose: () => void }) {
  const studio = useStudio();
  const { t } = useTranslator('token');
  const proxies = useShallowState(proxiesOf);
  const place = useStudioState(placeOfTrace);
  const [chosen, setChosen] = useState<WorkloadId>();
  const [token, setToken] = useState(() => carriedToken(studio.store.getState()));
  const at = [chosen, place].find((id) => id !== undefined && proxies.includes(id)) ?? proxies[0];
  const view = useTokenView(at, token.text);
  const text = token.text.trim();

  if (at === undefined) return <p className="muted">{t('token.noProxy')}</p>;
  return (
    <div className="token-bench">
      <div className="token-column">
        <label className="token-field">
          <span className="options-label">{t('token.at')}</span>
          <select
            className="field"
            value={at}
            onChange={(event) => setChosen(proxies.find((id) => id === event.target.value))}
          >
            {proxies.map((id) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </label>
        <MintForm key={at} rules={view?.rules ?? []} onMint={(minted, name) => setToken({ text: minted, name })} />
      </div>
      <div className="token-column">
        <label className="token-field">
          <span className="options-label">{t('token.token')}</span>
          <textarea
            className="field token-text mono"
            rows={4}
            spellCheck={false}
            placeholder={t('token.placeholder')}
            value={token.text}
            onChange={(event) => setToken({ text: event.target.value, name: 'pasted' })}
          />
        </label>
        <div className="token-actions">
          <button
            type="button"
            className="button button-primary"
            disabled={text === ''}
            onClick={() => {
              presentToken(studio, token.name, text.replace(/^Bearer\s+/i, ''));
              onClose();
            }}
          >
            {t('token.use')}
          </button>
          <button
            type="button"
            className="button"
            disabled={text === ''}
            onClick={() => setToken({ text: '', name: 'pasted' })}
          >
            {t('token.clear')}
          </button>
        </div>
        {text !== '' && (
          <div className="token-parts">
            <Part title={t('token.header')} text={view?.header} />
            <Part title={t('token.payload')} text={view?.payload} />
          </div>
        )}
        {view?.rules.length === 0 && <p className="muted">{t('token.noRules')}</p>}
        <ul className="token-rules" aria-live="polite">
          {view?.rules.map((rule) => (
            <TokenRule key={JSON.stringify(rule.origin)} rule={rule} onLeave={onClose} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function Part({ title, text }: { title: string; text: string | undefined }) {
  const { t } = useTranslator('token');
  return (
    <figure className="token-part">
      <figcaption className="options-label">{title}</figcaption>
      {/* Long claims scroll, so the keyboard has to get there. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre className="token-json mono" tabIndex={0}>
        {text ?? t('token.unreadable')}
      </pre>
    </figure>
  );
}
