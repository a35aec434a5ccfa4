/** The dialogs about the work as a whole, in one chunk: they are opened seldom, and bring their own words. */
import { assertNever } from '../../base/assertNever.ts';
import { HistoryDialog } from '../history/HistoryDialog.tsx';
import { useTranslator } from '../shared/context.tsx';
import { Dialog } from '../shared/controls.tsx';
import type { WorkDialogName } from './dialogs.ts';

export interface WorkDialogsProps {
  readonly name: WorkDialogName;
  readonly onOpenChange: (open: boolean) => void;
}

export function WorkDialogs({ name, onOpenChange }: WorkDialogsProps) {
  const { t } = useTranslator('history');
  switch (name) {
    case 'history':
      return (
        <Dialog title={t('history.title')} open onOpenChange={onOpenChange} full>
          <HistoryDialog />
        </Dialog>
      );
    default:
      return assertNever(name);
  }
}
