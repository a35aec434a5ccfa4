/**
 * The mesh as it stands on the canvas, whole, at the width of the sheet: a copy of what is drawn
 * there, because paper has another size than the window and the window must not move for it.
 */
import { useLayoutEffect, useRef } from 'react';

/** Pixels that A4 and Letter have between margins of 12 mm. */
const WIDTH = 700;
const HEIGHT = 430;
const MARGIN = 12;

export function MeshPicture({ label }: { label: string }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const copy = copyOfCanvas();
    if (copy !== undefined) host.current?.replaceChildren(copy);
  }, []);
  return <div ref={host} className="print-picture" role="img" aria-label={label} />;
}

function copyOfCanvas(): HTMLElement | undefined {
  const frame = document.querySelector<HTMLElement>('.canvas');
  const flow = frame?.querySelector<HTMLElement>('.react-flow');
  const viewport = flow?.querySelector<HTMLElement>('.react-flow__viewport');
  if (frame === null || frame === undefined || flow === null || flow === undefined) return undefined;
  if (viewport === null || viewport === undefined) return undefined;
  const bounds = boundsOf(viewport);
  if (bounds === undefined) return undefined;
  const scale = Math.min(1, (WIDTH - 2 * MARGIN) / bounds.width, (HEIGHT - 2 * MARGIN) / bounds.height);

  const shell = shallow(frame);
  shell.style.setProperty('--zoom', scale.toFixed(3));
  shell.style.width = `${WIDTH}px`;
  shell.style.height = `${Math.ceil(bounds.height * scale) + 2 * MARGIN}px`;
  const paper = shallow(flow);
  const picture = deep(viewport);
  const left = (WIDTH - bounds.width * scale) / 2 - bounds.x * scale;
  picture.style.transform = `translate(${left}px, ${MARGIN - bounds.y * scale}px) scale(${scale})`;
  paper.append(picture);
  shell.append(paper);
  return shell;
}

const shallow = (element: HTMLElement): HTMLElement => copied(element, false);
const deep = (element: HTMLElement): HTMLElement => copied(element, true);

function copied(element: HTMLElement, withContent: boolean): HTMLElement {
  // cloneNode returns what it was called on.
  const copy = element.cloneNode(withContent) as HTMLElement;
  copy.removeAttribute('id');
  copy.removeAttribute('role');
  copy.removeAttribute('aria-label');
  return copy;
}

/** Of all nodes, in the coordinates of the canvas. */
function boundsOf(viewport: HTMLElement): DOMRect | undefined {
  const origin = viewport.getBoundingClientRect();
  const zoom = new DOMMatrix(getComputedStyle(viewport).transform).a || 1;
  const boxes = [...viewport.querySelectorAll('.react-flow__node')].map((node) => node.getBoundingClientRect());
  if (boxes.length === 0) return undefined;
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const at = (value: number, start: number): number => (value - start) / zoom;
  return new DOMRect(at(left, origin.left), at(top, origin.top), (right - left) / zoom, (bottom - top) / zoom);
}
