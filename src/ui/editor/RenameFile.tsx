/** Asks for a file's new name; stays open while that is taken. */
import { useState } from 'react';
import { renameFile } from '../../state/actions/files.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Dialog } from '../shared/controls.tsx';

export interface RenameFileProps {
  readonly name: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RenameFile({ name, open, onOpenChange }: RenameFileProps) {
  const studio = useStudio();
  const { t } = useTranslator('editor');
  const [isTaken, setIsTaken] = useState(false);
  return (
    <Dialog
      title={t('editor.rename')}
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        setIsTaken(false);
      }}
    >
      <form
        className="save-call"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = String(new FormData(event.currentTarget).get('name') ?? '');
          const isDone = renameFile(studio, name, wanted);
          setIsTaken(!isDone);
          onOpenChange(!isDone);
        }}
      >
        <input
          className="field mono"
          name="name"
          aria-label={t('editor.fileName')}
          aria-invalid={isTaken}
          defaultValue={name}
        />
        <button type="submit" className="button button-primary">
          {t('editor.rename')}
        </button>
      </form>
    </Dialog>
  );
}
