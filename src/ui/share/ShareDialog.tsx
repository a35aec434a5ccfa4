/** Work as a link: what goes in, what is left out of it for being secret, and the link or a file. */
import { useEffect, useId, useState } from 'react';
import { localize } from '../../base/localizedText.ts';
import { type Share, shareWork } from '../../state/actions/share.ts';
import type { ShareChoices } from '../../state/share/sharedWork.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { copyText, downloadText } from '../shared/download.ts';
import { Icon } from '../shared/Icon.tsx';
import { Check } from './Check.tsx';
import { Secrets } from './Secrets.tsx';
import './share.css';

/** Above it, some programs cut links; above the other, most. */
const LONG = 8_000;
const TOO_LONG = 60_000;

const workspaceOf = ({ workspace }: StudioState) => workspace;

export function ShareDialog() {
  const studio = useStudio();
  const { t, language } = useTranslator('share');
  const { files, calls } = useStudioState(workspaceOf);
  const [choices, setChoices] = useState<ShareChoices>(() => ({
    files: new Set(files.map(({ name }) => name)),
    calls: true,
    step: true,
    language: false,
    secrets: false,
  }));
  const share = useShare(choices);
  const change = (part: Partial<ShareChoices>): void => setChoices((now) => ({ ...now, ...part }));
  const toggleFile = (name: string, isIn: boolean): void =>
    change({ files: new Set(isIn ? [...choices.files, name] : [...choices.files].filter((other) => other !== name)) });

  return (
    <div className="share">
      <p className="muted">{t('share.intro')}</p>
      <fieldset className="share-contents">
        <legend>{t('share.contents')}</legend>
        <div className="share-files">
          {files.map(({ name, text }) => (
            <Check key={name} isOn={choices.files.has(name)} onChange={(isIn) => toggleFile(name, isIn)}>
              <span className="mono">{name}</span>{' '}
              <span className="muted">{t('share.characters', { count: text.length.toLocaleString(language) })}</span>
            </Check>
          ))}
        </div>
        <div className="share-rest">
          <Check isOn={choices.calls} onChange={(isOn) => change({ calls: isOn })}>
            {t('share.calls', { count: calls.length })}
          </Check>
          <Check isOn={choices.step} onChange={(step) => change({ step })}>
            {t('share.step')}
          </Check>
          <Check isOn={choices.language} onChange={(isOn) => change({ language: isOn })}>
            {t('share.language', { language: t(`app.language.${language}`) })}
          </Check>
        </div>
      </fieldset>
      {share !== undefined && share.found.length > 0 && (
        <Secrets found={share.found} isKept={choices.secrets} onKeep={(secrets) => change({ secrets })} />
      )}
      {choices.files.size === 0 ? <p role="alert">{t('share.noFiles')}</p> : <Link share={share} />}
      <div className="share-end">
        <button
          type="button"
          className="button button-outlined"
          disabled={share === undefined || choices.files.size === 0}
          onClick={() => {
            const name = localize(studio.store.getState().workspace.name, 'en')
              .replace(/[^\w-]+/g, '-')
              .toLowerCase();
            if (share !== undefined)
              downloadText(`${name.replace(/^-+|-+$/g, '') || 'mesh'}.meshverdict.json`, share.text);
          }}
        >
          <Icon name="download" />
          {t('share.download')}
        </button>
      </div>
    </div>
  );
}

/** Made anew whenever the choice or the work changes. */
function useShare(choices: ShareChoices): Share | undefined {
  const studio = useStudio();
  const workspace = useStudioState(workspaceOf);
  const [share, setShare] = useState<Share>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the workspace is read from the store
  useEffect(() => {
    let isCurrent = true;
    void shareWork(studio, choices).then((made) => {
      if (isCurrent) setShare(made);
    });
    return () => {
      isCurrent = false;
    };
  }, [studio, choices, workspace]);
  return share;
}

function Link({ share }: { share: Share | undefined }) {
  const studio = useStudio();
  const { t, language } = useTranslator('share');
  const id = useId();
  const [isCopied, setIsCopied] = useState(false);
  if (share === undefined) return <p role="status">{t('share.making')}</p>;
  const link = location.href.replace(/#.*$/, '') + share.fragment;
  const length = link.length.toLocaleString(language);
  if (link.length > TOO_LONG) return <p role="alert">{t('share.tooLong', { length })}</p>;
  return (
    <>
      <label htmlFor={id}>{t('share.link')}</label>
      <div className="share-link">
        <input id={id} className="field mono" readOnly value={link} onFocus={(event) => event.target.select()} />
        <button
          type="button"
          className="button button-primary"
          onClick={() => void copyText(studio, link).then(() => setIsCopied(true))}
        >
          <Icon name={isCopied ? 'check' : 'copy'} />
          {t('share.copy')}
        </button>
      </div>
      <p className="muted">
        {link.length > LONG ? t('share.long', { length }) : t('share.characters', { count: length })}
      </p>
    </>
  );
}
