/** Panels side by side: every border can be dragged, every panel closed, all of it remembered. */
import { Group, type Layout, Panel, Separator } from 'react-resizable-panels';
import { rememberSizes } from '../../state/actions/look.ts';
import type { StudioState } from '../../state/studioState.ts';
import { RequestBar } from '../request/RequestBar.tsx';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { BottomPanel } from '../timeline/BottomPanel.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Explorer } from './LazyExplorer.tsx';
import { MainView } from './MainView.tsx';
import { RightPanel } from './RightPanel.tsx';

const explorerOpen = ({ layout }: StudioState) => layout.explorer;
const rightOpen = ({ layout }: StudioState) => layout.right;
const bottomOpen = ({ layout }: StudioState) => layout.bottom;
const isMesh = ({ layout }: StudioState) => layout.view === 'mesh';
const sizesOf = ({ layout }: StudioState) => layout.sizes;

export function Panels() {
  const studio = useStudio();
  const { t } = useTranslator();
  const explorer = useStudioState(explorerOpen);
  const right = useStudioState(rightOpen);
  // A call, its verdict and its timeline belong to the mesh.
  const mesh = useStudioState(isMesh);
  const bottom = useStudioState(bottomOpen) && mesh;
  const sizes = useStudioState(sizesOf);
  const columns = `columns-${explorer ? 'e' : ''}${right ? 'r' : ''}`;
  const rows = bottom ? 'rows-b' : 'rows';
  const remember = (group: string) => (layout: Layout, meta: { isUserInteraction: boolean }) => {
    if (meta.isUserInteraction) rememberSizes(studio, group, layout);
  };

  return (
    <main className="panels">
      <Group key={rows} id={rows} orientation="vertical" {...startLayout(sizes[rows])} onLayoutChanged={remember(rows)}>
        <Panel id="work" minSize={200} className="work">
          <Group
            key={columns}
            id={columns}
            orientation="horizontal"
            className="work-columns"
            {...startLayout(sizes[columns])}
            onLayoutChanged={remember(columns)}
          >
            {explorer && (
              <>
                <Panel
                  id="explorer"
                  defaultSize={232}
                  minSize={180}
                  maxSize={420}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  <ErrorBoundary>
                    <Explorer />
                  </ErrorBoundary>
                </Panel>
                <Separator
                  className="separator"
                  aria-label={t('app.panel.resize', { panel: t('app.panel.explorer') })}
                />
              </>
            )}
            <Panel id="canvas" minSize={320}>
              <ErrorBoundary>
                <MainView />
              </ErrorBoundary>
            </Panel>
            {right && (
              <>
                <Separator className="separator" aria-label={t('app.panel.resize', { panel: t('app.panel.right') })} />
                <Panel id="right" defaultSize={420} minSize={300} groupResizeBehavior="preserve-pixel-size">
                  <ErrorBoundary>
                    <RightPanel />
                  </ErrorBoundary>
                </Panel>
              </>
            )}
          </Group>
          {mesh && <RequestBar />}
        </Panel>
        {bottom && (
          <>
            <Separator
              className="separator separator-level"
              aria-label={t('app.panel.resize', { panel: t('app.panel.bottom') })}
            />
            <Panel id="bottom" defaultSize={bottomHeight()} minSize={120} groupResizeBehavior="preserve-pixel-size">
              <ErrorBoundary>
                <BottomPanel />
              </ErrorBoundary>
            </Panel>
          </>
        )}
      </Group>
    </main>
  );
}

/** Enough for the verdict and five lanes, more where the window has it. */
const bottomHeight = (): number => Math.round(Math.min(284, Math.max(248, window.innerHeight * 0.27)));

const startLayout = (remembered: Readonly<Record<string, number>> | undefined): { defaultLayout?: Layout } =>
  remembered === undefined ? {} : { defaultLayout: { ...remembered } };
