/** The whole window takes files that are dropped on it. */
import { type DragEvent, type ReactNode, useState } from 'react';
import { importFiles } from '../../state/actions/files.ts';
import { openWorkspaceFile } from '../../state/actions/openWorkspaceFile.ts';
import { notify } from '../../state/actions/update.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { readTextFiles } from './readTextFiles.ts';
import './dropZone.css';

const holdsFiles = (event: DragEvent): boolean => [...event.dataTransfer.types].includes('Files');

export function DropZone({ children }: { children: ReactNode }) {
  const studio = useStudio();
  const { t } = useTranslator();
  const [isOver, setIsOver] = useState(false);

  const drop = async (event: DragEvent): Promise<void> => {
    const { texts, unreadable } = await readTextFiles([...event.dataTransfer.files]);
    const [only] = texts;
    if (texts.length === 1 && only !== undefined && openWorkspaceFile(studio, only.text)) return;
    importFiles(studio, texts);
    for (const name of unreadable) notify(studio, 'file-not-read', { name }, 'problem');
  };

  return (
    // Dropping is for the mouse; the mesh menu's import does the same for everybody.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className="studio"
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setIsOver(false);
      }}
      onDrop={(event) => {
        setIsOver(false);
        if (!holdsFiles(event)) return;
        event.preventDefault();
        void drop(event);
      }}
    >
      {children}
      {isOver && <div className="dropzone-cover">{t('app.dropFiles')}</div>}
    </div>
  );
}
