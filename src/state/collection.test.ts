/** The collection of saved calls: expectations, their place in the history, runs and their cancelling. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inProcessClient } from '../worker/inProcess.ts';
import {
  duplicateSavedCall,
  expectOutcome,
  expectWhatHappens,
  groupSavedCall,
  moveSavedCall,
  overwriteSavedCall,
  renameSavedCall,
} from './actions/collection.ts';
import { editText } from './actions/editText.ts';
import { openWorkspace } from './actions/openWorkspace.ts';
import { openWorkspaceFile } from './actions/openWorkspaceFile.ts';
import { redo, undo } from './actions/undo.ts';
import { workspaceFileText } from './actions/workspaceFile.ts';
import { tallyOf } from './calls/tally.ts';
import { cancelRun, runCollection } from './engine/judgeCalls.ts';
import { keepEngineInStep } from './engine/keepInStep.ts';
import { readPreferences } from './persistence/preferences.ts';
import { memoryStorage } from './persistence/storage.ts';
import { createStudio, EMPTY_WORKSPACE, type Studio } from './studio.ts';
import { readWorkspace } from './workspace/migrations.ts';
import { EMPTY_DRAFT, type SavedCall } from './workspace/workspace.ts';

const MESH = `apiVersion: v1
kind: Namespace
metadata: {name: demo, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: demo}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: demo}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}]
`;
const CALLER = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: caller, namespace: demo}
spec:
  selector: {matchLabels: {app: caller}}
  template:
    metadata: {labels: {app: caller}}
    spec: {containers: [{name: app, image: app}]}
`;
const STRICT = `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: demo}
spec: {mtls: {mode: STRICT}}
`;
const call = (id: string, container: SavedCall['container'], url = 'http://web/'): SavedCall => ({
  ...EMPTY_DRAFT,
  id,
  name: id,
  from: 'demo/caller',
  container,
  url,
});

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function studioWith(...calls: SavedCall[]): Promise<Studio> {
  const engine = inProcessClient();
  const studio = createStudio({
    engine,
    storage: memoryStorage(),
    examples: { entries: [], load: async () => undefined },
    now: () => 0,
    systemPrefersReducedMotion: () => false,
    ...readPreferences(undefined, { language: 'en', width: 1280 }),
  });
  openWorkspace(studio, { ...EMPTY_WORKSPACE, files: [{ name: 'mesh.yaml', text: MESH + CALLER }], calls });
  cleanups.push(keepEngineInStep(studio), () => engine.dispose());
  await judged(studio);
  return studio;
}

/** The engine has answered for the newest text, and every call has been asked about. */
const judged = (studio: Studio): Promise<void> =>
  vi.waitFor(
    () => {
      const { engine, workspace, verdicts, collection } = studio.store.getState();
      expect(engine.answered).toBe(engine.revision);
      expect(collection.status).toBe('idle');
      expect(workspace.calls.every(({ id }) => verdicts[id]?.revision === engine.revision)).toBe(true);
    },
    { timeout: 10_000 },
  );

const names = (studio: Studio): string[] => studio.store.getState().workspace.calls.map(({ id }) => id);
const callOf = (studio: Studio, id: string): SavedCall | undefined =>
  studio.store.getState().workspace.calls.find((candidate) => candidate.id === id);

describe('expectations', () => {
  it('taken from what happens now hold, until an edit breaks one', async () => {
    const studio = await studioWith(call('app', 'app'), call('proxy', 'istio-proxy'));
    expectWhatHappens(studio);
    await judged(studio);
    expect(tallyOf(studio.store.getState())).toMatchObject({ 'as-expected': 2, differs: 0, open: 0 });

    editText(studio, 'mesh.yaml', MESH + CALLER + STRICT);
    await judged(studio);
    expect(tallyOf(studio.store.getState())).toMatchObject({ 'as-expected': 1, differs: 1 });
    undo(studio);
    await judged(studio);
    expect(tallyOf(studio.store.getState())).toMatchObject({ 'as-expected': 2, differs: 0 });
  });

  it('name the policy that refuses', async () => {
    const studio = await studioWith(call('proxy', 'istio-proxy'));
    editText(studio, 'mesh.yaml', MESH + CALLER + STRICT);
    await judged(studio);
    expectWhatHappens(studio, 'proxy');
    expect(callOf(studio, 'proxy')?.expect).toEqual({
      kind: 'refused',
      curlExit: 56,
      by: 'security.istio.io/PeerAuthentication/demo/default',
    });
  });

  it('of a call that cannot be sent cannot be told', async () => {
    const studio = await studioWith({ ...call('broken', 'app', ''), expect: { kind: 'served' } });
    expect(tallyOf(studio.store.getState())).toMatchObject({ 'cannot-tell': 1 });
  });

  it('are part of the history and of what is stored', async () => {
    const studio = await studioWith(call('app', 'app'));
    expectOutcome(studio, 'app', { kind: 'refused', status: 403 });
    const stored: unknown = JSON.parse(JSON.stringify(studio.store.getState().workspace));
    expect(readWorkspace(stored)).toMatchObject({ ok: true, value: { calls: [{ expect: { status: 403 } }] } });
    undo(studio);
    expect(callOf(studio, 'app')?.expect).toBeUndefined();
    redo(studio);
    expect(callOf(studio, 'app')?.expect).toEqual({ kind: 'refused', status: 403 });
  });

  it('that are no expectations are not read', () => {
    const stored = { ...EMPTY_WORKSPACE, calls: [{ ...call('app', 'app'), expect: { kind: 'perhaps' } }] };
    expect(readWorkspace(JSON.parse(JSON.stringify(stored))).ok).toBe(false);
  });
});

describe('the list', () => {
  it('is moved within groups, renamed, copied and overwritten, each undone by one step', async () => {
    const studio = await studioWith(call('a', 'app'), call('b', 'app'), call('c', 'app'));
    groupSavedCall(studio, 'b', 'nightly');
    moveSavedCall(studio, 'c', -1);
    // b is of another group: c passes over it.
    expect(names(studio)).toEqual(['c', 'b', 'a']);
    moveSavedCall(studio, 'c', -1);
    expect(names(studio)).toEqual(['c', 'b', 'a']);
    undo(studio);
    expect(names(studio)).toEqual(['a', 'b', 'c']);

    duplicateSavedCall(studio, 'a', (name) => `${name}, copy`);
    duplicateSavedCall(studio, 'a', (name) => `${name}, copy`);
    expect(names(studio)).toEqual(['a', 'a-3', 'a-2', 'b', 'c']);
    expect(callOf(studio, 'a-2')?.name).toEqual({ en: 'a, copy', ja: 'a, copy' });

    renameSavedCall(studio, 'a', '  ');
    renameSavedCall(studio, 'b', ' second ');
    expect(callOf(studio, 'b')).toMatchObject({ name: 'second', group: 'nightly' });

    studio.store.setState({ request: { draft: { ...EMPTY_DRAFT, url: 'http://else/' } } });
    overwriteSavedCall(studio, 'b');
    expect(callOf(studio, 'b')).toMatchObject({ id: 'b', name: 'second', group: 'nightly', url: 'http://else/' });
  });
});

describe('a workspace as one file', () => {
  it('brings texts and calls with their expectations back', async () => {
    const studio = await studioWith(call('app', 'app'));
    expectOutcome(studio, 'app', { kind: 'refused', status: 403 });
    const text = await workspaceFileText(studio);
    openWorkspace(studio, EMPTY_WORKSPACE);
    expect(openWorkspaceFile(studio, 'kind: Namespace')).toBe(false);
    expect(openWorkspaceFile(studio, '{"kind": "List"}')).toBe(false);
    expect(openWorkspaceFile(studio, '{"schema": 99}')).toBe(true);
    expect(studio.store.getState().notices.at(-1)?.code).toBe('file-from-the-future');
    expect(openWorkspaceFile(studio, text)).toBe(true);
    expect(callOf(studio, 'app')?.expect).toEqual({ kind: 'refused', status: 403 });
    expect(studio.store.getState().workspace.files[0]?.text).toBe(MESH + CALLER);
  });
});

describe('running all', () => {
  it('tells how far it is, and stops when told to', async () => {
    const many = Array.from({ length: 40 }, (_, at) => call(`call-${at}`, 'app'));
    const studio = await studioWith(...many);
    studio.store.setState({ verdicts: {} });
    const progress: number[] = [];
    const stop = studio.store.subscribe(({ collection }) => {
      if (collection.status !== 'running') return;
      progress.push(collection.done);
      if (collection.done === 10) cancelRun(studio);
    });
    await runCollection(studio);
    stop();
    expect(progress.at(-1)).toBe(10);
    expect(studio.store.getState().collection).toEqual({ status: 'idle' });
    expect(Object.keys(studio.store.getState().verdicts)).toHaveLength(10);
  });
});
