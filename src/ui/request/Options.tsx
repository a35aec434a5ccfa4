/** The options themselves, by what they do; fetched when they are first opened. */
import { changeDraft } from '../../state/actions/changeCall.ts';
import { goOverConnections } from '../../state/actions/openConnections.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Choice, Segments } from './fields.tsx';
import { GatewayMoment } from './GatewayMoment.tsx';
import { HeaderFields } from './HeaderFields.tsx';

const ALONGSIDE_LIMIT = 1_000_000;

const connectionsOf = ({ connections }: StudioState) => connections;
const draftOf = ({ request }: StudioState) => request.draft;
const worldOf = ({ workspace }: StudioState) => workspace.world;

export function Options({ onOpenBench }: { onOpenBench: () => void }) {
  const studio = useStudio();
  const { t } = useTranslator('connections');
  const connections = useStudioState(connectionsOf);
  const draft = useStudioState(draftOf);
  const world = useStudioState(worldOf);
  const pems = Object.entries(world.pems);
  const tokens = Object.keys(world.tokens);
  const isHttp = draft.protocol === 'http';

  return (
    <div className="options">
      <div className="options-pair">
        <Segments
          label={t('request.option.protocol')}
          value={draft.protocol}
          options={['http', 'tcp']}
          onChange={(protocol) => changeDraft(studio, { protocol })}
        />
        {isHttp && (
          <Segments
            label={t('request.option.httpVersion')}
            value={draft.httpVersion}
            options={['1.0', '1.1', '2']}
            onChange={(httpVersion) => changeDraft(studio, { httpVersion })}
          />
        )}
      </div>
      {isHttp && <HeaderFields />}
      {isHttp && (
        <div className="options-row">
          <span className="options-label">{t('request.option.cacert')}</span>
          {pems.length === 0 ? (
            <p className="options-hint">{t('request.option.noPems')}</p>
          ) : (
            <div className="options-list">
              {pems.map(([name]) => (
                <label key={name} className="options-check">
                  <input
                    type="checkbox"
                    className="checkbox"
                    checked={draft.cacert.includes(name)}
                    onChange={(event) =>
                      changeDraft(studio, {
                        cacert: event.target.checked
                          ? [...draft.cacert, name]
                          : draft.cacert.filter((other) => other !== name),
                      })
                    }
                  />
                  <span className="mono">{name}</span>
                </label>
              ))}
            </div>
          )}
        </div>
      )}
      {isHttp && (
        <div className="options-pair">
          <Choice
            label={t('request.option.cert')}
            value={draft.cert}
            none={t('request.option.certNone')}
            options={pems.filter(([, pem]) => pem.key !== undefined).map(([name]) => name)}
            onChange={(cert) => changeDraft(studio, { cert })}
          />
        </div>
      )}
      {isHttp && (
        <div className="options-pair">
          <Choice
            label={t('request.option.tlsMin')}
            value={draft.tlsMin}
            none={t('request.option.tlsMaxNone')}
            options={['1.2', '1.3']}
            onChange={(tlsMin) => changeDraft(studio, { tlsMin })}
          />
          <Choice
            label={t('request.option.tlsMax')}
            value={draft.tlsMax}
            none={t('request.option.tlsMaxNone')}
            options={['1.2', '1.3']}
            onChange={(tlsMax) => changeDraft(studio, { tlsMax })}
          />
        </div>
      )}
      {isHttp && (
        <div className="options-token">
          <Choice
            label={t('request.option.token')}
            value={draft.token}
            none={t('request.option.noToken')}
            options={tokens}
            onChange={(token) => changeDraft(studio, { token })}
          />
          <button type="button" className="button button-outlined" onClick={onOpenBench}>
            {t('app.openTokens')}
          </button>
        </div>
      )}
      {isHttp && (
        <div>
          <label className="options-check">
            <input
              type="checkbox"
              className="checkbox"
              checked={draft.insecure}
              onChange={(event) => changeDraft(studio, { insecure: event.target.checked })}
            />
            {t('request.option.insecure')}
          </label>
          <label className="options-check">
            <input
              type="checkbox"
              className="checkbox"
              checked={draft.pathAsIs}
              onChange={(event) => changeDraft(studio, { pathAsIs: event.target.checked })}
            />
            {t('request.option.pathAsIs')}
          </label>
        </div>
      )}
      <GatewayMoment />
      {isHttp && (
        <label className="options-row">
          <span className="options-label">{t('connections.alongside')}</span>
          <input
            className="field mono"
            type="number"
            min={0}
            max={ALONGSIDE_LIMIT}
            value={draft.alongside ?? 0}
            onChange={({ target }) => {
              const count = Math.min(ALONGSIDE_LIMIT, Math.max(0, Math.trunc(Number(target.value)) || 0));
              changeDraft(studio, { alongside: count === 0 ? undefined : count });
            }}
          />
          <span className="options-hint">{t('connections.alongsideHint')}</span>
        </label>
      )}
      {connections.standing.length > 0 && (
        <label className="options-check">
          <input
            type="checkbox"
            className="checkbox"
            checked={connections.inUse}
            onChange={(event) => void goOverConnections(studio, event.target.checked)}
          />
          {t('connections.use')}
        </label>
      )}
      <label className="options-row">
        <span className="options-label">{t('request.option.connectTo')}</span>
        <input
          className="field mono"
          spellCheck={false}
          value={draft.connectTo ?? ''}
          onChange={(event) =>
            changeDraft(studio, { connectTo: event.target.value === '' ? undefined : event.target.value })
          }
        />
        <span className="options-hint">{t('request.option.connectToHint')}</span>
      </label>
    </div>
  );
}
