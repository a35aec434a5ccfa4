/**
 * A name cut to a width in canvas units, at the size that text has at this zoom: at its end, or in
 * the middle where only the end tells it from others. Measured, not left to the browser: what stands
 * between head and tail is one ellipsis and no gap.
 */
import { useStore } from '@xyflow/react';
import { graphIndex, isToldByItsEnd } from '../../../state/selectors/graphIndex.ts';
import type { StudioState } from '../../../state/studioState.ts';
import { useStudioState } from '../../shared/context.tsx';

const indexOf = ({ engine }: StudioState) => graphIndex(engine.graph);

export function FittedName({ name, width }: { name: string; width: number }) {
  // Text grows as the canvas shrinks; in steps, so that zooming does not draw every frame.
  const size = useStore(({ transform }) => Math.max(13, Math.ceil((12 / transform[2]) * 2) / 2));
  const keepsEnd = isToldByItsEnd(useStudioState(indexOf), name);
  return <span title={name}>{cutTo(name, width, `600 ${size}px system-ui, sans-serif`, keepsEnd)}</span>;
}

const context = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
const fitted = new Map<string, string>();

function cutTo(name: string, width: number, font: string, keepsEnd: boolean): string {
  if (context === null) return name;
  const key = `${font}|${width}|${keepsEnd}|${name}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  context.font = font;
  const fits = (text: string): boolean => (context?.measureText(text).width ?? 0) <= width;
  let text = name;
  for (let kept = name.length - 1; !fits(text) && kept > 3; kept--) {
    const tail = keepsEnd ? Math.ceil(kept / 2) : 0;
    text = `${name.slice(0, kept - tail)}…${name.slice(name.length - tail)}`;
  }
  if (fitted.size > 5000) fitted.clear();
  fitted.set(key, text);
  return text;
}
