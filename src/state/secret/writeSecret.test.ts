/** FooCorp without its Secrets, and an article's command that brings one back. */
import { describe, expect, it, vi } from 'vitest';
import { inProcessClient } from '../../worker/inProcess.ts';
import { openExample } from '../actions/openWorkspace.ts';
import { undo } from '../actions/undo.ts';
import { keepEngineInStep } from '../engine/keepInStep.ts';
import { readPreferences } from '../persistence/preferences.ts';
import { memoryStorage } from '../persistence/storage.ts';
import { createStudio, type Studio } from '../studio.ts';
import { type ExampleCard, type ExampleManifest, exampleCatalogue } from '../workspace/examples.ts';
import { parseKubectlSecret } from './kubectlSecret.ts';
import { readPemFile, writeSecret } from './writeSecret.ts';

const examples = exampleCatalogue({
  cards: import.meta.glob<ExampleCard>('../../scenarios/catalog/*/example.json', { import: 'default', eager: true }),
  manifests: import.meta.glob<ExampleManifest>('../../scenarios/catalog/*/workspace.json', { import: 'default' }),
  texts: import.meta.glob<string>(
    ['../../scenarios/catalog/foocorp/*.yaml', '../../scenarios/catalog/foocorp/pems/*.pem'],
    {
      query: '?raw',
      import: 'default',
    },
  ),
});

async function foocorp(): Promise<Studio> {
  const studio = createStudio({
    engine: inProcessClient(),
    storage: memoryStorage(),
    examples,
    now: () => 0,
    systemPrefersReducedMotion: () => true,
    ...readPreferences(undefined, { language: 'en', width: 1280 }),
  });
  await openExample(studio, 'foocorp');
  keepEngineInStep(studio);
  await vi.waitFor(() => expect(studio.store.getState().sds.holds).not.toEqual([]));
  return studio;
}

const command = (name: string): string => `kubectl create -n istio-system secret generic ${name} \\
--from-file=key=frontend.foocorp.com/3_application/private/frontend.foocorp.com.key.pem \\
--from-file=cert=frontend.foocorp.com/3_application/certs/frontend.foocorp.com.cert.pem \\
--from-file=cacert=frontend.foocorp.com/2_intermediate/certs/ca-chain.cert.pem`;

const draftOf = (studio: Studio, name: string) => {
  const draft = parseKubectlSecret(command(name), (path) => readPemFile(studio.store.getState(), path));
  if (draft === undefined) throw new Error('not understood');
  return draft;
};
const textOf = (studio: Studio) =>
  studio.store.getState().workspace.files.find(({ name }) => name === 'credentials.yaml')?.text ?? '';

describe('a Secret from a command', () => {
  it('finds its files, goes behind the other Secrets, and is one step to undo', async () => {
    const studio = await foocorp();
    const before = textOf(studio);
    const draft = draftOf(studio, 'another-credential');
    expect(draft.entries.map(({ value }) => value.includes('-----BEGIN'))).toEqual([true, true, true]);
    writeSecret(studio, draft);
    expect(textOf(studio).startsWith(`${before}---\napiVersion: v1\nkind: Secret\n`)).toBe(true);
    undo(studio);
    expect(textOf(studio)).toBe(before);
  });

  it('takes the place of the Secret of its name, and nothing else changes', async () => {
    const studio = await foocorp();
    const before = textOf(studio);
    writeSecret(studio, draftOf(studio, 'inventory-credential'));
    const after = textOf(studio);
    expect(after.split('\n---\n')[0]).toBe(before.split('\n---\n')[0]);
    expect(after.match(/^kind: Secret$/gm)).toHaveLength(2);
    await vi.waitFor(() =>
      expect(studio.store.getState().sds.events[0]?.push).toMatchObject({
        kind: 'replaced',
        name: expect.stringContaining('kubernetes://inventory-credential') as unknown as string,
      }),
    );
  });
});
