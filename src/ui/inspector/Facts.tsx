/** Names and values in two columns, and links from a value to its place. */
import type { ReactNode } from 'react';
import type { ResourceId } from '../../base/ids.ts';
import type { SourceRange } from '../../base/origin.ts';
import { resourceText } from '../../i18n/render/names.ts';
import { revealRange } from '../../state/actions/look.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

export const Facts = ({ children }: { children: ReactNode }) => <dl className="facts">{children}</dl>;

export function Fact({ label, code = false, children }: { label: string; code?: boolean; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd className={code ? 'mono' : ''}>{children}</dd>
    </div>
  );
}

export function YamlLink({ range }: { range: SourceRange | undefined }) {
  const studio = useStudio();
  const { t } = useTranslator('inspector');
  if (range === undefined) return null;
  return (
    <button type="button" className="button button-outlined yaml-link" onClick={() => revealRange(studio, range)}>
      <Icon name="file" />
      {t('inspector.showYaml')}
      <span className="muted">
        {range.file}:{range.startLine}
      </span>
    </button>
  );
}

/** Who decided: a resource with its place, or the built-in default. */
export function DecidedBy({ by, range }: { by: ResourceId | undefined; range?: SourceRange | undefined }) {
  const studio = useStudio();
  const { t } = useTranslator('inspector');
  if (by === undefined) return <span className="muted">{t('inspector.byDefault')}</span>;
  if (range === undefined)
    return <span className="muted">{t('inspector.decidedBy', { resource: resourceText(by) })}</span>;
  return (
    <button type="button" className="link" onClick={() => revealRange(studio, range)}>
      {resourceText(by)}
    </button>
  );
}
