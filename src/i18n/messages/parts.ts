/**
 * Parts of the catalogue that few visitors need at once: each is fetched with the view that speaks
 * it, so that the page does not carry every sentence from the start. Same shape and keys as the
 * rest; a view that uses a part stands inside `<Texts part>`.
 */
import type { Language } from '../../base/localizedText.ts';
import type { certificates } from './en/certificates.ts';
import type { csr } from './en/csr.ts';
import type { draw } from './en/draw.ts';
import type { handshakeSteps } from './en/handshakeSteps.ts';
import type { inspector } from './en/inspector.ts';
import type { sds } from './en/sds.ts';
import type { token } from './en/token.ts';

/** English is the source of each part, too. */
export interface PartMessages {
  readonly certificates: typeof certificates;
  readonly csr: typeof csr;
  readonly sds: typeof sds;
  readonly draw: typeof draw;
  readonly handshakeSteps: typeof handshakeSteps;
  readonly inspector: typeof inspector;
  readonly token: typeof token;
}

export type PartName = keyof PartMessages;

/** Modules that export the part under its own name. */
type Loaders = Readonly<Record<PartName, Readonly<Record<Language, () => Promise<object>>>>>;

export const PARTS: Loaders = {
  certificates: { en: () => import('./en/certificates.ts'), ja: () => import('./ja/certificates.ts') },
  csr: { en: () => import('./en/csr.ts'), ja: () => import('./ja/csr.ts') },
  sds: { en: () => import('./en/sds.ts'), ja: () => import('./ja/sds.ts') },
  draw: { en: () => import('./en/draw.ts'), ja: () => import('./ja/draw.ts') },
  handshakeSteps: { en: () => import('./en/handshakeSteps.ts'), ja: () => import('./ja/handshakeSteps.ts') },
  inspector: { en: () => import('./en/inspector.ts'), ja: () => import('./ja/inspector.ts') },
  token: { en: () => import('./en/token.ts'), ja: () => import('./ja/token.ts') },
};

export const PART_NAMES = Object.keys(PARTS) as readonly PartName[];
