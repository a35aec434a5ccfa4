/**
 * The ends of a call by shape: ring with tick, ring with a turning arrow, octagon with cross,
 * triangle with a break, diamond with question mark. Never by colour alone; a word stands beside.
 */
import type { Disposition } from '../../trace/trace.ts';

export type VerdictKind = Disposition['kind'];

export const VERDICT_TONES: Readonly<Record<VerdictKind, 'allowed' | 'refused' | 'unknown' | 'plain'>> = {
  served: 'allowed',
  answered: 'plain',
  refused: 'refused',
  failed: 'refused',
  'cannot-tell': 'unknown',
};

const SHAPES: Readonly<Record<VerdictKind, { readonly outline: string; readonly sign: string }>> = {
  served: { outline: 'M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z', sign: 'm6.2 10.3 2.6 2.6 5-5.4' },
  answered: {
    outline: 'M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z',
    sign: 'M13.5 12.800V9.500a2 2 0 0 0-2-2H6.800M9 5.2 6.7 7.5 9 9.8',
  },
  refused: {
    outline: 'M6.7 2h6.600L18 6.700v6.600L13.3 18H6.700L2 13.300V6.700z',
    sign: 'm7.2 7.2 5.6 5.600M12.8 7.200l-5.6 5.6',
  },
  failed: { outline: 'M10 2.2 18.3 17H1.700z', sign: 'M10 7.500v4.200M10 14.200h.01' },
  'cannot-tell': {
    outline: 'M10 1.4 18.6 10 10 18.6 1.4 10z',
    sign: 'M8 8.200a2 2 0 1 1 3 1.700c-.6.4-1 .8-1 1.500M10 13.600h.01',
  },
};

/** The drawing alone, for use inside another svg: 20 by 20 around its own centre. */
export function VerdictShape({ kind, filled = false }: { kind: VerdictKind; filled?: boolean }) {
  const { outline, sign } = SHAPES[kind];
  return (
    <g
      className={`verdict-shape tone-${VERDICT_TONES[kind]} ${filled ? 'is-filled' : ''}`}
      transform="translate(-10 -10)"
    >
      <path className="verdict-outline" d={outline} />
      <path className="verdict-sign" d={sign} />
    </g>
  );
}

export function VerdictMark({ kind, size = 20 }: { kind: VerdictKind; size?: 16 | 20 }) {
  return (
    <svg
      className="verdict-mark"
      width={size}
      height={size}
      viewBox="-10 -10 20 20"
      aria-hidden="true"
      focusable="false"
    >
      <VerdictShape kind={kind} />
    </svg>
  );
}
