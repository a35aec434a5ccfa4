/** The window: bars at the edges, panels between. */
import { lazy, Suspense, useEffect } from 'react';
import { pasteCurl } from '../../state/actions/changeCall.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { TooltipProvider } from '../shared/controls.tsx';
import { isTyping } from '../shared/keys.ts';
import './app.css';
import { CommandDialogs } from './CommandDialogs.tsx';
import { DropZone } from './DropZone.tsx';
import { openDialog } from './dialogs.ts';
import { EngineBanner } from './EngineBanner.tsx';
import { Notices } from './Notices.tsx';
import { Panels } from './Panels.tsx';
import { TopBar } from './TopBar.tsx';
import { useAppearance, useIsNarrow } from './useAppearance.ts';

const NarrowPanels = lazy(async () => ({ default: (await import('./NarrowPanels.tsx')).NarrowPanels }));

export function App() {
  useAppearance();
  usePastedCurl();
  const { t } = useTranslator();
  return (
    <TooltipProvider>
      <DropZone>
        <a className="skip-link" href="#verdict">
          {t('app.skipToVerdict')}
        </a>
        <TopBar />
        <EngineBanner />
        <Window />
        <Notices />
        <CommandDialogs />
      </DropZone>
    </TooltipProvider>
  );
}

/** Side by side where there is room; one at a time, behind tabs, where there is not. */
function Window() {
  const isNarrow = useIsNarrow();
  return isNarrow ? (
    <Suspense>
      <NarrowPanels />
    </Suspense>
  ) : (
    <Panels />
  );
}

/** Pasted anywhere but in a field: a curl command becomes the request, one that creates a Secret its form. */
function usePastedCurl(): void {
  const studio = useStudio();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyping(event.target)) return;
      if (/\bkubectl\s[^|]*\bcreate\s[^|]*\bsecret\s/.test(text)) openDialog('secret', text);
      else if (!pasteCurl(studio, text)) return;
      event.preventDefault();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [studio]);
}
