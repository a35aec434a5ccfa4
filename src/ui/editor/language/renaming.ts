/**
 * Renaming a resource from any place that names it. The engine's intention makes the edits, in every
 * file and notation, as one step of the studio's history; Monaco only asks for the new name.
 */
import { resourceIdParts, type WorkloadId } from '../../../base/ids.ts';
import { draw } from '../../../state/actions/draw.ts';
import { openFile } from '../../../state/actions/look.ts';
import type { Studio } from '../../../state/studio.ts';
import type { LocatedOrigin } from '../../../worker/languageView.ts';
import type { EditQuery } from '../../../worker/protocol.ts';
import { fileOf, rangeInModel } from '../models.ts';
import type { monaco } from '../monaco.ts';
import { askEngine } from './askEngine.ts';

type Nameable = Extract<EditQuery['intention'], { readonly kind: 'rename' }>['what'];

const CONTROLLERS: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'Pod',
]);

export function renameProvider(studio: Studio): monaco.languages.RenameProvider {
  const find = async (model: monaco.editor.ITextModel, position: monaco.Position, token: monaco.CancellationToken) => {
    const query = { text: model.getValue(), offset: model.getOffsetAt(position) };
    const answer = await askEngine(studio, 'definition', query, token, true);
    const [place, ...others] = answer?.places ?? [];
    if (answer === undefined || place === undefined || others.length > 0) return undefined;
    const what = nameable(place);
    return what === undefined ? undefined : { answer, what, name: resourceIdParts(place.origin.resource).name };
  };
  return {
    async resolveRenameLocation(model, position, token) {
      const found = await find(model, position, token);
      const { lineNumber, column } = position;
      const here = { startLineNumber: lineNumber, startColumn: column, endLineNumber: lineNumber, endColumn: column };
      if (found === undefined) return { range: here, text: '', rejectReason: '–' };
      return { range: rangeInModel(model, found.answer.start, found.answer.end), text: found.name };
    },
    async provideRenameEdits(model, position, newName, token) {
      const found = await find(model, position, token);
      if (found === undefined) return { edits: [] };
      await draw(studio, { kind: 'rename', what: found.what, to: newName }, () => ({}));
      openFile(studio, fileOf(model.uri));
      return { edits: [] };
    },
  };
}

/** A resource by its name; parts of one (a subset, a port) have names that nobody else follows. */
function nameable({ origin: { resource, path } }: LocatedOrigin): Nameable | undefined {
  if (path.join('.') !== 'metadata.name') return undefined;
  const { kind, namespace, name } = resourceIdParts(resource);
  if (kind === 'Namespace') return { kind: 'namespace', name };
  if (CONTROLLERS.has(kind)) return { kind: 'workload', id: `${namespace}/${name}` as WorkloadId };
  return { kind: 'resource', id: resource };
}
