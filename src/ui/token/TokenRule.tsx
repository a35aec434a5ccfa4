/** One jwtRule's opinion of a token: each check in Envoy's order, and whether the mesh's key is in it. */
import { useState } from 'react';
import { resourceText } from '../../i18n/render/names.ts';
import { applyProposedEdits } from '../../state/actions/applyEdits.ts';
import { revealRange } from '../../state/actions/look.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { TokenCheckView, TokenRuleView } from '../../worker/tokenView.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { copyText } from '../shared/download.ts';
import { Icon } from '../shared/Icon.tsx';

const answeredOf = ({ engine }: StudioState) => engine.answered;

export function TokenRule({ rule, onLeave }: { rule: TokenRuleView; onLeave: () => void }) {
  const studio = useStudio();
  const { t } = useTranslator('token');
  const revision = useStudioState(answeredOf);
  /** An edit fits the text it was made for, so never twice. */
  const [applied, setApplied] = useState<TokenRuleView['trustEdit']>();
  const { origin, range, issuer, audiences, keys, trustsMesh, trustEdit, accepted, message, checks } = rule;

  const copyKeys = async (): Promise<void> => {
    const reply = await studio.engine.ask({ kind: 'mint-token', revision, issuer, claims: '{}' });
    if (reply.kind === 'answer' && reply.answer?.kind === 'minted') await copyText(studio, reply.answer.jwks);
  };

  return (
    <li className="token-rule">
      <div className="token-rule-head">
        <span className="token-rule-name">{issuer || t('token.anyIssuer')}</span>
        {checks.length > 0 && (
          <span className="token-outcome" data-passed={accepted}>
            <Icon name={accepted ? 'check' : 'close'} size={12} />
            {t(accepted ? 'token.accepted' : 'token.refused')}
          </span>
        )}
      </div>
      <p className="muted">
        {range === undefined ? (
          resourceText(origin.resource)
        ) : (
          <button
            type="button"
            className="link"
            title={t('token.goTo')}
            onClick={() => {
              revealRange(studio, range);
              onLeave();
            }}
          >
            {resourceText(origin.resource)}
          </button>
        )}{' '}
        · {[...audiences, t(`token.keys.${keys}`)].join(' · ')}
      </p>
      {checks.length > 0 && !accepted && <p className="token-message mono">{message}</p>}
      {checks.length === 0 ? (
        <p className="muted">{t('token.waits')}</p>
      ) : (
        <ul className="token-checks">
          {checks.map((check) => (
            <CheckRow key={check.check} check={check} />
          ))}
        </ul>
      )}
      <p className="muted">{t(trustsMesh ? 'token.trusted' : 'token.untrusted')}</p>
      <div className="token-actions">
        {trustEdit !== undefined && (
          <button
            type="button"
            className="button button-outlined"
            disabled={applied === trustEdit}
            onClick={() => {
              setApplied(trustEdit);
              applyProposedEdits(studio, [trustEdit]);
            }}
          >
            {t('token.trust')}
          </button>
        )}
        <button type="button" className="button button-outlined" onClick={() => void copyKeys()}>
          {t('token.copyKeys')}
        </button>
      </div>
    </li>
  );
}

/** Times are limits, not values to be met: Envoy's clock with a minute of tolerance. */
const wantedKeys: { readonly [K in TokenCheckView['check']]?: 'token.wantedAtMost' | 'token.wantedAtLeast' } = {
  'not-before': 'token.wantedAtMost',
  expiry: 'token.wantedAtLeast',
};

/** Seconds since the epoch with the date they mean; what is no date stays as it is. */
function withDate(seconds: string): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? seconds : `${seconds} (${date.toISOString().replace('.000Z', 'Z')})`;
}

function CheckRow({ check: { check, passed, wanted, saw } }: { check: TokenCheckView }) {
  const { t } = useTranslator('token');
  const told = (value: string): string => (wantedKeys[check] === undefined ? value : withDate(value));
  return (
    <li className="token-check" data-passed={passed}>
      <Icon name={passed ? 'check' : 'close'} />
      <span className="visually-hidden">{t(passed ? 'token.passed' : 'token.failed')}: </span>
      <span className="token-check-name">{t(`token.check.${check}`)}</span>
      <span className="token-check-detail mono">
        {wanted !== undefined && wanted !== '' && !passed && (
          <span>{t(wantedKeys[check] ?? 'token.wanted', { wanted: told(wanted) })}</span>
        )}
        {saw !== undefined && saw !== '' && <span>{passed ? told(saw) : t('token.saw', { saw: told(saw) })}</span>}
      </span>
    </li>
  );
}
