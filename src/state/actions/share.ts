/** Work as a link, and what a link holds in the place of one's own. */
import { publicSecrets } from '../persistence/publicSecrets.ts';
import { decodeLink, encodeLink, type LinkProblem } from '../share/linkCodec.ts';
import { readSharedWork, type ShareChoices, type SharedWork, sharedWork } from '../share/sharedWork.ts';
import type { Studio } from '../studio.ts';
import type { WorkspaceProblem } from '../workspace/migrations.ts';
import type { Found } from '../workspace/redact.ts';
import { draftOf } from '../workspace/workspace.ts';
import { changeSettings } from './look.ts';
import { openWorkspace } from './openWorkspace.ts';
import { seek } from './playback.ts';
import { sendCall } from './sendCall.ts';
import { settledRevision } from './settledRevision.ts';

export interface Share {
  /** With its `#`. */
  readonly fragment: string;
  /** The same as text of a file. */
  readonly text: string;
  /** What is secret in it: taken out, unless the choice was to leave it in. */
  readonly found: readonly Found[];
}

export async function shareWork(studio: Studio, choices: ShareChoices): Promise<Share> {
  const state = studio.store.getState();
  const { work, found } = sharedWork(state, choices, await publicSecrets(studio, state.workspace));
  const { workspace } = work;
  return { fragment: await encodeLink(work), text: `${JSON.stringify(workspace, null, 2)}\n`, found };
}

export type OpenedLink =
  | { readonly kind: 'work'; readonly work: SharedWork }
  | { readonly kind: 'problem'; readonly problem: LinkProblem | WorkspaceProblem };

export async function readLink(fragment: string): Promise<OpenedLink> {
  const decoded = await decodeLink(fragment);
  if (!decoded.ok) return { kind: 'problem', problem: decoded.error };
  const read = readSharedWork(decoded.value);
  return read.ok ? { kind: 'work', work: read.value } : { kind: 'problem', problem: read.error };
}

/** Opens it, and shows what the sharer looked at. */
export async function openShared(studio: Studio, { workspace, call, step, language }: SharedWork): Promise<void> {
  openWorkspace(studio, workspace);
  if (language !== undefined) changeSettings(studio, { language });
  if (call === undefined) return;
  const saved = workspace.calls.find((one) => JSON.stringify(draftOf(one)) === JSON.stringify(call));
  studio.store.setState({ request: { draft: call, ...(saved === undefined ? {} : { savedCall: saved.id }) } });
  if (step === undefined || (await settledRevision(studio)) === undefined) return;
  await sendCall(studio, { play: false });
  seek(studio, step);
}
