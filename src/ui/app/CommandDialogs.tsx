/** The command palette and the token bench (its own chunk), and the sheet of shortcuts. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { Texts, useStudio, useTranslator } from '../shared/context.tsx';
import { Dialog } from '../shared/controls.tsx';
import { isTyping, keysText } from '../shared/keys.ts';
import { type DialogName, onOpenDialog } from './dialogs.ts';
import { matchesKeys, SHORTCUTS } from './shortcuts.ts';

const loadPalette = () => import('./CommandPalette.tsx');
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }));
const TokenBench = lazy(async () => ({ default: (await import('../token/TokenBench.tsx')).TokenBench }));

export function CommandDialogs() {
  const studio = useStudio();
  const { t } = useTranslator();
  const [open, setOpen] = useState<DialogName>();
  useEffect(() => onOpenDialog(setOpen), []);

  // Fetched while nothing else is going on, so that no key is lost on the first Ctrl K.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), 1500);
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
      <Dialog title={t('app.tokenBench')} open={open === 'tokens'} onOpenChange={close} wide>
        <Suspense fallback={null}>
          <Texts part="token">
            <TokenBench onClose={() => setOpen(undefined)} />
          </Texts>
        </Suspense>
      </Dialog>
      <ShortcutSheet open={open === 'shortcuts'} onOpenChange={close} />
    </>
  );
}

function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslator();
  const groups = ['shortcut.groupGeneral', 'shortcut.groupPlayback', 'shortcut.groupCanvas'] as const;
  return (
    <Dialog title={t('app.shortcuts')} open={open} onOpenChange={onOpenChange}>
      <div className="shortcut-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <dl>
              {SHORTCUTS.filter((shortcut) => shortcut.group === group).map(({ id, name, keys }) => (
                <div key={id} className="shortcut-row">
                  <dt>{t(name)}</dt>
                  <dd>
                    <kbd className="kbd">{keysText(keys[0] ?? '')}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
