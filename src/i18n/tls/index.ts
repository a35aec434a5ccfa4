/** Loads the catalogue of a language when somebody looks at bytes. */
import type { Language } from '../../base/localizedText.ts';
import type { TlsTexts } from './texts.ts';

export type { TlsMessageName, TlsTexts } from './texts.ts';

export const loadTlsTexts = async (language: Language): Promise<TlsTexts> =>
  language === 'ja' ? (await import('./ja.ts')).ja : (await import('./en.ts')).en;
