/**
 * A name cut in the middle to a width in canvas units, at the size that text has at this zoom.
 * Measured, not left to the browser: what stands between head and tail is one ellipsis and no gap.
 */
import { useStore } from '@xyflow/react';

export function FittedName({ name, width }: { name: string; width: number }) {
  // Text grows as the canvas shrinks; in steps, so that zooming does not draw every frame.
  const size = useStore(({ transform }) => Math.max(13, Math.ceil((12 / transform[2]) * 2) / 2));
  return <span title={name}>{fitMiddle(name, width, `600 ${size}px system-ui, sans-serif`)}</span>;
}

const context = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
const fitted = new Map<string, string>();

function fitMiddle(name: string, width: number, font: string): string {
  if (context === null) return name;
  const key = `${font}|${width}|${name}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  context.font = font;
  const fits = (text: string): boolean => (context?.measureText(text).width ?? 0) <= width;
  let text = name;
  for (let kept = name.length - 1; !fits(text) && kept > 3; kept--) {
    const tail = Math.ceil(kept / 2);
    text = `${name.slice(0, kept - tail)}…${name.slice(-tail)}`;
  }
  if (fitted.size > 5000) fitted.clear();
  fitted.set(key, text);
  return text;
}
