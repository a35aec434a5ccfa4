/**
 * Scalars of many objects get other values: edits of their documents, each proved by reading the
 * document again. Anchors make one text mean several fields; where the plain edit does not come out
 * as wanted, aliases are written out, and where that does not help either the text resists.
 */
import type { FieldPath } from '../base/origin.ts';
import { err, ok, type Result } from '../base/result.ts';
import { isMeshConfigMap } from '../resources/embeddedConfig.ts';
import { composeDocument } from '../resources/yaml/composeDocument.ts';
import type { NodeRange } from '../resources/yaml/locateNode.ts';
import { readText } from '../resources/yaml/readText.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { TextDocument, TextObject } from './objects.ts';
import type { Rewrite } from './references/follow.ts';
import { requote } from './requote.ts';
import { setField } from './setField.ts';
import { applyEdits, type TextEdit } from './textEdit.ts';

export interface ObjectRewrites {
  readonly object: TextObject;
  readonly rewrites: readonly Rewrite[];
}

/** The file whose text resists, if one does. */
export function rewriteObjects(changes: readonly ObjectRewrites[]): Result<readonly TextEdit[], string> {
  const byDocument = new Map<string, ObjectRewrites[]>();
  for (const change of changes) {
    if (change.rewrites.length === 0) continue;
    const { file, offset } = change.object.document;
    const key = `${offset} ${file}`;
    byDocument.set(key, [...(byDocument.get(key) ?? []), change]);
  }
  const edits: TextEdit[] = [];
  for (const own of byDocument.values()) {
    const document = own[0]?.object.document;
    if (document === undefined) continue;
    const found = rewriteDocument(document, own);
    if (found === undefined) return err(document.file);
    edits.push(...found);
  }
  return ok(edits);
}

type Aliases = 'followed' | 'written-out';

function rewriteDocument(document: TextDocument, changes: readonly ObjectRewrites[]): TextEdit[] | undefined {
  const configs = new Set(
    changes.flatMap(({ object }) => (isMeshConfigMap(object.resource) ? [keyOf(object.prefix)] : [])),
  );
  const { text } = document;
  const wanted = plainObjects(text, configs);
  for (const { object, rewrites } of changes) {
    const own = wanted.get(keyOf(object.prefix));
    for (const { path, value } of rewrites) put(own, path, value);
  }
  for (const aliases of ['followed', 'written-out'] as const) {
    const edits = editsOf(document, changes, aliases);
    const after = edits && applyEdits([{ name: document.file, text }], edits)[0]?.text;
    if (edits === undefined || after === undefined) continue;
    if (canonicalJson([...plainObjects(after, configs)]) !== canonicalJson([...wanted])) continue;
    return edits.map((edit) => ({ ...edit, start: document.offset + edit.start, end: document.offset + edit.end }));
  }
  return undefined;
}

/** Offsets in the document; undefined when one text would have to say two things. */
function editsOf(document: TextDocument, changes: readonly ObjectRewrites[], aliases: Aliases): TextEdit[] | undefined {
  const { locate } = readText(document.text);
  const replaced = new Map<number, TextEdit>();
  const added: TextEdit[] = [];
  for (const { object, rewrites } of changes) {
    const isConfig = isMeshConfigMap(object.resource);
    for (const { path, value } of rewrites) {
      const full = [...object.prefix, ...path];
      if (!isThere(readEmbedded(object.value, isConfig), path)) {
        const edit = addition(document, full, value);
        if (edit === undefined) return undefined;
        added.push(edit);
        continue;
      }
      const edit = replacement(document, locate(full), value);
      if (document.text[edit.start] === '*' && aliases === 'followed') continue;
      const same = replaced.get(edit.start);
      if (same !== undefined && (same.text !== edit.text || same.end !== edit.end)) return undefined;
      replaced.set(edit.start, edit);
    }
  }
  return [...replaced.values(), ...added];
}

function replacement({ file, text }: TextDocument, { start, end }: NodeRange, value: string): TextEdit {
  const written = text.slice(start, end);
  const isBlock = /^[|>]/.test(written) && written.endsWith('\n');
  return { file, start, end, text: requote(written, value, true) + (isBlock ? eolOf(text) : '') };
}

function addition({ file, text }: TextDocument, path: FieldPath, value: string): TextEdit | undefined {
  const root = composeDocument(text).document?.contents;
  if (root === undefined || root === null) return undefined;
  return setField({ file, text, offset: 0, prefix: [], root, eol: eolOf(text) }, path, value);
}

const eolOf = (text: string): '\n' | '\r\n' => (text.includes('\r\n') ? '\r\n' : '\n');

/** The objects of a document by their place in it, to change at will; mesh configurations are read through. */
function plainObjects(text: string, configs: ReadonlySet<string>): Map<string, unknown> {
  return new Map(
    readText(text).objects.map(({ value, prefix }) => {
      const key = keyOf(prefix);
      return [key, structuredClone(readEmbedded(value, configs.has(key)))];
    }),
  );
}

function readEmbedded(value: unknown, isConfig: boolean): unknown {
  const data = isConfig && isRecord(value) ? value['data'] : undefined;
  if (!isRecord(value) || !isRecord(data) || typeof data['mesh'] !== 'string') return value;
  return { ...value, data: { ...data, mesh: readText(data['mesh']).objects[0]?.value } };
}

const keyOf = (path: FieldPath): string => JSON.stringify(path);

const isThere = (value: unknown, path: FieldPath): boolean => stepInto(value, path) !== undefined;

const stepInto = (value: unknown, path: FieldPath): unknown =>
  path.reduce<unknown>(
    (inner, step) => (isRecord(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined),
    value,
  );

function put(value: unknown, path: FieldPath, scalar: string): void {
  const parent = stepInto(value, path.slice(0, -1));
  if (isRecord(parent)) parent[path.at(-1) ?? ''] = scalar;
}

const isRecord = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;
