/**
 * What a link or a file of it carries: a workspace, as much of it as the sharer chose, and what they
 * look at. Fields may be added, never changed: old links keep loading.
 */
import type { Language } from '../../base/localizedText.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Settings, StudioState } from '../studioState.ts';
import { readWorkspace, type WorkspaceProblem } from '../workspace/migrations.ts';
import { isObject, readDraft, readLanguage } from '../workspace/readParts.ts';
import { type Found, redactDraft, redactText, redactWorkspace } from '../workspace/redact.ts';
import type { CallDraft, Workspace } from '../workspace/workspace.ts';

export interface SharedWork {
  readonly workspace: Workspace;
  /** The call in the request bar. */
  readonly call?: CallDraft;
  /** The moment of its trace on show. */
  readonly step?: number;
  readonly language?: Language;
}

export interface ShareChoices {
  /** By name. */
  readonly files: ReadonlySet<string>;
  readonly calls: boolean;
  /** The call in the request bar and the step on show. */
  readonly step: boolean;
  readonly language: boolean;
  /** Private keys, tokens and credentials too. */
  readonly secrets: boolean;
}

type Shown = Pick<StudioState, 'workspace' | 'request' | 'run' | 'playback'> & {
  readonly settings: Pick<Settings, 'language'>;
};

export function sharedWork(
  { workspace, request, run, playback, settings }: Shown,
  choices: ShareChoices,
  isPublic: (secret: string) => boolean,
): { readonly work: SharedWork; readonly found: readonly Found[] } {
  const { world } = workspace;
  // Certificates and tokens are what calls present.
  const isPresenting = choices.calls || choices.step;
  const chosen: Workspace = {
    ...workspace,
    files: workspace.files.filter(({ name }) => choices.files.has(name)),
    calls: choices.calls ? workspace.calls : [],
    world: isPresenting ? world : { ...world, pems: {}, tokens: {} },
  };
  const { value, found } = redactWorkspace(chosen, isPublic);
  const { draft, count } = redactDraft(request.draft, (text) => redactText(text, isPublic).value);
  const step = run.status === 'done' && run.draft === request.draft ? { step: playback.at } : {};
  const call = choices.secrets ? request.draft : { ...request.draft, ...draft };
  const here: Found = { what: 'credential', where: { kind: 'call', name: request.draft.url } };
  return {
    work: {
      workspace: choices.secrets ? chosen : value,
      ...(choices.step && request.draft.url !== '' ? { call, ...step } : {}),
      ...(choices.language ? { language: settings.language } : {}),
    },
    found: choices.step && count > 0 ? [...found, here] : found,
  };
}

/** `stored` is whatever a link held. */
export function readSharedWork(stored: unknown): Result<SharedWork, WorkspaceProblem> {
  if (!isObject(stored)) return err({ kind: 'not-a-workspace' });
  const workspace = readWorkspace(stored.workspace);
  if (!workspace.ok) return workspace;
  const call = stored.call === undefined ? undefined : readDraft(stored.call);
  const { step } = stored;
  const language = readLanguage(stored.language);
  return ok({
    workspace: workspace.value,
    ...(call === undefined ? {} : { call }),
    ...(Number.isSafeInteger(step) ? { step: Number(step) } : {}),
    ...(language === undefined ? {} : { language }),
  });
}
