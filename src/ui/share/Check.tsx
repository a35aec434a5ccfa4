/** One thing that goes along, or not. */
import type { ReactNode } from 'react';

export interface CheckProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

export function Check({ isOn, onChange, children }: CheckProps) {
  return (
    <label className="share-check">
      <input type="checkbox" className="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}
