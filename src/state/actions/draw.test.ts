/** What somebody draws, through the engine: text, places and calls change together and come back together. */
import { afterEach, expect, it, vi } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import { inProcessClient } from '../../worker/inProcess.ts';
import { keepEngineInStep } from '../engine/keepInStep.ts';
import { contentOf } from '../history.ts';
import { readPreferences } from '../persistence/preferences.ts';
import { memoryStorage } from '../persistence/storage.ts';
import { createStudio, type Studio } from '../studio.ts';
import { EMPTY_DRAFT } from '../workspace/workspace.ts';
import { saveCall } from './changeCall.ts';
import { copyNodes, duplicateNodes, pasteYaml } from './copyPaste.ts';
import { draw, removeNodes } from './draw.ts';
import { callBetween, makeCall } from './makeCall.ts';
import { moveNodes } from './moveNodes.ts';
import { redo, undo } from './undo.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const nowhere = () => ({});

async function shop(): Promise<Studio> {
  const engine = inProcessClient();
  const studio = createStudio({
    engine,
    storage: memoryStorage(),
    examples: { cards: [], load: () => Promise.reject(new Error('no examples')) } as never,
    now: () => 0,
    systemPrefersReducedMotion: () => false,
    ...readPreferences(undefined, { language: 'en', width: 1280 }),
  });
  cleanups.push(keepEngineInStep(studio), () => engine.dispose());
  await draw(studio, { kind: 'add-namespace', name: 'shop', injection: true }, nowhere);
  await draw(studio, { kind: 'add-workload', namespace: 'shop', name: 'web', port: 8080 }, nowhere);
  await draw(studio, { kind: 'add-workload', namespace: 'shop', name: 'api', port: 9000 }, nowhere);
  await vi.waitFor(() => expect(studio.store.getState().engine.graph?.workloads).toHaveLength(2), { timeout: 10_000 });
  return studio;
}

const textOf = (studio: Studio): string =>
  studio.store
    .getState()
    .workspace.files.map(({ text }) => text)
    .join('');

it('a rename takes places, saved calls and the request along, and is undone as one', async () => {
  const studio = await shop();
  moveNodes(studio, { 'wl:shop/web': { x: 5, y: 6 } });
  studio.store.setState({ request: { draft: { ...EMPTY_DRAFT, from: 'shop/api', url: 'http://web/' } } });
  saveCall(studio, { en: 'a', ja: 'a' });
  const before = contentOf(studio.store.getState().workspace);

  const what = { kind: 'workload', id: 'shop/web' as WorkloadId } as const;
  expect(await draw(studio, { kind: 'rename', what, to: 'front' }, nowhere)).toBe('wl:shop/front');
  const { workspace, request, selection } = studio.store.getState();
  expect(workspace.positions).toEqual({ 'wl:shop/front': { x: 5, y: 6 } });
  expect(workspace.calls[0]?.url).toBe('http://front/');
  expect(request.draft.url).toBe('http://front/');
  expect(selection.nodes).toEqual(['wl:shop/front']);
  undo(studio);
  expect(contentOf(studio.store.getState().workspace)).toEqual(before);
});

it('each of many steps is undone and redone to the letter', async () => {
  const studio = await shop();
  const web = 'shop/web' as WorkloadId;
  const contents = [contentOf(studio.store.getState().workspace)];
  const steps = [
    { kind: 'allow-call', caller: web, target: 'shop/api' as WorkloadId },
    { kind: 'apply-policy', policy: { kind: 'PeerAuthentication', mode: 'STRICT' }, scope: { kind: 'mesh' } },
    { kind: 'rename', what: { kind: 'namespace', name: 'shop' }, to: 'market' },
    { kind: 'duplicate', what: [{ kind: 'namespace', name: 'market' }] },
    { kind: 'move', workloads: ['market/web' as WorkloadId], namespace: 'annex' },
    { kind: 'remove', what: [{ kind: 'namespace', name: 'market' }] },
  ] as const;
  for (const step of steps) {
    await draw(studio, step, nowhere);
    contents.push(contentOf(studio.store.getState().workspace));
  }
  for (const content of contents.slice(0, -1).reverse()) {
    undo(studio);
    expect(contentOf(studio.store.getState().workspace)).toEqual(content);
  }
  for (const content of contents.slice(1)) {
    redo(studio);
    expect(contentOf(studio.store.getState().workspace)).toEqual(content);
  }
});

it('what is refused says why and changes nothing', async () => {
  const studio = await shop();
  const before = studio.store.getState().workspace;
  const what = { kind: 'workload', id: 'shop/web' as WorkloadId } as const;
  expect(await draw(studio, { kind: 'rename', what, to: 'Not a name' }, nowhere)).toBeUndefined();
  expect(studio.store.getState().workspace).toBe(before);
  expect(studio.store.getState().notices).toMatchObject([{ tone: 'problem', code: 'draw-name-invalid' }]);
});

it('what a removal leaves behind is told', async () => {
  const studio = await shop();
  const caller = 'shop/web' as WorkloadId;
  await draw(studio, { kind: 'allow-call', caller, target: 'shop/api' as WorkloadId }, nowhere);
  await removeNodes(studio, ['wl:shop/web'], {});
  expect(studio.store.getState().notices).toMatchObject([
    {
      code: 'draw-dangling-reference',
      params: { value: 'cluster.local/ns/shop/sa/web', where: 'AuthorizationPolicy shop/api-allow-web', count: 1 },
    },
  ]);
});

it('pasted text that means a resource and cannot be read becomes a file, other text is refused', async () => {
  const studio = await shop();
  const chart = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: {{ .Values.name }}}\n';
  expect(await pasteYaml(studio, chart, undefined, nowhere)).toBeUndefined();
  expect(studio.store.getState().workspace.files).toContainEqual({ name: 'pasted.yaml', text: chart });
  expect(studio.store.getState().layout).toMatchObject({ rightTab: 'yaml', file: 'pasted.yaml' });
  const files = studio.store.getState().workspace.files.length;
  await pasteYaml(studio, 'Dear all,\nplease find', undefined, nowhere);
  expect(studio.store.getState().workspace.files).toHaveLength(files);
  expect(studio.store.getState().notices).toContainEqual(expect.objectContaining({ code: 'draw-nothing-to-paste' }));
});

it('nodes are copied as they are written, pasted and duplicated under free names', async () => {
  const studio = await shop();
  const copied = await copyNodes(studio, ['wl:shop/web']);
  expect(textOf(studio)).toContain(copied);
  expect(await pasteYaml(studio, copied, undefined, nowhere)).toBe('wl:shop/web-2');
  expect(await pasteYaml(studio, copied, 'annex', nowhere)).toBe('wl:annex/web');
  expect(await duplicateNodes(studio, ['wl:shop/api'], nowhere)).toBe('wl:shop/api-2');
  const told: unknown[] = [];
  await duplicateNodes(studio, ['wl:shop/api', 'wl:shop/web'], (_, copies) => {
    told.push(...copies);
    return {};
  });
  expect(told).toEqual([
    { from: 'wl:shop/web', to: 'wl:shop/web-3' },
    { from: 'wl:shop/api', to: 'wl:shop/api-3' },
  ]);
});

it('two nodes are a call', async () => {
  const studio = await shop();
  expect(makeCall(studio, 'wl:shop/web', 'wl:shop/api')).toBe(true);
  expect(studio.store.getState().request.draft).toMatchObject({
    from: 'shop/web',
    url: 'http://api.shop.svc.cluster.local/',
  });
  const { graph } = studio.store.getState().engine;
  if (graph === undefined) throw new Error('no graph');
  expect(callBetween(graph, 'outside', 'svc:shop/api')).toMatchObject({ from: 'outside', protocol: 'http' });
  expect(callBetween(graph, 'wl:shop/web', 'wl:shop/web')).toBeUndefined();
  expect(callBetween(graph, 'ns:shop', 'wl:shop/web')).toBeUndefined();
});
