/** Mints a token with the mesh's own issuer: claims as JSON, whole or broken in one way. */
import { useId, useState } from 'react';
import type { StudioState } from '../../state/studioState.ts';
import type { Breakage, TokenRuleView } from '../../worker/tokenView.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';

const BREAKAGES: readonly Breakage[] = [
  'expired',
  'not-yet-valid',
  'wrong-audience',
  'other-issuer',
  'no-subject',
  'tampered-payload',
  'tampered-signature',
  'unknown-key',
  'unknown-key-id',
  'alg-none',
  'alg-none-with-signature',
  'cut-off',
];

const answeredOf = ({ engine }: StudioState) => engine.answered;
const nowOf = ({ workspace }: StudioState) => workspace.world.now;

/** Who signs where no rule names an issuer. */
const ANY_ISSUER = 'https://issuer.example';

function defaultClaims(rule: TokenRuleView | undefined, now: string): string {
  const seconds = Math.floor(Date.parse(now) / 1000);
  const audience = rule?.audiences[0];
  return JSON.stringify(
    {
      iss: rule?.issuer || ANY_ISSUER,
      sub: 'alice',
      ...(audience === undefined ? {} : { aud: audience }),
      iat: seconds,
      exp: seconds + 3600,
    },
    null,
    2,
  );
}

export function MintForm({
  rules,
  onMint,
}: {
  rules: readonly TokenRuleView[];
  /** With the name under which a call would carry it. */
  onMint: (token: string, name: string) => void;
}) {
  const studio = useStudio();
  const { t } = useTranslator('token');
  const revision = useStudioState(answeredOf);
  const now = useStudioState(nowOf);
  const [index, setIndex] = useState(0);
  /** Absent until typed in: then the rule's own issuer and audience. */
  const [typed, setTyped] = useState<string>();
  const [breakage, setBreakage] = useState<Breakage>();
  const [isWrong, setIsWrong] = useState(false);
  const problemId = useId();
  const rule = rules[index] ?? rules[0];
  const claims = typed ?? defaultClaims(rule, now);

  const mint = async (): Promise<void> => {
    const reply = await studio.engine.ask({
      kind: 'mint-token',
      revision,
      issuer: rule?.issuer || ANY_ISSUER,
      claims,
      ...(breakage === undefined ? {} : { breakage }),
    });
    if (reply.kind !== 'answer' || reply.answer === undefined) return;
    setIsWrong(reply.answer.kind !== 'minted');
    if (reply.answer.kind === 'minted')
      onMint(reply.answer.token, breakage === undefined ? 'minted' : `minted-${breakage}`);
  };

  return (
    <form
      className="token-mint"
      onSubmit={(event) => {
        event.preventDefault();
        void mint();
      }}
    >
      <h3 className="token-subtitle">{t('token.mint')}</h3>
      {rules.length > 1 && (
        <label className="token-field">
          <span className="options-label">{t('token.rule')}</span>
          <select
            className="field"
            value={index}
            onChange={(event) => {
              setIndex(Number(event.target.value));
              setTyped(undefined);
            }}
          >
            {rules.map(({ issuer, origin }, at) => (
              <option key={JSON.stringify(origin)} value={at}>
                {issuer || t('token.anyIssuer')}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="token-field">
        <span className="options-label">{t('token.claims')}</span>
        <textarea
          className="field token-text mono"
          rows={8}
          spellCheck={false}
          value={claims}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? problemId : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {isWrong && (
        <p id={problemId} className="token-problem" role="alert">
          {t('token.claimsProblem')}
        </p>
      )}
      <label className="token-field">
        <span className="options-label">{t('token.breakage')}</span>
        <select
          className="field"
          value={breakage ?? ''}
          onChange={(event) => setBreakage(BREAKAGES.find((known) => known === event.target.value))}
        >
          <option value="">{t('token.none')}</option>
          {BREAKAGES.map((known) => (
            <option key={known} value={known}>
              {t(`token.broken.${known}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button button-primary">
        {t('token.mintButton')}
      </button>
      {rules.length === 0 && <p className="muted">{t('token.noRulesMint')}</p>}
    </form>
  );
}
