/** Texts from outside become a mesh of their own. */
import type { LocalizedText } from '../../base/localizedText.ts';
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import { EMPTY_WORKSPACE, type Studio } from '../studio.ts';
import { withFreeNames } from './files.ts';
import { openWorkspace } from './openWorkspace.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';

/** A downloaded mesh is opened as what it is; `name` is what a mesh of bare YAML is called. */
export function importAsNew(studio: Studio, texts: readonly WorkspaceFileText[], name: LocalizedText): void {
  const [only] = texts;
  if (only === undefined || (texts.length === 1 && openWorkspaceFile(studio, only.text))) return;
  openWorkspace(studio, { ...EMPTY_WORKSPACE, name, files: withFreeNames([], texts) });
}
