/**
 * An anchor that is cut out while aliases of it stay would break the document: the first of those
 * aliases gets the anchor and what it stands for.
 */
import type { Alias, Node } from 'yaml';
import { aliasTargets } from '../resources/yaml/aliases.ts';
import { composeDocument } from '../resources/yaml/composeDocument.ts';
import { toPlain } from '../resources/yaml/toPlain.ts';
import { type LocatedObject, spanOf } from './located.ts';
import { flowText } from './render.ts';
import type { TextEdit } from './textEdit.ts';

/** `cut` takes text of the object's document away. */
export function keepAnchors({ text, offset }: Pick<LocatedObject, 'text' | 'offset'>, cut: TextEdit): TextEdit {
  const start = cut.start - offset;
  const end = cut.end - offset;
  if (!text.slice(start, end).includes('&')) return cut;
  const { document } = composeDocument(text);
  if (document === undefined) return cut;
  const targets = aliasTargets(document);
  const heirs = new Map<Node, Alias>();
  for (const [alias, target] of targets) {
    const at = spanOf(target).start;
    if (at >= start && at < end && spanOf(alias).start >= end && !heirs.has(target)) heirs.set(target, alias);
  }
  let kept = '';
  let done = end;
  for (const [target, alias] of [...heirs].sort(([, a], [, b]) => spanOf(a).start - spanOf(b).start)) {
    const span = spanOf(alias);
    const { value } = toPlain(text, { contents: target }, targets);
    kept += `${text.slice(done, span.start)}&${alias.source} ${flowText(value)}`;
    done = span.end;
  }
  return { ...cut, end: offset + done, text: cut.text + kept };
}
