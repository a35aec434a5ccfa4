/** What the proxy of a workload logs for the last call, in Istio's default text format. */

import { partyRole } from '../../i18n/render/names.ts';
import { shownTrace } from '../../state/selectors/select.ts';
import { logLine } from '../../trace/logLine.ts';
import type { GraphWorkload } from '../../worker/meshGraph.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';

export function LogTab({ workload }: { workload: GraphWorkload }) {
  const translator = useTranslator('inspector');
  const { t } = translator;
  const trace = useStudioState(shownTrace);
  if (workload.proxy === 'none') return <p className="section muted">{t('inspector.log.noLog')}</p>;
  if (trace === undefined) return <p className="section muted">{t('inspector.log.empty')}</p>;
  const hops = trace.hops.filter(
    ({ party, log }) => party.kind === 'proxy' && party.workload === workload.id && log !== undefined,
  );
  if (hops.length === 0) return <p className="section muted">{t('inspector.log.notOnPath')}</p>;
  return (
    <section className="section">
      <p className="muted">{t('inspector.log.line')}</p>
      {hops.map(({ id, party, log }) => (
        <figure key={id} className="log">
          <figcaption className="muted">{partyRole(translator, party)}</figcaption>
          <pre>{log === undefined ? '' : logLine(log)}</pre>
        </figure>
      ))}
    </section>
  );
}
