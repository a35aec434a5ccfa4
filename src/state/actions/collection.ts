/** The collection of saved calls: what is expected of each, names, order, groups. All of it can be undone. */
import { type LocalizedText, localize } from '../../base/localizedText.ts';
import { expectationOf } from '../calls/judge.ts';
import type { Studio } from '../studio.ts';
import type { Expectation, SavedCall } from '../workspace/workspace.ts';
import { changeContent } from './changeContent.ts';

/** `undefined` expects nothing any more. */
export const expectOutcome = (studio: Studio, id: string, expect: Expectation | undefined): void =>
  changeCall(studio, id, ({ expect: _before, ...call }) => (expect === undefined ? call : { ...call, expect }));

/** What happens now is what is expected from now on: of one call, or of all that expect nothing yet. */
export function expectWhatHappens(studio: Studio, id?: string): void {
  const { verdicts, workspace } = studio.store.getState();
  const known = (call: SavedCall): Expectation | undefined => {
    // Where lots decide there is no one thing to expect.
    const [only, ...others] = verdicts[call.id]?.outcomes ?? [];
    return only === undefined || others.length > 0 ? undefined : expectationOf(only);
  };
  const isMeant = (call: SavedCall): boolean =>
    (id === undefined ? call.expect === undefined : call.id === id) && known(call) !== undefined;
  if (!workspace.calls.some(isMeant)) return;
  changeContent(studio, { kind: 'calls', target: id ?? '' }, ({ calls }) => ({
    calls: calls.map((call) => {
      const expect = isMeant(call) ? known(call) : undefined;
      return expect === undefined ? call : { ...call, expect };
    }),
  }));
}

export function renameSavedCall(studio: Studio, id: string, name: string): void {
  if (name.trim() !== '') changeCall(studio, id, (call) => ({ ...call, name: name.trim() }));
}

/** '' takes it out of its group. */
export const groupSavedCall = (studio: Studio, id: string, group: string): void =>
  changeCall(studio, id, ({ group: _before, ...call }) =>
    group.trim() === '' ? call : { ...call, group: group.trim() },
  );

/** The request bar's draft takes the place of what the saved call sends. */
export function overwriteSavedCall(studio: Studio, id: string): void {
  const { draft } = studio.store.getState().request;
  changeCall(studio, id, ({ name, note, group, expect }) => ({
    ...draft,
    id,
    name,
    ...(note === undefined ? {} : { note }),
    ...(group === undefined ? {} : { group }),
    ...(expect === undefined ? {} : { expect }),
  }));
}

export function duplicateSavedCall(studio: Studio, id: string, nameOfCopy: (name: string) => string): void {
  const { calls: all } = studio.store.getState().workspace;
  const taken = new Set(all.map((call) => call.id));
  let number = 2;
  while (taken.has(`${id}-${number}`)) number++;
  const copy = (name: LocalizedText): LocalizedText => ({
    en: nameOfCopy(localize(name, 'en')),
    ja: nameOfCopy(localize(name, 'ja')),
  });
  changeContent(studio, { kind: 'calls', target: id }, ({ calls }) => ({
    calls: calls.flatMap((call) =>
      call.id === id ? [call, { ...call, id: `${id}-${number}`, name: copy(call.name) }] : [call],
    ),
  }));
}

/** Up (-1) or down (1) within its group. */
export function moveSavedCall(studio: Studio, id: string, by: -1 | 1): void {
  const { calls } = studio.store.getState().workspace;
  const at = calls.findIndex((call) => call.id === id);
  const moved = calls[at];
  if (moved === undefined) return;
  let to = at + by;
  while (calls[to] !== undefined && calls[to]?.group !== moved.group) to += by;
  const other = calls[to];
  if (other === undefined) return;
  changeContent(studio, { kind: 'calls', target: id }, () => ({
    calls: calls.map((call, index) => (index === at ? other : index === to ? moved : call)),
  }));
}

function changeCall(studio: Studio, id: string, change: (call: SavedCall) => SavedCall): void {
  changeContent(studio, { kind: 'calls', target: id }, ({ calls }) => ({
    calls: calls.map((call) => (call.id === id ? change(call) : call)),
  }));
}
