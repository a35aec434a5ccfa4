/** Whether what an element holds is wider than the element; asked again when either changes. */
import { type RefObject, useLayoutEffect, useState } from 'react';

export function useOverflow(element: RefObject<HTMLElement | null>, content: unknown): boolean {
  const [overflows, setOverflows] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content has another width
  useLayoutEffect(() => {
    const measured = element.current;
    if (measured === null) return undefined;
    const measure = () => setOverflows(measured.scrollWidth > measured.clientWidth + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element, content]);
  return overflows;
}
