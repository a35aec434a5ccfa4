/** The catalogue of TLS explanations in the page's language, loaded when somebody looks at bytes. */
import { useEffect, useState } from 'react';
import type { Language } from '../../../base/localizedText.ts';
import { loadTlsTexts, type TlsTexts } from '../../../i18n/tls/index.ts';
import { useTranslator } from '../../shared/context.tsx';

export function useTlsTexts(): TlsTexts | undefined {
  const { language } = useTranslator();
  const [known, setKnown] = useState<{ language: Language; texts: TlsTexts }>();
  useEffect(() => {
    let isWanted = true;
    void loadTlsTexts(language).then((texts) => {
      if (isWanted) setKnown({ language, texts });
    });
    return () => {
      isWanted = false;
    };
  }, [language]);
  // While another language loads, the one before is better than nothing.
  return known?.texts;
}

/** `{who} computes {what}` with its parameters put in. */
export const filled = (template: string, params: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
