/** Dialogs, the command palette and the printed sheet, each its own chunk; and who listens to the keys. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { isLink } from '../../state/share/isLink.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Dialog } from '../shared/controls.tsx';
import { isTyping } from '../shared/keys.ts';
import { type DialogName, onOpenDialog, openDialog, WORK_DIALOGS } from './dialogs.ts';
import { matchesKeys, SHORTCUTS } from './shortcuts.ts';

const loadPalette = () => import('./CommandPalette.tsx');
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }));
const ShortcutSheet = lazy(async () => ({ default: (await import('./ShortcutSheet.tsx')).ShortcutSheet }));
const CertificatesDialog = lazy(async () => ({
  default: (await import('../pki/CertificatesDialog.tsx')).CertificatesDialog,
}));
const SecretForm = lazy(async () => ({ default: (await import('../secret/SecretForm.tsx')).SecretForm }));
const WorkDialogs = lazy(async () => ({ default: (await import('./WorkDialogs.tsx')).WorkDialogs }));
const loadPrinting = () => import('../print/Printing.tsx');
const Printing = lazy(async () => ({ default: (await loadPrinting()).Printing }));
const TokenBench = lazy(async () => ({ default: (await import('../token/TokenBench.tsx')).TokenBench }));

export function CommandDialogs() {
  const studio = useStudio();
  const { t } = useTranslator();
  const [open, setOpen] = useState<DialogName>();
  const [text, setText] = useState('');
  useEffect(
    () =>
      onOpenDialog((name, about) => {
        setText(about);
        setOpen(name);
      }),
    [],
  );

  // A link to shared work, in the address from the start or put there while the studio is open.
  useEffect(() => {
    const look = (): void => {
      if (isLink(location.hash)) openDialog('link', location.hash);
    };
    look();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);

  // Fetched while nothing else is going on, so that no key is lost on the first Ctrl K, and paper can be had at once.
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      void loadPalette().catch(() => undefined);
      void loadPrinting().then(
        () => setIsIdle(true),
        () => undefined,
      );
    }, 1500);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const typing = isTyping(event.target);
      const shortcut = SHORTCUTS.find(
        ({ keys, run, whileTyping = false }) =>
          run !== undefined && (!typing || whileTyping) && keys.some((combination) => matchesKeys(event, combination)),
      );
      if (shortcut?.run === undefined) return;
      event.preventDefault();
      shortcut.run(studio);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [studio]);

  const work = WORK_DIALOGS.find((name) => name === open);
  const close = (isOpen: boolean): void => {
    if (!isOpen) setOpen(undefined);
  };
  return (
    <>
      {open === 'commands' && (
        <Suspense fallback={null}>
          <CommandPalette onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
      {isIdle && (
        <Suspense fallback={null}>
          <Printing />
        </Suspense>
      )}
      {work !== undefined && (
        <Suspense fallback={null}>
          <WorkDialogs name={work} text={text} onOpenChange={close} />
        </Suspense>
      )}
      <Dialog title={t('app.titles.tokens')} open={open === 'tokens'} onOpenChange={close} wide>
        <Suspense fallback={null}>
          <TokenBench onClose={() => setOpen(undefined)} />
        </Suspense>
      </Dialog>
      <Dialog title={t('app.titles.secret')} open={open === 'secret'} onOpenChange={close} wide>
        <Suspense fallback={null}>
          <SecretForm command={text} onClose={() => setOpen(undefined)} />
        </Suspense>
      </Dialog>
      <Dialog title={t('app.shortcuts')} open={open === 'shortcuts'} onOpenChange={close}>
        <Suspense fallback={null}>
          <ShortcutSheet />
        </Suspense>
      </Dialog>
      <Dialog
        title={t('app.titles.certificates')}
        open={open === 'certificates' || open === 'breaks'}
        onOpenChange={close}
        wide
      >
        <Suspense fallback={null}>
          <CertificatesDialog tab={open === 'breaks' ? 'breaks' : 'time'} />
        </Suspense>
      </Dialog>
    </>
  );
}
