/** What intentions are carried out on, made from text alone. */

import { intend } from '../editing/intentions/intend.ts';
import type { Drawing, Intention } from '../editing/intentions/intention.ts';
import { applyEdits } from '../editing/textEdit.ts';
import { buildMesh } from '../mesh/buildMesh.ts';
import { parseEmbeddedConfig } from '../resources/embeddedConfig.ts';
import { parseWorkspace } from '../resources/parseWorkspace.ts';
import type { WorkspaceFile } from '../resources/types.ts';

export function drawingOf(files: readonly WorkspaceFile[]): Drawing {
  const parsed = parseWorkspace(files);
  const { mesh } = buildMesh(parsed, { now: Date.UTC(2026, 10, 23), seed: 'drawn' }, parseEmbeddedConfig);
  const material: Drawing['material'] = {
    keySet: (issuer) => `{"keys":[{"kty":"oct","kid":${JSON.stringify(issuer)},"k":"AAAA"}]}`,
    pluggedInCa: () => ({ 'ca-cert.pem': 'certificate\n', 'ca-key.pem': 'key\n' }),
  };
  return { files, parsed, mesh, material };
}

/** The text after some intentions, one after the other; those that are refused change nothing. */
export function drawnOn(files: readonly WorkspaceFile[], ...intentions: Intention[]): readonly WorkspaceFile[] {
  return intentions.reduce((text, intention) => {
    const outcome = intend(drawingOf(text), intention);
    return outcome.ok ? applyEdits(text, outcome.value.edits) : text;
  }, files);
}
