/** The tone and order of each status: what is safe, what to look at, what nobody can tell. */
import type { SecurityTab } from './SecurityView.tsx';

type Tone = 'allowed' | 'plain' | 'refused' | 'unknown';

const TONES: Readonly<Record<SecurityTab, Readonly<Record<string, Tone>>>> = {
  doors: {
    strict: 'allowed',
    'gateway-mutual': 'allowed',
    'gateway-tls': 'allowed',
    'gateway-passthrough': 'allowed',
    'own-tls': 'allowed',
    permissive: 'plain',
    'gateway-plain': 'plain',
    disable: 'refused',
    'not-captured': 'refused',
    'no-proxy': 'unknown',
    'cannot-tell': 'unknown',
  },
  edges: {
    'mutual-tls': 'allowed',
    tls: 'allowed',
    'tls-in-tls': 'allowed',
    plain: 'plain',
    'no-handshake': 'refused',
    'cannot-tell': 'unknown',
  },
  policies: {
    'in-force': 'allowed',
    partly: 'allowed',
    'by-provider': 'unknown',
    'says-nothing': 'plain',
    'selects-nothing': 'refused',
    'only-without-proxy': 'refused',
    shadowed: 'refused',
    'root-selector': 'refused',
  },
};

export const toneOf = (tab: SecurityTab, status: string): Tone => TONES[tab][status] ?? 'unknown';

/** Statuses of a table in the order in which cards list them. */
export const statusesOf = (tab: SecurityTab): readonly string[] => Object.keys(TONES[tab]);
