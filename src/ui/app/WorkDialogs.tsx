/** The dialogs about the work as a whole, in one chunk: they are opened seldom, and bring their own words. */
import { assertNever } from '../../base/assertNever.ts';
import { HistoryDialog } from '../history/HistoryDialog.tsx';
import { LinkDialog } from '../share/LinkDialog.tsx';
import { ShareDialog } from '../share/ShareDialog.tsx';
import { useTranslator } from '../shared/context.tsx';
import { Dialog } from '../shared/controls.tsx';
import { StartDialog } from '../start/StartDialog.tsx';
import type { WorkDialogName } from './dialogs.ts';

export interface WorkDialogsProps {
  readonly name: WorkDialogName;
  /** The link that arrived, or the file whose history is asked for. */
  readonly text: string;
  readonly onOpenChange: (open: boolean) => void;
}

export function WorkDialogs({ name, text, onOpenChange }: WorkDialogsProps) {
  const { t } = useTranslator('history', 'share', 'start');
  const close = (): void => onOpenChange(false);
  switch (name) {
    case 'start':
      return (
        <Dialog title={t('start.title')} open onOpenChange={onOpenChange} wide>
          <StartDialog onClose={close} />
        </Dialog>
      );
    case 'history':
      return (
        <Dialog title={t('history.title')} open onOpenChange={onOpenChange} full>
          <HistoryDialog file={text} />
        </Dialog>
      );
    case 'share':
      return (
        <Dialog title={t('share.title')} open onOpenChange={onOpenChange}>
          <ShareDialog />
        </Dialog>
      );
    case 'link':
      return (
        <Dialog title={t('share.arrived')} open onOpenChange={onOpenChange}>
          <LinkDialog fragment={text} onClose={close} />
        </Dialog>
      );
    default:
      return assertNever(name);
  }
}
