/** Command lines as an article writes them, pasted into FooCorp: files, variables and all. */
import { describe, expect, it } from 'vitest';
import { inProcessClient } from '../../worker/inProcess.ts';
import { openExample } from '../actions/openWorkspace.ts';
import { sendCall } from '../actions/sendCall.ts';
import { keepEngineInStep } from '../engine/keepInStep.ts';
import { readPreferences } from '../persistence/preferences.ts';
import { memoryStorage } from '../persistence/storage.ts';
import { createStudio, type Studio } from '../studio.ts';
import { type ExampleCard, type ExampleManifest, exampleCatalogue } from '../workspace/examples.ts';
import { formatCurl } from './formatCurl.ts';
import { writingIn } from './surroundings.ts';
import { takeCurl } from './takeCurl.ts';

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
  await new Promise<void>((resolve) => {
    const stop = studio.store.subscribe(({ engine }) => {
      if (engine.status !== 'ready') return;
      stop();
      resolve();
    });
  });
  return studio;
}

const command = (host: string, client = host): string => `$ curl -HHost:${host}.foocorp.com \\
--resolve ${host}.foocorp.com:$SECURE_INGRESS_PORT:$INGRESS_HOST \\
--cacert ${host}.foocorp.com/2_intermediate/certs/ca-chain.cert.pem \\
--cert ${client}.foocorp.com/4_client/certs/${client}.foocorp.com.cert.pem \\
--key ${client}.foocorp.com/4_client/private/${client}.foocorp.com.key.pem \\
https://${host}.foocorp.com:$SECURE_INGRESS_PORT/
`;

describe('a pasted command', () => {
  it('is understood whole, and given back as one that works in a terminal', async () => {
    const studio = await foocorp();
    takeCurl(studio, command('inventory'));
    const { request, notices, workspace, engine } = studio.store.getState();
    expect(notices).toEqual([]);
    expect(request.draft).toMatchObject({
      url: 'https://inventory.foocorp.com:443/',
      connectTo: 'istio-system/istio-ingressgateway',
      cacert: ['inventory-intermediate', 'inventory-root'],
      cert: 'inventory-client',
    });
    expect(formatCurl(request.draft, writingIn(workspace.world, engine.graph))).toBe(
      "curl -H 'Host: inventory.foocorp.com'" +
        ' --cacert inventory.foocorp.com/2_intermediate/certs/ca-chain.cert.pem' +
        ' --cert inventory.foocorp.com/4_client/certs/inventory.foocorp.com.cert.pem' +
        ' --key inventory.foocorp.com/4_client/private/inventory.foocorp.com.key.pem' +
        ' --resolve inventory.foocorp.com:443:203.0.113.11 https://inventory.foocorp.com:443/',
    );
  });

  it.each([
    ['inventory', 'inventory', 0],
    ['frontend', 'frontend', 0],
    ['inventory', 'frontend', 56],
  ])('%s with the certificate of %s ends with %d', async (host, client, exit) => {
    const studio = await foocorp();
    takeCurl(studio, command(host, client));
    await sendCall(studio, { play: false });
    const { run } = studio.store.getState();
    expect(run.status === 'done' && run.answer.trace.outcome).toMatchObject({ curlExit: exit });
  });

  it('names a certificate that is not here, and says so when it is sent', async () => {
    const studio = await foocorp();
    takeCurl(studio, 'curl --cacert ca.pem -L https://frontend.foocorp.com/');
    expect(studio.store.getState().notices[0]).toMatchObject({ code: 'curl-ignored', params: { options: '-L' } });
    await sendCall(studio, { play: false });
    expect(studio.store.getState().request.problem).toEqual({ kind: 'unknown-certificate', name: 'ca' });
  });
});
