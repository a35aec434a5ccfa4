/** Objects written as text in every style that people and tools write YAML in; comments are numbered remarks. */
import { Document, isCollection, isMap, isScalar, visit } from 'yaml';
import type { WorkspaceFile } from '../resources/types.ts';

export type Plain = Readonly<Record<string, unknown>>;

type Style = 'block' | 'json' | 'flow';

/** How the next thing is written. */
type Draw = () => number;

export function filesOf(all: readonly Plain[], seed: number, isCrlf: boolean, fileCount: number): WorkspaceFile[] {
  let state = seed;
  let remarks = 0;
  const draw: Draw = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1;
    return state >>> 8;
  };
  const remark = (): string => `remark ${++remarks}.`;
  const texts: string[][] = Array.from({ length: fileCount }, () => []);
  for (let at = 0; at < all.length; ) {
    const isList = draw() % 5 === 0;
    const items = all.slice(at, at + (isList ? 2 : 1));
    at += items.length;
    const styles: readonly Style[] = ['block', 'flow', 'block', 'json'];
    const style = styles[draw() % styles.length] ?? 'block';
    const value = isList ? { apiVersion: 'v1', kind: 'List', items } : (items[0] ?? {});
    texts[draw() % fileCount]?.push(written(value, style, draw, remark));
  }
  return texts.map((documents, index) => {
    const text = documents.join('---\n');
    return { name: `${index}.yaml`, text: isCrlf ? text.replaceAll('\n', '\r\n') : text };
  });
}

function written(value: Plain, style: Style, draw: Draw, remark: () => string): string {
  if (style === 'json') return `${JSON.stringify(value, null, draw() % 2 === 0 ? 2 : undefined)}\n`;
  // The same object in two places becomes an anchor and an alias.
  const document = new Document(value, { version: '1.2' });
  document.commentBefore = ` ${remark()}`;
  visit(document, {
    Collection: (_, node) => {
      if (node.items.length > 0 && style === 'flow' && draw() % 3 === 0) node.flow = true;
    },
    Scalar: (key, node) => {
      if (key === 'key' || typeof node.value !== 'string') return;
      const quotes = draw() % 8;
      if (quotes === 0) node.type = 'QUOTE_DOUBLE';
      if (quotes === 1) node.type = 'QUOTE_SINGLE';
    },
    Pair: (_, pair) => {
      // A comment in flow style would break the line.
      if (style === 'block' && isScalar(pair.key) && draw() % 5 === 0) pair.key.commentBefore = ` ${remark()}`;
      if (style === 'block' && isScalar(pair.value) && draw() % 5 === 0) pair.value.comment = ` ${remark()}`;
    },
  });
  if (style === 'block' && isMap(document.contents)) document.contents.flow = false;
  const text = document.toString({ lineWidth: 0, indent: draw() % 2 === 0 ? 2 : 4, indentSeq: draw() % 2 === 0 });
  return isCollection(document.contents) ? text : `${text}\n`;
}
