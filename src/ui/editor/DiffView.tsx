/** Two states of one file beside each other; walks from change to change and hands out the edit that reverts one. */
import { useEffect, useRef, useState } from 'react';
import { useIsDark } from '../app/useAppearance.ts';
import { useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';
import 'monaco-editor/features/diffEditor/register';
import './diff.css';
import { type LineChange, revertEdit, type TextChange } from './lineChanges.ts';
import { defineTheme, FONT, monaco } from './monaco.ts';

export interface DiffViewProps {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly onRevert: (edit: TextChange) => void;
}

type DiffEditor = monaco.editor.IStandaloneDiffEditor;

export function DiffView({ file, before, after, onRevert }: DiffViewProps) {
  const { t } = useTranslator('history');
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<DiffEditor>(null);
  const [changes, setChanges] = useState<readonly LineChange[]>();
  const [at, setAt] = useState(0);
  const isDark = useIsDark();

  useEffect(() => {
    monaco.editor.setTheme(defineTheme(isDark));
  }, [isDark]);

  useEffect(() => {
    if (host.current === null) return undefined;
    const created = monaco.editor.createDiffEditor(host.current, {
      ...FONT,
      readOnly: true,
      domReadOnly: true,
      automaticLayout: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      lineNumbersMinChars: 3,
      glyphMargin: false,
      folding: false,
      renderOverviewRuler: false,
      hideUnchangedRegions: { enabled: true, contextLineCount: 4, minimumLineCount: 6 },
      originalAriaLabel: t('history.older', { name: file }),
      modifiedAriaLabel: t('history.newer', { name: file }),
    });
    const original = monaco.editor.createModel(before, 'yaml');
    const modified = monaco.editor.createModel(after, 'yaml');
    // Of our own, so that it can be disposed of: the editor would let a comparison run on without its texts.
    const both = created.createViewModel({ original, modified });
    created.setModel(both);
    const updating = created.onDidUpdateDiff(() => setChanges(created.getLineChanges() ?? []));
    editor.current = created;
    return () => {
      updating.dispose();
      both.dispose();
      created.dispose();
      original.dispose();
      modified.dispose();
    };
  }, [file, before, after, t]);

  const count = changes?.length ?? 0;
  const current = Math.min(at, Math.max(0, count - 1));
  const shown = changes?.[current];
  const go = (to: number): void => {
    const next = (to + count) % count;
    setAt(next);
    const change = changes?.[next];
    const line = change === undefined ? 1 : change.modifiedEndLineNumber || change.modifiedStartLineNumber;
    editor.current?.getModifiedEditor().revealLineInCenter(Math.max(1, line));
  };

  return (
    <div className="diff">
      <div className="diff-bar" role="toolbar" aria-label={t('history.compared')}>
        <IconButton
          icon="chevronUp"
          label={t('history.previous')}
          disabled={count === 0}
          onClick={() => go(current - 1)}
        />
        <IconButton
          icon="chevronDown"
          label={t('history.next')}
          disabled={count === 0}
          onClick={() => go(current + 1)}
        />
        <span className="diff-position" role="status">
          {changes !== undefined &&
            (count === 0 ? t('history.noChanges') : t('history.position', { at: current + 1, count: String(count) }))}
        </span>
        <button
          type="button"
          className="button button-outlined"
          disabled={shown === undefined}
          onClick={() => {
            if (shown !== undefined) onRevert(revertEdit(before, after, shown));
          }}
        >
          {t('history.revertChange')}
        </button>
      </div>
      <div ref={host} className="diff-frame" />
    </div>
  );
}
