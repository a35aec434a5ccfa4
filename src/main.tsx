/** Puts the studio together: storage, engine in its worker, examples, language; then draws it. */
import { createRoot } from 'react-dom/client';
import { createI18n } from './i18n/i18n.ts';
import { preferredLanguage } from './i18n/language.ts';
import { changeSettings } from './state/actions/look.ts';
import { keepEngineInStep } from './state/engine/keepInStep.ts';
import { readPreferences } from './state/persistence/preferences.ts';
import { restoreWorkspace } from './state/persistence/restoreWorkspace.ts';
import { browserStorage } from './state/persistence/storage.ts';
import { playbackClock } from './state/playback/clock.ts';
import { isLink } from './state/share/isLink.ts';
import { createStudio, type Studio } from './state/studio.ts';
import { type ExampleCard, type ExampleManifest, exampleCatalogue } from './state/workspace/examples.ts';
import { App } from './ui/app/App.tsx';
import { StudioProvider } from './ui/shared/context.tsx';
import './ui/shared/tokens.css';
import './ui/shared/base.css';
import './ui/shared/verdict.css';
import { engineClient, workerLine } from './worker/client.ts';
import type { EngineClient } from './worker/protocol.ts';

const FIRST_EXAMPLE = 'online-boutique';
/** Longer than any start that ends well. */
const PATIENCE_MS = 20_000;

const examples = exampleCatalogue({
  cards: import.meta.glob<ExampleCard>('./scenarios/catalog/*/example.json', { import: 'default', eager: true }),
  manifests: import.meta.glob<ExampleManifest>('./scenarios/catalog/*/workspace.json', { import: 'default' }),
  texts: import.meta.glob<string>(['./scenarios/catalog/*/*.yaml', './scenarios/catalog/*/pems/*.pem'], {
    query: '?raw',
    import: 'default',
  }),
});

/** In a worker; or on this thread where no worker may be started (a sandboxed frame of opaque origin). */
async function startEngine(): Promise<EngineClient> {
  try {
    return engineClient(
      workerLine(new Worker(new URL('./worker/engineWorker.ts', import.meta.url), { type: 'module' })),
    );
  } catch {
    const { inProcessClient } = await import('./worker/inProcess.ts');
    return inProcessClient();
  }
}

async function start(root: HTMLElement): Promise<void> {
  const now = () => Date.now();
  const storage = browserStorage(now);
  const visitor = { language: preferredLanguage(navigator.languages), width: window.innerWidth };
  const preferences = readPreferences(storage.loadPreferences(), visitor);
  const studio = createStudio({
    engine: await startEngine(),
    storage,
    examples,
    now,
    systemPrefersReducedMotion: () => window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    ...preferences,
  });
  const clock = playbackClock(studio, {
    request: (callback) => requestAnimationFrame(callback),
    cancel: (id) => cancelAnimationFrame(id),
  });
  // Before anything is drawn: what loads while drawing (Monaco's own words) asks for it.
  document.documentElement.lang = preferences.settings.language;
  const [i18n, arrival] = await Promise.all([
    createI18n(preferences.settings.language),
    restoreWorkspace(studio, FIRST_EXAMPLE),
  ]);
  const { workspace: restored } = studio.store.getState();
  // Who has no work here is not asked whether a link may replace it.
  if (arrival === 'first' && isLink(location.hash)) await openLinkAtOnce(studio);
  keepEngineInStep(studio);
  void import('./state/persistence/autosave.ts').then(({ autosave }) => {
    const leaving = (save: () => void): (() => void) => {
      window.addEventListener('pagehide', save);
      return () => window.removeEventListener('pagehide', save);
    };
    autosave(studio, leaving, restored);
  });
  // Somebody who leaves at once has not waited in vain for a mesh that does not come.
  const startedAt = now();
  window.addEventListener('pagehide', () => {
    if (now() - startedAt < PATIENCE_MS) storage.startIsShown();
  });
  whenShown(studio, () => {
    storage.startIsShown();
    void import('./state/snapshots/keepSnapshots.ts').then(({ keepSnapshots }) => keepSnapshots(studio));
  });
  studio.store.subscribe(({ settings }, before) => {
    if (settings.language === before.settings.language) return;
    i18n.setLanguage(settings.language).catch(() => changeSettings(studio, { language: before.settings.language }));
  });

  createRoot(root).render(
    <StudioProvider services={{ studio, clock, i18n }}>
      <App />
    </StudioProvider>,
  );
}

/** What cannot be opened stays in the address, where the studio finds it and says why. */
async function openLinkAtOnce(studio: Studio): Promise<void> {
  const { openShared, readLink } = await import('./state/actions/share.ts');
  const link = await readLink(location.hash);
  if (link.kind !== 'work') return;
  history.replaceState(null, '', location.href.replace(/#.*$/, ''));
  void openShared(studio, link.work);
}

/** Once the mesh that was opened has been judged, or cannot be: the start is over. */
function whenShown({ store }: Studio, done: () => void): void {
  const stop = store.subscribe(({ engine }) => {
    if (engine.status !== 'ready' && engine.status !== 'failed') return;
    stop();
    done();
  });
}

const root = document.getElementById('root');
if (root !== null) void start(root);
