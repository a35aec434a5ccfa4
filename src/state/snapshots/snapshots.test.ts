import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inProcessClient } from '../../worker/inProcess.ts';
import { editText } from '../actions/editText.ts';
import { openEmpty, openWorkspace } from '../actions/openWorkspace.ts';
import { keepByName, restoreSnapshot } from '../actions/snapshots.ts';
import { redo, undo } from '../actions/undo.ts';
import { runLine } from '../console/runLine.ts';
import { keepEngineInStep } from '../engine/keepInStep.ts';
import type { Drawer } from '../persistence/drawer.ts';
import { readPreferences } from '../persistence/preferences.ts';
import { restoreWorkspace } from '../persistence/restoreWorkspace.ts';
import { memoryStorage, type StudioStorage } from '../persistence/storage.ts';
import { createStudio, EMPTY_WORKSPACE, type Studio } from '../studio.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { keepSnapshots, MINUTE_MS } from './keepSnapshots.ts';
import { loadSetAside, setAsideText } from './setAside.ts';
import { keepSnapshot, loadSnapshots, makeRoom, snapshotWorkspace } from './shelf.ts';
import { AUTOMATIC_LIMIT, type Snapshot, withSnapshot } from './snapshot.ts';

const cleanups: (() => void)[] = [];
beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  vi.useRealTimers();
});

const mine: Workspace = { ...EMPTY_WORKSPACE, name: 'mine', files: [{ name: 'a.yaml', text: 'one: 1\n' }] };
const theirs: Workspace = { ...EMPTY_WORKSPACE, name: 'theirs', files: [{ name: 'b.yaml', text: 'two: 2\n' }] };

function newStudio(storage: StudioStorage = memoryStorage()): Studio {
  const engine = inProcessClient();
  cleanups.push(() => engine.dispose());
  return createStudio({
    engine,
    storage,
    examples: { entries: [], load: async () => theirs },
    now: () => Date.now(),
    systemPrefersReducedMotion: () => false,
    ...readPreferences(undefined, { language: 'en', width: 1280 }),
  });
}

function working(storage?: StudioStorage): Studio {
  const studio = newStudio(storage);
  openWorkspace(studio, mine);
  cleanups.push(keepSnapshots(studio));
  return studio;
}

const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
const reasons = (studio: Studio): readonly string[] => studio.store.getState().snapshots.map(({ reason }) => reason);
const text = (studio: Studio): string | undefined => studio.store.getState().workspace.files[0]?.text;
const type = (studio: Studio, next: string): void => editText(studio, 'a.yaml', next);

describe('the list', () => {
  const snapshot = (id: string, reason: Snapshot['reason']): Snapshot => ({ id, at: 0, reason, mesh: 'm' });

  it('drops the oldest that nobody named, and never the last apply', () => {
    let list: readonly Snapshot[] = [snapshot('named', 'named'), snapshot('applied', 'applied')];
    for (let count = 0; count < AUTOMATIC_LIMIT + 5; count++) {
      list = withSnapshot(list, snapshot(`timed-${count}`, 'timed')).list;
    }
    expect(list.map(({ id }) => id)).toEqual([
      ...Array.from({ length: AUTOMATIC_LIMIT }, (_, at) => `timed-${AUTOMATIC_LIMIT + 4 - at}`),
      'named',
      'applied',
    ]);
    expect(AUTOMATIC_LIMIT).toBeGreaterThanOrEqual(30);
  });
});

describe('states are kept', () => {
  it('once a minute at most, and only where the content differs', async () => {
    const studio = working();
    await pass(0);
    expect(reasons(studio)).toEqual(['opened']);
    for (let second = 0; second < 180; second++) {
      type(studio, `one: ${second}\n`);
      await pass(1000);
    }
    expect(studio.store.getState().snapshots.length).toBeLessThanOrEqual(5);
    expect(studio.store.getState().snapshots.length).toBeGreaterThanOrEqual(4);
    await pass(2 * MINUTE_MS);
    const { length } = studio.store.getState().snapshots;
    studio.store.setState(({ workspace }) => ({ workspace: { ...workspace, positions: { outside: { x: 1, y: 1 } } } }));
    await pass(2 * MINUTE_MS);
    expect(studio.store.getState().snapshots).toHaveLength(length);
  });

  it('before another mesh takes the place, but nothing of a mesh that nobody touched', async () => {
    const studio = working();
    await pass(0);
    type(studio, 'one: 2\n');
    openWorkspace(studio, theirs);
    openEmpty(studio);
    openWorkspace(studio, mine);
    await pass(0);
    expect(studio.store.getState().snapshots.map(({ reason, mesh }) => [reason, mesh])).toEqual([
      ['opened', 'mine'],
      ['opened', 'theirs'],
      ['replaced', 'mine'],
      ['opened', 'mine'],
    ]);
  });

  it('after kubectl changed the mesh from the console', async () => {
    vi.useRealTimers();
    const studio = working();
    cleanups.push(keepEngineInStep(studio));
    await runLine(studio, 'kubectl create namespace shop');
    await vi.waitFor(() => expect(reasons(studio)[0]).toBe('applied'));
    const id = studio.store.getState().snapshots[0]?.id ?? '';
    expect((await snapshotWorkspace(studio, id))?.files).toEqual(studio.store.getState().workspace.files);
    await runLine(studio, 'kubectl get namespaces');
    expect(studio.store.getState().applied).toBe(1);
  });

  it('with what changed since the one before', async () => {
    const studio = working();
    await pass(0);
    type(studio, 'kind: Namespace\nmetadata:\n  name: shop\n');
    await keepByName(studio, 'before the rollout');
    expect(studio.store.getState().snapshots[0]).toMatchObject({
      label: 'before the rollout',
      reason: 'named',
      changes: { files: [{ file: 'a.yaml', documents: [{ name: 'Namespace shop' }, { kind: 'removed' }] }] },
    });
  });
});

describe('restoring', () => {
  it('is one step of the history, and the state that goes is kept', async () => {
    const studio = working();
    await keepByName(studio, 'good');
    type(studio, 'one: broken\n');
    const [good] = studio.store.getState().snapshots;
    await restoreSnapshot(studio, good?.id ?? '');
    expect(text(studio)).toBe('one: 1\n');
    expect(reasons(studio)[0]).toBe('replaced');
    undo(studio);
    expect(text(studio)).toBe('one: broken\n');
    redo(studio);
    expect(text(studio)).toBe('one: 1\n');
  });

  it('of another mesh opens that mesh, and undo leads back', async () => {
    const studio = working();
    await keepByName(studio, 'good');
    const [good] = studio.store.getState().snapshots;
    openWorkspace(studio, theirs);
    await restoreSnapshot(studio, good?.id ?? '');
    expect(studio.store.getState().workspace).toMatchObject({ name: 'mine', files: mine.files });
    undo(studio);
    expect(studio.store.getState().workspace).toEqual(theirs);
    undo(studio);
    expect(studio.store.getState().workspace).toEqual(mine);
  });

  it('brings keys back within the session; what is stored has none', async () => {
    const storage = memoryStorage();
    const studio = working(storage);
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n';
    type(studio, key);
    await keepByName(studio, 'with key');
    const id = studio.store.getState().snapshots[0]?.id ?? '';
    expect((await snapshotWorkspace(studio, id))?.files[0]?.text).toBe(key);
    const later = newStudio(storage);
    await loadSnapshots(later);
    expect((await snapshotWorkspace(later, id))?.files[0]?.text).toBe('REDACTED\n');
  });
});

describe('nothing is lost', () => {
  it('what cannot be read is set aside as it is', async () => {
    const workspace = { schema: 99, files: 'of tomorrow' };
    const storage = memoryStorage({ workspace });
    const studio = newStudio(storage);
    await restoreWorkspace(studio, 'any');
    await loadSetAside(studio);
    const [aside] = studio.store.getState().setAside;
    expect(aside?.why).toBe('from-the-future');
    expect(JSON.parse(await setAsideText(studio, aside?.id ?? ''))).toEqual(workspace);
  });

  it('what ended the last start is not shown again, but kept', async () => {
    const studio = newStudio({ ...memoryStorage({ workspace: mine }), lastStart: 'broken' });
    await restoreWorkspace(studio, 'any');
    expect(studio.store.getState().workspace).toBe(theirs);
    expect(studio.store.getState().notices.map(({ code }) => code)).toEqual(['last-start-broken']);
    const [kept] = studio.store.getState().snapshots;
    expect(kept?.reason).toBe('unshown');
    expect(await snapshotWorkspace(studio, kept?.id ?? '')).toEqual(mine);
  });

  it('a full disk takes the oldest automatic states, then says that it is full', async () => {
    const inner = memoryStorage();
    let room = 3;
    const drawer: Drawer = {
      read: inner.drawer.read,
      async change(key, edit) {
        const old = await inner.drawer.read(key);
        const next = edit(old);
        const grows = Array.isArray(next.value) && next.value.length > (Array.isArray(old) ? old.length : 0);
        if (grows && Array.isArray(next.value) && next.value.length > room) return 'full';
        return inner.drawer.change(key, () => next);
      },
    };
    const studio = newStudio({ ...inner, drawer });
    openWorkspace(studio, mine);
    await keepByName(studio, 'named');
    for (const number of [1, 2, 3, 4]) {
      type(studio, `one: ${number}0\n`);
      await keepSnapshot(studio, studio.store.getState().workspace, 'timed');
    }
    expect(reasons(studio)).toEqual(['timed', 'timed', 'named']);
    room = 0;
    while (await makeRoom(studio));
    expect(await keepByName(studio, 'one more')).toBe(false);
    expect(studio.store.getState().notices.at(-1)?.code).toBe('history-full');
    expect(studio.store.getState().snapshots.some(({ label }) => label === 'named')).toBe(true);
  });
});
