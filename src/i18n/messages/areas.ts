/**
 * Parts of the catalogues that come with the panel which shows them. A component asks for one by
 * name, `useTranslator('inspector')`, and waits for it; the types allow only keys of what was asked
 * for. An area is a file of each language's folder, and its exports are sections of the catalogue.
 */
import type { Language } from '../../base/localizedText.ts';

type Load = () => Promise<Readonly<Record<string, object>>>;

export const AREAS = {
  calls: { en: () => import('./en/calls.ts'), ja: () => import('./ja/calls.ts') },
  certificates: { en: () => import('./en/certificates.ts'), ja: () => import('./ja/certificates.ts') },
  code: { en: () => import('./en/code.ts'), ja: () => import('./ja/code.ts') },
  connections: { en: () => import('./en/connections.ts'), ja: () => import('./ja/connections.ts') },
  console: { en: () => import('./en/console.ts'), ja: () => import('./ja/console.ts') },
  csr: { en: () => import('./en/csr.ts'), ja: () => import('./ja/csr.ts') },
  diagnostic: { en: () => import('./en/diagnostic.ts'), ja: () => import('./ja/diagnostic.ts') },
  draw: { en: () => import('./en/draw.ts'), ja: () => import('./ja/draw.ts') },
  editor: { en: () => import('./en/editor.ts'), ja: () => import('./ja/editor.ts') },
  evidence: { en: () => import('./en/evidence.ts'), ja: () => import('./ja/evidence.ts') },
  explorer: { en: () => import('./en/explorer.ts'), ja: () => import('./ja/explorer.ts') },
  find: { en: () => import('./en/find.ts'), ja: () => import('./ja/find.ts') },
  handshake: { en: () => import('./en/handshake.ts'), ja: () => import('./ja/handshake.ts') },
  handshakeSteps: { en: () => import('./en/handshakeSteps.ts'), ja: () => import('./ja/handshakeSteps.ts') },
  history: { en: () => import('./en/history.ts'), ja: () => import('./ja/history.ts') },
  inspector: { en: () => import('./en/inspector.ts'), ja: () => import('./ja/inspector.ts') },
  print: { en: () => import('./en/print.ts'), ja: () => import('./ja/print.ts') },
  remedy: { en: () => import('./en/remedy.ts'), ja: () => import('./ja/remedy.ts') },
  sds: { en: () => import('./en/sds.ts'), ja: () => import('./ja/sds.ts') },
  secret: { en: () => import('./en/secret.ts'), ja: () => import('./ja/secret.ts') },
  security: { en: () => import('./en/security.ts'), ja: () => import('./ja/security.ts') },
  share: { en: () => import('./en/share.ts'), ja: () => import('./ja/share.ts') },
  shortcut: { en: () => import('./en/shortcut.ts'), ja: () => import('./ja/shortcut.ts') },
  start: { en: () => import('./en/start.ts'), ja: () => import('./ja/start.ts') },
  suggest: { en: () => import('./en/suggest.ts'), ja: () => import('./ja/suggest.ts') },
  token: { en: () => import('./en/token.ts'), ja: () => import('./ja/token.ts') },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, Load>>>>;

export type Area = keyof typeof AREAS;

/** The sections that an area brings: `{ csr: { title: ... } }`. */
export type SectionsOf<A extends Area> = Awaited<ReturnType<(typeof AREAS)[A]['en']>>;

export const ALL_AREAS = Object.keys(AREAS) as readonly Area[];
