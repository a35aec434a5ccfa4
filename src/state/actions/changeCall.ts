/** The request bar: fields of the draft, saved calls, a pasted curl command line. */
import type { LocalizedText } from '../../base/localizedText.ts';
import type { Studio } from '../studio.ts';
import { type CallDraft, draftOf, EMPTY_DRAFT } from '../workspace/workspace.ts';
import { changeContent } from './changeContent.ts';

/** `undefined` takes an optional field away. */
export type DraftChange = { readonly [K in keyof CallDraft]?: CallDraft[K] | undefined };

export function changeDraft(studio: Studio, change: DraftChange): void {
  studio.store.setState(({ request }) => ({
    request: { ...keep(request.savedCall), draft: merge(request.draft, change) },
  }));
}

export function chooseSavedCall(studio: Studio, id: string): void {
  const call = studio.store.getState().workspace.calls.find((candidate) => candidate.id === id);
  if (call !== undefined) studio.store.setState({ request: { draft: draftOf(call), savedCall: id } });
}

export function newCall(studio: Studio): void {
  studio.store.setState(({ request }) => ({ request: { draft: { ...EMPTY_DRAFT, from: request.draft.from } } }));
}

/** Saves the draft under a new name. */
export function saveCall(studio: Studio, name: LocalizedText): void {
  const { request, workspace } = studio.store.getState();
  const taken = new Set(workspace.calls.map((call) => call.id));
  let number = workspace.calls.length + 1;
  while (taken.has(`call-${number}`)) number++;
  const id = `call-${number}`;
  changeContent(studio, { kind: 'calls', target: id }, ({ calls }) => ({
    calls: [...calls, { ...request.draft, id, name }],
  }));
  studio.store.setState({ request: { draft: request.draft, savedCall: id } });
}

export function removeSavedCall(studio: Studio, id: string): void {
  changeContent(studio, { kind: 'calls', target: id }, ({ calls }) => ({
    calls: calls.filter((call) => call.id !== id),
  }));
  studio.store.setState(({ request, verdicts }) => {
    const { [id]: _gone, ...rest } = verdicts;
    return { request: request.savedCall === id ? { draft: request.draft } : request, verdicts: rest };
  });
}

/** Returns whether the text is a curl command line, which then becomes the draft. */
export function pasteCurl(studio: Studio, line: string): boolean {
  if (!/(^|[\s/])curl(\.exe)?\s/.test(line)) return false;
  // Few people paste one: what reads it is fetched then.
  void import('../curl/takeCurl.ts').then(({ takeCurl }) => takeCurl(studio, line));
  return true;
}

function merge(draft: CallDraft, change: DraftChange): CallDraft {
  const merged: Record<string, unknown> = { ...draft };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete merged[name];
    else merged[name] = value;
  }
  // Required fields are never given as undefined: their types in CallDraft forbid it to callers.
  return merged as unknown as CallDraft;
}

const keep = (savedCall: string | undefined): { savedCall?: string } => (savedCall === undefined ? {} : { savedCall });
