/** What was found to be secret, by its place; and the choice to let it go along. */
import { localize } from '../../base/localizedText.ts';
import type { Translator } from '../../i18n/i18n.ts';
import type { Found, Place } from '../../state/workspace/redact.ts';
import { useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Check } from './Check.tsx';

export interface SecretsProps {
  readonly found: readonly Found[];
  readonly isKept: boolean;
  readonly onKeep: (isKept: boolean) => void;
}

export function Secrets({ found, isKept, onKeep }: SecretsProps) {
  const translator = useTranslator('share');
  const { t } = translator;
  const lines = [
    ...new Set(found.map(({ what, where }) => `${t(`share.what.${what}`)}: ${placeText(translator, where)}`)),
  ];
  return (
    <section className="share-secrets" data-kept={isKept}>
      <h3>
        <Icon name={isKept ? 'warning' : 'lock'} />
        {t(isKept ? 'share.foundKept' : 'share.found', { count: found.length })}
      </h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Check isOn={isKept} onChange={onKeep}>
        {t('share.keepSecrets')}
      </Check>
    </section>
  );
}

function placeText({ t, language }: Translator<'share'>, where: Place): string {
  switch (where.kind) {
    case 'call':
      return t('share.where.call', { name: localize(where.name, language) });
    case 'file':
      return t('share.where.file', { file: where.file, line: where.line });
    case 'text':
      return t('share.where.text', { line: where.line });
    case 'pem':
    case 'token':
      return t(`share.where.${where.kind}`, { name: where.name });
  }
}
