/** What changed, in a line or two. */
import type { Translator } from '../../i18n/i18n.ts';
import { type Changes, type DocumentChange, isNothing } from '../../state/compare/changes.ts';

const SHOWN = 3;

export function changesText(translator: Translator<'history'>, changes: Changes): string {
  const { t } = translator;
  if (isNothing(changes)) return t('history.noneSince');
  const parts = changes.files.map(({ file, kind, documents }) => {
    const where = kind === 'changed' ? file : `${file} (${t(`history.file.${kind}`)})`;
    return `${where}: ${documentsText(translator, documents)}`;
  });
  if (changes.order) parts.push(t('history.order'));
  if (changes.calls) parts.push(t('history.calls'));
  if (changes.clock) parts.push(t('history.clock'));
  const rest = parts.length - SHOWN;
  return [...parts.slice(0, SHOWN), ...(rest > 0 ? [t('history.more', { count: rest })] : [])].join(' · ');
}

export function documentsText({ t, language }: Translator<'history'>, documents: readonly DocumentChange[]): string {
  if (documents.length === 0) return t('history.commentsOnly');
  const names = documents
    .slice(0, SHOWN)
    .map(({ kind, name }) => t(`history.document.${kind}`, { name: name ?? t('history.unnamed') }));
  const rest = documents.length - SHOWN;
  return [...names, ...(rest > 0 ? [t('history.more', { count: rest })] : [])].join(language === 'ja' ? '、' : ', ');
}
