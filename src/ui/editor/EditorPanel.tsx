/** YAML of the workspace: a tab for each file, the editor, and the problems below. */
import { openFile } from '../../state/actions/look.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import './editor.css';
import { FileTabs } from './FileTabs.tsx';
import { MonacoView } from './MonacoView.tsx';
import { Problems } from './Problems.tsx';

const filesOf = ({ workspace }: StudioState) => workspace.files;
const fileOf = ({ layout }: StudioState) => layout.file;

export function EditorPanel() {
  const studio = useStudio();
  const { t } = useTranslator();
  const files = useStudioState(filesOf);
  const wanted = useStudioState(fileOf);
  const file = files.find(({ name }) => name === wanted) ?? files[0];
  if (file === undefined) return null;
  return (
    <section className="editor" aria-label={t('app.titles.yaml')}>
      <FileTabs files={files.map(({ name }) => name)} current={file.name} onChoose={(name) => openFile(studio, name)} />
      <MonacoView file={file} />
      <Problems />
    </section>
  );
}
