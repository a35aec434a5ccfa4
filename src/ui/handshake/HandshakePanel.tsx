/** The TLS handshake of the chosen connection: two lifelines, messages in order, checks where they are made. */
import { useState } from 'react';
import { partyPlace } from '../../i18n/render/names.ts';
import { clockText } from '../../i18n/render/step.ts';
import { shownRun } from '../../state/selectors/select.ts';
import type { FinishedRun, StudioState } from '../../state/studioState.ts';
import { handshakeEvents } from '../../state/trace/handshakeMessages.ts';
import { type Tunnel, tunnelsOf } from '../../trace/carriage.ts';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { Hop } from '../../trace/trace.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { Menu, MenuChoice, MenuOption } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import './handshake.css';
import { matchMessages } from '../../state/trace/matchMessages.ts';
import { Conversation } from './bytes/Conversation.tsx';
import { HandshakeEventRow } from './HandshakeEventRow.tsx';
import { HandshakeSteps } from './HandshakeSteps.tsx';
import { SClient } from './SClient.tsx';
import { useHandshakeBytes } from './useHandshakeBytes.ts';

const atOf = ({ playback }: StudioState) => playback.at;

export function HandshakePanel() {
  const { t } = useTranslator('handshake', 'handshakeSteps', 'inspector');
  const run = useStudioState(shownRun);
  if (run === undefined) return <Empty text={t('handshake.empty')} />;
  const tunnels = tunnelsOf(run.answer.trace);
  return tunnels.length === 0 ? <Empty text={t('handshake.none')} /> : <Handshakes run={run} tunnels={tunnels} />;
}

const Empty = ({ text }: { text: string }) => (
  <div className="placeholder">
    <p>{text}</p>
  </div>
);

const keyOf = ({ connection, layer }: TlsHandshakeStep): string => `${connection}.${layer}`;

function Handshakes({ run, tunnels }: { run: FinishedRun; tunnels: readonly Tunnel[] }) {
  const { t } = useTranslator('handshake');
  const at = useStudioState(atOf);
  // The one at the playhead, or the last before it, unless another is picked by hand since.
  const [picked, setPicked] = useState<{ at: number; key: string }>();
  const passed = run.moments
    .slice(0, at + 1)
    .flatMap((moment) => (moment.kind === 'step' && moment.step.kind === 'tls-handshake' ? [keyOf(moment.step)] : []));
  const key = picked?.at === at ? picked.key : (passed.at(-1) ?? '');
  const tunnel = tunnels.find(({ handshake }) => keyOf(handshake) === key) ?? tunnels[0];
  if (tunnel === undefined) return null;
  const name = (candidate: Tunnel): string => candidate.handshake.connection.toString();
  const hop = (id: number): Hop | undefined => run.answer.trace.hops.find((candidate) => candidate.id === id);

  return (
    <div className="handshake">
      {tunnels.length > 1 && (
        <Menu
          label={t('handshake.choose')}
          width={360}
          trigger={
            <button
              type="button"
              className="button button-outlined handshake-choice"
              aria-label={t('handshake.choose')}
            >
              <ConnectionName number={name(tunnel)} client={hop(tunnel.client)} server={hop(tunnel.server)} />
              <Icon name="chevronDown" size={12} />
            </button>
          }
        >
          <MenuChoice value={keyOf(tunnel.handshake)} onChange={(next) => setPicked({ at, key: next })}>
            {tunnels.map((candidate) => (
              <MenuOption key={keyOf(candidate.handshake)} value={keyOf(candidate.handshake)}>
                <ConnectionName
                  number={name(candidate)}
                  client={hop(candidate.client)}
                  server={hop(candidate.server)}
                />
              </MenuOption>
            ))}
          </MenuChoice>
        </Menu>
      )}
      {tunnel.handshake.earlier !== undefined && (
        <p className="handshake-earlier">{t('handshake.earlier', { at: clockText(tunnel.handshake.earlier.at) })}</p>
      )}
      <HandshakeSteps
        handshake={tunnel.handshake}
        client={hop(tunnel.client)}
        server={hop(tunnel.server)}
        certificates={run.answer.certificates}
      />
      {tunnel.handshake.client.implementation === 'curl-openssl' && tunnel.handshake.layer === 1 && (
        <SClient run={run} handshake={tunnel.handshake} client={hop(tunnel.client)} />
      )}
      <Sequence run={run} tunnel={tunnel} client={hop(tunnel.client)} server={hop(tunnel.server)} />
    </div>
  );
}

function ConnectionName({
  number,
  client,
  server,
}: {
  number: string;
  client: Hop | undefined;
  server: Hop | undefined;
}) {
  const translator = useTranslator('handshake');
  const place = (hop: Hop | undefined): string => (hop === undefined ? '?' : partyPlace(translator, hop.party));
  return <span>{translator.t('handshake.connection', { number, client: place(client), server: place(server) })}</span>;
}

interface SequenceProps {
  readonly run: FinishedRun;
  readonly tunnel: Tunnel;
  readonly client: Hop | undefined;
  readonly server: Hop | undefined;
}

function Sequence({ run, tunnel, client, server }: SequenceProps) {
  const translator = useTranslator('handshake');
  const { t } = translator;
  const { handshake } = tunnel;
  const events = handshakeEvents(handshake);
  const bytes = useHandshakeBytes(run, handshake);
  const messages = matchMessages(events, bytes?.messages ?? []);
  const [onTheWire, setOnTheWire] = useState(false);
  return (
    <div className="sequence">
      <div className="sequence-heads">
        <Lifeline label={t('handshake.client')} hop={client} />
        <Lifeline label={t('handshake.server')} hop={server} />
      </div>
      <label className="options-check">
        <input
          type="checkbox"
          className="checkbox"
          checked={onTheWire}
          onChange={(event) => setOnTheWire(event.target.checked)}
        />
        <span className="muted">{t('handshake.onTheWire')}</span>
      </label>
      <ol className="sequence-events">
        {events.map((event, at) => (
          <HandshakeEventRow
            // biome-ignore lint/suspicious/noArrayIndexKey: their order is their identity
            key={at}
            event={event}
            handshake={handshake}
            answer={run.answer}
            message={messages[at]}
            onTheWire={onTheWire}
          />
        ))}
      </ol>
      <Ending handshake={handshake} />
      {bytes !== undefined && <Conversation run={run} handshake={handshake} bytes={bytes} onTheWire={onTheWire} />}
    </div>
  );
}

function Lifeline({ label, hop }: { label: string; hop: Hop | undefined }) {
  const translator = useTranslator();
  return (
    <div className="lifeline-head">
      <span className="muted">{label}</span>
      <strong>{hop === undefined ? '?' : partyPlace(translator, hop.party)}</strong>
    </div>
  );
}

function Ending({ handshake: { result, negotiated } }: { handshake: TlsHandshakeStep }) {
  const { t } = useTranslator('handshake');
  switch (result.kind) {
    case 'established':
      return (
        <div className="ending tone-allowed">
          <Icon name="lock" />
          <div>
            <strong>{t('handshake.established')}</strong>
            {negotiated !== undefined && (
              <p className="muted mono">
                {[`TLS ${negotiated.version}`, negotiated.cipherSuite, negotiated.alpn].filter(Boolean).join(' · ')}
              </p>
            )}
          </div>
        </div>
      );
    case 'refused':
      return (
        <div className="ending tone-refused">
          <Icon name="unlock" />
          <div>
            <strong>{t('handshake.refusedBy', { party: t(`handshake.${result.by}`) })}</strong>
            {result.alert !== undefined && <p className="mono">{t('handshake.alert', { alert: result.alert })}</p>}
            {result.late && <p className="muted">{t('handshake.late')}</p>}
            <Sees client={result.clientSees} server={result.serverSees} />
          </div>
        </div>
      );
    case 'broken':
      return (
        <div className="ending tone-refused">
          <Icon name="unlock" />
          <div>
            <strong>{t(`verdict.broken.${result.reason}`)}</strong>
            <Sees client={result.clientSees} />
          </div>
        </div>
      );
  }
}

function Sees({ client = '', server = '' }: { client?: string | undefined; server?: string | undefined }) {
  const { t } = useTranslator('handshake');
  return (
    <dl className="sees">
      {client !== '' && (
        <div>
          <dt className="muted">{t('handshake.sees', { party: t('handshake.client') })}</dt>
          <dd className="mono">{client}</dd>
        </div>
      )}
      {server !== '' && (
        <div>
          <dt className="muted">{t('handshake.sees', { party: t('handshake.server') })}</dt>
          <dd className="mono">{server}</dd>
        </div>
      )}
    </dl>
  );
}
