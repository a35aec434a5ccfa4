/** Looks and sizes, read back with care: whatever is missing or strange falls back to the default. */
import { isLanguage, type Language } from '../../base/localizedText.ts';
import type { LayoutState, Settings } from '../studioState.ts';

export interface Preferences {
  readonly settings: Settings;
  readonly layout: LayoutState;
}

/** What a stranger sees, by what the browser says of them and of the window. */
export interface Visitor {
  readonly language: Language;
  readonly width: number;
}

/** Below this width the tree gives its room to the canvas until it is asked for. */
const ROOM_FOR_EXPLORER = 1440;

export function readPreferences(stored: unknown, visitor: Visitor): Preferences {
  const settings = field(stored, 'settings');
  const layout = field(stored, 'layout');
  return {
    settings: {
      theme: oneOf(field(settings, 'theme'), ['light', 'dark', 'system'], 'system'),
      language: readLanguage(field(settings, 'language')) ?? visitor.language,
      motion: oneOf(field(settings, 'motion'), ['system', 'reduced', 'full'], 'system'),
      wordWrap: flag(field(settings, 'wordWrap'), false),
    },
    layout: {
      view: oneOf(field(layout, 'view'), ['mesh', 'security'], 'mesh'),
      explorer: flag(field(layout, 'explorer'), visitor.width >= ROOM_FOR_EXPLORER),
      right: flag(field(layout, 'right'), true),
      bottom: flag(field(layout, 'bottom'), true),
      rightTab: oneOf(field(layout, 'rightTab'), ['yaml', 'inspector', 'handshake', 'evidence'], 'yaml'),
      bottomTab: oneOf(field(layout, 'bottomTab'), ['timeline', 'calls', 'console'], 'timeline'),
      timeScale: oneOf(field(layout, 'timeScale'), ['steps', 'milliseconds'], 'steps'),
      inspectorTab: oneOf(
        field(layout, 'inspectorTab'),
        ['summary', 'policies', 'identity', 'sds', 'envoy', 'log'],
        'summary',
      ),
      file: '',
      startHint: flag(field(layout, 'startHint'), true),
      sizes: readSizes(field(layout, 'sizes')),
    },
  };
}

/** What of the state is worth remembering. */
export function preferencesOf({ settings, layout }: Preferences): unknown {
  const { file: _file, reveal: _reveal, evidence: _evidence, front: _front, ...kept } = layout;
  return { settings, layout: kept };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const flag = (value: unknown, fallback: boolean): boolean => (typeof value === 'boolean' ? value : fallback);

const oneOf = <T extends string>(value: unknown, allowed: readonly T[], fallback: T): T =>
  allowed.find((option) => option === value) ?? fallback;

const readLanguage = (value: unknown): Language | undefined => (isLanguage(value) ? value : undefined);

function readSizes(value: unknown): LayoutState['sizes'] {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([group, sizes]: [string, unknown]) =>
      typeof sizes === 'object' && sizes !== null && Object.values(sizes).every((size) => Number.isFinite(size))
        ? [[group, { ...(sizes as Record<string, number>) }]]
        : [],
    ),
  );
}
