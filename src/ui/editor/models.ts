/**
 * One Monaco model a file of the workspace, by name. The editor shows one of them; peeking at
 * definitions and references needs the others, which are made when first asked for.
 */
import type { SourceRange } from '../../base/origin.ts';
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import { differenceOf } from './markers.ts';
import { monaco } from './monaco.ts';

const SCHEME = 'workspace';

/** With an authority, since a name may begin with a slash, and a path without one may not begin with two. */
export const uriOf = (name: string): monaco.Uri =>
  monaco.Uri.from({ scheme: SCHEME, authority: 'files', path: `/${name}` });

/** The file that a model shows. */
export const fileOf = ({ path }: monaco.Uri): string => path.slice(1);

export const isOurs = ({ scheme }: monaco.Uri): boolean => scheme === SCHEME;

/** JSON is YAML, and coloured as such. */
export const modelOf = ({ name, text }: WorkspaceFileText): monaco.editor.ITextModel =>
  monaco.editor.getModel(uriOf(name)) ?? monaco.editor.createModel(text, 'yaml', uriOf(name));

/** Makes the models of these files, and brings them up to date. */
export function provideModels(files: readonly WorkspaceFileText[]): void {
  for (const file of files) updateModel(modelOf(file), file.text);
}

/** Takes over just what differs; the end of the change, or undefined where nothing does. */
export function updateModel(model: monaco.editor.ITextModel, text: string): number | undefined {
  const change = differenceOf(model.getValue(), text);
  if (change === undefined) return undefined;
  const range = monaco.Range.fromPositions(model.getPositionAt(change.start), model.getPositionAt(change.end));
  model.applyEdits([{ range, text: change.text }]);
  return change.start + change.text.length;
}

/** Lets go of models whose files are gone. */
export function releaseModels(names: ReadonlySet<string>): void {
  for (const model of monaco.editor.getModels()) {
    if (isOurs(model.uri) && !names.has(fileOf(model.uri))) model.dispose();
  }
}

export function rangeInModel(model: monaco.editor.ITextModel, start: number, end: number): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

/** A place in a model as the studio speaks of places. */
export function sourceRange(model: monaco.editor.ITextModel, range: monaco.IRange): SourceRange {
  const { startLineNumber, startColumn, endLineNumber, endColumn } = range;
  return {
    file: fileOf(model.uri),
    start: model.getOffsetAt({ lineNumber: startLineNumber, column: startColumn }),
    end: model.getOffsetAt({ lineNumber: endLineNumber, column: endColumn }),
    startLine: startLineNumber,
    startColumn,
    endLine: endLineNumber,
    endColumn,
  };
}
