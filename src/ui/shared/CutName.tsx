/**
 * A long name where there may be no room for it: cut at its end, or in the middle where only the end
 * tells it from others. The whole is on hover and for readers.
 */
import { graphIndex, isToldByItsEnd } from '../../state/selectors/graphIndex.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudioState } from './context.tsx';

const TAIL = 7;

const indexOf = ({ engine }: StudioState) => graphIndex(engine.graph);

export function CutName({ name }: { name: string }) {
  const keepsEnd = isToldByItsEnd(useStudioState(indexOf), name) && name.length > TAIL + 3;
  const tail = keepsEnd ? TAIL : 0;
  return (
    <span className="cut" title={name}>
      <span className="cut-head">{name.slice(0, name.length - tail)}</span>
      {keepsEnd && <span className="cut-tail">{name.slice(-tail)}</span>}
    </span>
  );
}
