/** Registers the language service for as long as an editor lives, in the language of the studio. */
import { useEffect, useRef } from 'react';
import { loadFieldTexts } from '../../i18n/fields/index.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { registerLanguage } from './language/register.ts';
import type { Texts } from './language/texts.ts';

export function useLanguage(): void {
  const studio = useStudio();
  const translator = useTranslator('code');
  const texts = useRef<Texts>(undefined);
  useEffect(() => {
    let isCurrent = true;
    void loadFieldTexts(translator.language).then((fields) => {
      if (isCurrent) texts.current = { translator, fields };
    });
    return () => {
      isCurrent = false;
    };
  }, [translator]);
  useEffect(() => {
    const registered = registerLanguage(studio, () => texts.current);
    return () => registered.dispose();
  }, [studio]);
}
