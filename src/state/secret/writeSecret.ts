/** Writes a Secret into the text: over the one of that name where there is one, else behind the last. */

import { changeContent } from '../actions/changeContent.ts';
import { revealRange } from '../actions/look.ts';
import type { Studio } from '../studio.ts';
import type { StudioState } from '../studioState.ts';
import type { SecretDraft } from './kubectlSecret.ts';
import { secretDocument } from './secretDocument.ts';

const NEW_FILE = 'secrets.yaml';

/** The Secret of that name in the text, where the engine found it. */
export const existingSecret = ({ engine }: StudioState, { namespace, name }: Pick<SecretDraft, 'namespace' | 'name'>) =>
  engine.outline.find(
    (entry) =>
      entry.kind === 'Secret' && entry.namespace === namespace && entry.name === name && entry.status === 'in-force',
  );

/** The name of a file of certificates in the workspace, or of its key, gives its text. */
export function readPemFile({ workspace }: StudioState, path: string): string | undefined {
  const matches = (own: string | undefined): boolean => own !== undefined && (path === own || path.endsWith(`/${own}`));
  const pems = Object.values(workspace.world.pems);
  const key = pems.find(({ paths }) => matches(paths?.[1]))?.key;
  if (key !== undefined) return key;
  // Several entries of one path are one bundle.
  const certificates = pems.filter(({ paths }) => matches(paths?.[0])).map((pem) => pem.certificates);
  return certificates.length === 0 ? undefined : certificates.join('');
}

export function writeSecret(studio: Studio, draft: SecretDraft): void {
  const state = studio.store.getState();
  const document = secretDocument(draft);
  const existing = existingSecret(state, draft);
  const { files } = state.workspace;
  const target =
    existing?.range.file ?? files.findLast(({ text }) => /^kind: *Secret *$/m.test(text))?.name ?? NEW_FILE;
  const before = files.find(({ name }) => name === target)?.text ?? '';
  const { start, end } = existing?.range ?? { start: before.length, end: before.length };
  const lead = existing !== undefined || before.trim() === '' ? '' : before.endsWith('\n') ? '---\n' : '\n---\n';
  const tail =
    existing !== undefined && before[end] !== undefined && before[end - 1] !== '\n' ? document.trimEnd() : document;
  const text = before.slice(0, start) + lead + tail + before.slice(end);
  changeContent(studio, { kind: 'files', target: `${target} secret` }, ({ files: now }) => ({
    files: now.some(({ name }) => name === target)
      ? now.map((file) => (file.name === target ? { ...file, text } : file))
      : [...now, { name: target, text }],
  }));
  const startLine = text.slice(0, start + lead.length).split('\n').length;
  revealRange(studio, {
    file: target,
    start: start + lead.length,
    end: start + lead.length + tail.length,
    startLine,
    startColumn: 1,
    endLine: startLine,
    endColumn: 1,
  });
}
