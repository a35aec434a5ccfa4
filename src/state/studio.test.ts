import { afterEach, describe, expect, it, vi } from 'vitest';
import { inProcessClient } from '../worker/inProcess.ts';
import { chooseSavedCall, pasteCurl, removeSavedCall, saveCall } from './actions/changeCall.ts';
import { editText } from './actions/editText.ts';
import { addFile, importFiles, removeFile, renameFile } from './actions/files.ts';
import { changeSettings } from './actions/look.ts';
import { setMeshClock } from './actions/meshClock.ts';
import { moveNodes } from './actions/moveNodes.ts';
import { openExample } from './actions/openWorkspace.ts';
import { seekEnd, stepBy, togglePlaying } from './actions/playback.ts';
import { sendCall } from './actions/sendCall.ts';
import { redo, undo } from './actions/undo.ts';
import { keepEngineInStep } from './engine/keepInStep.ts';
import { autosave } from './persistence/autosave.ts';
import { readPreferences } from './persistence/preferences.ts';
import { restoreWorkspace } from './persistence/restoreWorkspace.ts';
import { memoryStorage, type StudioStorage } from './persistence/storage.ts';
import { playbackClock } from './playback/clock.ts';
import { createStudio, type Studio } from './studio.ts';
import { type ExampleCard, type ExampleManifest, exampleCatalogue } from './workspace/examples.ts';
import { readWorkspace } from './workspace/migrations.ts';

const examples = exampleCatalogue({
  cards: import.meta.glob<ExampleCard>('../scenarios/catalog/*/example.json', { import: 'default', eager: true }),
  manifests: import.meta.glob<ExampleManifest>('../scenarios/catalog/*/workspace.json', { import: 'default' }),
  texts: import.meta.glob<string>(['../scenarios/catalog/*/*.yaml', '../scenarios/catalog/*/pems/*.pem'], {
    query: '?raw',
    import: 'default',
  }),
});

let time = 0;
const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function newStudio(storage: StudioStorage = memoryStorage()): Studio {
  const engine = inProcessClient();
  cleanups.push(() => engine.dispose());
  return createStudio({
    engine,
    storage,
    examples,
    now: () => time,
    systemPrefersReducedMotion: () => false,
    ...readPreferences(undefined, { language: 'en', width: 1280 }),
  });
}

async function boutique(): Promise<Studio> {
  const studio = newStudio();
  await openExample(studio, 'online-boutique');
  cleanups.push(keepEngineInStep(studio));
  await answered(studio);
  return studio;
}

const answered = (studio: Studio): Promise<void> =>
  vi.waitFor(
    () => {
      const { engine } = studio.store.getState();
      expect(engine.status).toBe('ready');
      expect(engine.answered).toBe(engine.revision);
    },
    { timeout: 20_000 },
  );

const disposition = (studio: Studio): string => {
  const { run } = studio.store.getState();
  return run.status === 'done' ? run.answer.trace.disposition.kind : run.status;
};

const strict = (studio: Studio): void => {
  const file = studio.store.getState().workspace.files.find(({ name }) => name === 'security.yaml');
  editText(studio, 'security.yaml', (file?.text ?? '').replace('mode: PERMISSIVE', 'mode: STRICT'));
};

describe('a call', () => {
  it('is sent, played, and judged again when the text changes', async () => {
    const studio = await boutique();
    chooseSavedCall(studio, 'browser-external');
    await sendCall(studio, { play: true });
    expect(disposition(studio)).toBe('served');
    expect(studio.store.getState().playback).toMatchObject({ at: 0, playing: true });

    strict(studio);
    await answered(studio);
    await vi.waitFor(() => expect(disposition(studio)).toBe('refused'));
    await vi.waitFor(() =>
      expect(studio.store.getState().verdicts['browser-external']?.answer?.trace.disposition.kind).toBe('refused'),
    );
    expect(studio.store.getState().verdicts['browser-gateway']?.answer?.trace.disposition.kind).toBe('served');
  });

  it('with nothing to send says so at the field', async () => {
    const studio = newStudio();
    await sendCall(studio, { play: true });
    expect(studio.store.getState().request.problem).toEqual({ kind: 'no-url' });
    expect(studio.store.getState().run.status).toBe('none');
  });

  it('asked for with reduced motion shows its end at once', async () => {
    const studio = await boutique();
    changeSettings(studio, { motion: 'reduced' });
    await sendCall(studio, { play: true });
    const { run, playback } = studio.store.getState();
    expect(playback).toMatchObject({ playing: false, at: run.status === 'done' ? run.moments.length - 1 : -1 });
  });

  it('is saved, removed and brought back by undo', async () => {
    const studio = await boutique();
    const count = studio.store.getState().workspace.calls.length;
    expect(pasteCurl(studio, 'curl -k https://frontend.demo/')).toBe(true);
    await vi.waitFor(() => expect(studio.store.getState().request.draft.insecure).toBe(true));
    saveCall(studio, 'mine');
    const saved = studio.store.getState().workspace.calls.at(-1);
    expect(saved).toMatchObject({ name: 'mine', url: 'https://frontend.demo/', insecure: true });
    removeSavedCall(studio, saved?.id ?? '');
    expect(studio.store.getState().workspace.calls).toHaveLength(count);
    undo(studio);
    expect(studio.store.getState().workspace.calls.at(-1)).toEqual(saved);
  });
});

describe('the history', () => {
  it('is one over text and positions; typing that follows closely is one entry', async () => {
    const studio = newStudio();
    await openExample(studio, 'foocorp');
    const [file] = studio.store.getState().workspace.files;
    const original = file?.text;
    const name = file?.name ?? '';
    const text = () => studio.store.getState().workspace.files[0]?.text;
    time = 1000;
    editText(studio, name, 'a');
    time = 1200;
    editText(studio, name, 'ab');
    time = 5000;
    editText(studio, name, 'abc');
    moveNodes(studio, { outside: { x: 4, y: 8 } });
    undo(studio);
    expect(studio.store.getState().workspace.positions.outside).not.toEqual({ x: 4, y: 8 });
    expect(text()).toBe('abc');
    undo(studio);
    expect(text()).toBe('ab');
    undo(studio);
    expect(text()).toBe(original);
    undo(studio);
    redo(studio);
    redo(studio);
    expect(text()).toBe('abc');
    expect(studio.store.getState().layout.file).toBe(name);
  });
});

describe('the mesh clock', () => {
  it('moves, is undone and redone, and is kept with the workspace', async () => {
    const studio = await boutique();
    const now = (): string => studio.store.getState().workspace.world.now;
    const start = now();
    setMeshClock(studio, Date.parse(start) + 86_400_000);
    expect(Date.parse(now()) - Date.parse(start)).toBe(86_400_000);
    undo(studio);
    expect(now()).toBe(start);
    redo(studio);
    expect(Date.parse(now()) - Date.parse(start)).toBe(86_400_000);
  });

  it('survives a reload: what is stored and read again shows the same time', async () => {
    const studio = await boutique();
    for (const time of [Date.UTC(1950, 0, 1), Date.UTC(2027, 2, 28, 1, 30), Date.UTC(9999, 11, 30)]) {
      setMeshClock(studio, time);
      const stored: unknown = JSON.parse(JSON.stringify(studio.store.getState().workspace));
      const again = readWorkspace(stored);
      expect(again.ok && Date.parse(again.value.world.now)).toBe(time);
    }
  });

  it('goes nowhere with a time that is none', async () => {
    const studio = await boutique();
    const before = studio.store.getState();
    const none = [Number.NaN, Number.POSITIVE_INFINITY, 1e18, -1e18, Date.UTC(1949, 11, 31), Date.UTC(10_000, 0, 1)];
    for (const time of none) setMeshClock(studio, time);
    expect(studio.store.getState().workspace).toBe(before.workspace);
  });
});

describe('files', () => {
  it('are added under free names, renamed to free names only, and the last one stays', () => {
    const studio = newStudio();
    const names = () => studio.store.getState().workspace.files.map(({ name }) => name);
    addFile(studio);
    addFile(studio);
    expect(names()).toEqual(['mesh.yaml', 'untitled.yaml', 'untitled-2.yaml']);
    expect(renameFile(studio, 'untitled.yaml', 'mesh.yaml')).toBe(false);
    expect(renameFile(studio, 'untitled.yaml', 'policies.yaml')).toBe(true);
    importFiles(studio, [
      { name: 'policies.yaml', text: 'kind: X' },
      { name: 'policies.yaml', text: 'kind: Y' },
    ]);
    // Empty files were place holders.
    expect(names()).toEqual(['policies.yaml', 'policies-2.yaml']);
    removeFile(studio, 'policies-2.yaml');
    removeFile(studio, 'policies.yaml');
    expect(names()).toEqual(['policies.yaml']);
  });
});

describe('playback', () => {
  it('moves through every moment at its own pace, and stops at the end', async () => {
    const studio = await boutique();
    const frames: ((at: number) => void)[] = [];
    const clock = playbackClock(studio, { request: (callback) => frames.push(callback), cancel: () => undefined });
    cleanups.push(() => clock.dispose());
    await sendCall(studio, { play: true });
    const seen: number[] = [];
    for (let at = 0; frames.length > 0 && at < 60_000; at += 16) {
      const { at: moment, progress } = clock.position();
      seen.push(moment + progress);
      for (const frame of frames.splice(0)) frame(at);
    }
    expect(seen.every((position, index) => position >= (seen[index - 1] ?? 0))).toBe(true);
    const { playback, run } = studio.store.getState();
    const last = run.status === 'done' ? run.moments.length - 1 : -1;
    expect(playback).toMatchObject({ playing: false, at: last });
    expect(clock.position()).toEqual({ at: last, progress: 1 });
    togglePlaying(studio);
    expect(studio.store.getState().playback).toMatchObject({ playing: true, at: 0 });
  });

  it('steps over the passages between hops', async () => {
    const studio = await boutique();
    await sendCall(studio, { play: false });
    seekEnd(studio);
    const moments = () => {
      const { run } = studio.store.getState();
      return run.status === 'done' ? run.moments : [];
    };
    for (let count = 0; count < 5; count++) {
      stepBy(studio, -1);
      expect(moments()[studio.store.getState().playback.at]?.kind).toBe('step');
    }
  });
});

describe('what is remembered', () => {
  const atOnce = () => () => undefined;

  it('is the whole workspace, example keys included, private ones not', async () => {
    const storage = memoryStorage();
    const studio = newStudio(storage);
    await restoreWorkspace(studio, 'foocorp');
    cleanups.push(autosave(studio, atOnce));
    importFiles(studio, [{ name: 'mine.yaml', text: '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n' }]);
    await vi.waitFor(() => expect(studio.store.getState().saving).toBe('saved'), { timeout: 5000 });
    expect(studio.store.getState().notices.map(({ code }) => code)).toContain('secrets-not-stored');

    const again = newStudio(storage);
    await restoreWorkspace(again, 'online-boutique');
    const { workspace } = again.store.getState();
    expect(workspace.files.at(-1)).toEqual({ name: 'mine.yaml', text: 'REDACTED\n' });
    expect(workspace.files.slice(0, -1)).toEqual(studio.store.getState().workspace.files.slice(0, -1));
    expect(workspace.world.pems).toEqual(studio.store.getState().workspace.world.pems);
  });

  it('is also what was opened before saving began, as a link does', async () => {
    const storage = memoryStorage();
    const studio = newStudio(storage);
    await restoreWorkspace(studio, 'foocorp');
    const { workspace } = studio.store.getState();
    await openExample(studio, 'custom-ca');
    cleanups.push(autosave(studio, atOnce, workspace));
    await vi.waitFor(() => expect(studio.store.getState().saving).toBe('saved'), { timeout: 5000 });
    const again = newStudio(storage);
    await restoreWorkspace(again, 'foocorp');
    expect(again.store.getState().workspace.example).toBe('custom-ca');
  });

  it.each([
    ['what no studio wrote', { hello: 1 }, 'storage-unreadable'],
    ['what a newer studio wrote', { schema: 99 }, 'storage-from-the-future'],
  ])('%s is left alone, and the example opens', async (_, workspace, code) => {
    const studio = newStudio(memoryStorage({ workspace }));
    await restoreWorkspace(studio, 'online-boutique');
    expect(studio.store.getState().workspace.example).toBe('online-boutique');
    expect(studio.store.getState().notices[0]?.code).toBe(code);
  });

  it('strange preferences fall back one by one', () => {
    const { settings, layout } = readPreferences(
      {
        settings: { theme: 'dark', language: 'xx' },
        layout: { right: 'yes', rightTab: 'inspector', sizes: { a: { b: 1 }, c: 'd' } },
      },
      { language: 'ja', width: 1920 },
    );
    expect(settings).toEqual({ theme: 'dark', language: 'ja', motion: 'system', wordWrap: false });
    expect(layout).toMatchObject({ right: true, explorer: true, rightTab: 'inspector', sizes: { a: { b: 1 } } });
  });
});

it('an example that cannot be loaded leaves the work alone and says so', async () => {
  const studio = newStudio();
  await openExample(studio, 'foocorp');
  const { workspace } = studio.store.getState();
  expect(await openExample(studio, 'no-such-example')).toBe(false);
  expect(studio.store.getState().workspace).toBe(workspace);
  expect(studio.store.getState().notices.at(-1)?.code).toBe('example-not-loaded');
});
