/** Which secrets a proxy asks for, who answers with what, and what was pushed while it runs. */
import type { StudioState } from '../../../state/studioState.ts';
import type { GraphWorkload } from '../../../worker/meshGraph.ts';
import type { SdsSecretView, SdsView } from '../../../worker/sdsView.ts';
import { useStudioState, useTranslator } from '../../shared/context.tsx';
import { useWorkloadAnswer } from '../useEngineAnswer.ts';
import { PushLog } from './PushLog.tsx';
import { SecretRow } from './SecretRow.tsx';
import { ServerCard } from './ServerCard.tsx';
import './sds.css';

const logOf = ({ sds }: StudioState) => sds.events;

export function SdsTab({ workload }: { workload: GraphWorkload }) {
  const { t } = useTranslator('inspector', 'sds');
  const asked = useWorkloadAnswer('sds', workload.id);
  const events = useStudioState(logOf).filter(({ push }) => push.proxy === workload.id);
  if (asked.status === 'waiting') return <p className="section muted">{t('inspector.loading')}</p>;
  if (asked.status === 'none') return <p className="section muted">{t('inspector.noProxy')}</p>;
  const view = asked.value;
  const isGateway = workload.proxy === 'gateway';
  const { own, upstream } = apart(view);
  return (
    <>
      {isGateway && (
        <section className="section">
          <h3>{t('sds.title')}</h3>
          {view.servers.length === 0 && <p className="muted">{t('sds.noServers')}</p>}
          <ul className="sds-servers">
            {troubledFirst(view.servers).map((server) => (
              <ServerCard
                key={`${server.listener} ${server.serverNames.join()}`}
                server={server}
                secrets={view.secrets}
              />
            ))}
          </ul>
        </section>
      )}
      {isGateway && <PushLog events={events} />}
      <SecretSection title={t('sds.own')} secrets={own} />
      <SecretSection title={t('sds.upstream')} secrets={upstream} />
      {isGateway && <Ways replicas={view.replicas} />}
    </>
  );
}

const troubledFirst = (servers: SdsView['servers']): SdsView['servers'] =>
  [...servers].sort((a, b) => Number(a.state === 'serving') - Number(b.state === 'serving'));

/** The pod's own secrets, and those that only its clusters ask for. */
function apart({ secrets, servers }: SdsView): Record<'own' | 'upstream', readonly SdsSecretView[]> {
  const served = new Set(servers.flatMap(({ presents, verifiesBy = '' }) => [...presents, verifiesBy]));
  const rest = secrets.filter(({ name }) => !served.has(name));
  const isOwn = ({ servedBy, from }: SdsSecretView): boolean => servedBy === 'istio-agent' && from === undefined;
  return { own: rest.filter(isOwn), upstream: rest.filter((secret) => !isOwn(secret)) };
}

function SecretSection({ title, secrets }: { title: string; secrets: readonly SdsSecretView[] }) {
  if (secrets.length === 0) return null;
  return (
    <section className="section">
      <h3>{title}</h3>
      <ul className="sds-secrets">
        {secrets.map((secret) => (
          <SecretRow key={secret.name} secret={secret} />
        ))}
      </ul>
    </section>
  );
}

function Ways({ replicas }: { replicas: number }) {
  const { t } = useTranslator('sds');
  return (
    <details className="section sds-ways">
      <summary className="link">{t('sds.ways.title')}</summary>
      <p>{t('sds.ways.sds')}</p>
      <p>{t('sds.ways.files')}</p>
      <p>{t('sds.ways.containers')}</p>
      <p>{t('sds.ways.replicas', { count: replicas })}</p>
    </details>
  );
}
