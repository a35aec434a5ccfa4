/** Whole documents: adding them at the end of a file, taking them out. */
import type { ResourceId } from '../base/ids.ts';
import type { WorkspaceFile } from '../resources/types.ts';
import { locateObject } from './located.ts';
import { removeField } from './removeField.ts';
import { blockLines } from './render.ts';
import type { TextEdit } from './textEdit.ts';

/** Appends documents to a file, each behind a marker. */
export function addDocuments(files: readonly WorkspaceFile[], file: string, documents: readonly unknown[]): TextEdit {
  const text = files.find(({ name }) => name === file)?.text ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const rendered = documents.map((document) =>
    typeof document === 'string' ? document.replace(/\n$/, '').split('\n') : blockLines(document),
  );
  const body = rendered.map((lines) => lines.join(eol) + eol).join(`---${eol}`);
  if (text.trim() === '') return { file, start: text.length, end: text.length, text: body };
  const gap = text.endsWith('\n') ? '' : eol;
  const marker = /(^|\n)---[ \t]*\r?\n?\s*$/.test(text) ? '' : `---${eol}`;
  return { file, start: text.length, end: text.length, text: gap + marker + body };
}

/** Takes a resource out: its whole document, or its item of a List. */
export function removeResource(files: readonly WorkspaceFile[], id: ResourceId): TextEdit | undefined {
  const object = locateObject(files, id);
  if (object === undefined) return undefined;
  if (object.prefix.length > 0) {
    const item = removeField({ ...object, prefix: [] }, object.prefix);
    if (item !== undefined) return item;
  }
  const { file, offset, text } = object;
  return { file, start: offset, end: offset + text.length, text: '' };
}
