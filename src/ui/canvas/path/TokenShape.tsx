/** The open letter, and the capsule that closes over it inside a tunnel (`data-closed`); who moves it holds the ref. */
import type { Ref } from 'react';

export function TokenShape({ ref }: { ref: Ref<SVGGElement> }) {
  return (
    <g ref={ref} className="token">
      <g className="token-scale">
        <g className="token-letter">
          <path d="M-10 -4.5h20v12h-20z" />
          <path d="M-10 -4.5 0 3l10-7.5M-10 -4.5 0-11l10 6.5" />
        </g>
        <g className="token-capsule">
          <rect x="-13" y="-8" width="26" height="16" rx="8" />
          <path d="M-3 -1.200h6v4.700h-6zM-1.8-1.200v-1.600a1.8 1.8 0 0 1 3.6 0v1.6" />
        </g>
      </g>
    </g>
  );
}
