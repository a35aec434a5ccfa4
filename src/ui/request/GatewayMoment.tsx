/** At which moment of the gateways' lives calls find them: what they loaded earlier, or only what there is now. */
import { meetGateways } from '../../state/actions/gatewayMoment.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Menu, MenuChoice, MenuOption } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';

const MOMENTS = ['ready', 'running', 'starting'] as const;
type Moment = (typeof MOMENTS)[number];

const momentOf = ({ connections }: StudioState): Moment => connections.gateways ?? 'ready';
const hasGateways = ({ engine }: StudioState): boolean =>
  engine.graph?.workloads.some(({ proxy }) => proxy === 'gateway') === true;

export function GatewayMoment() {
  const studio = useStudio();
  const { t } = useTranslator('connections');
  const moment = useStudioState(momentOf);
  if (!useStudioState(hasGateways)) return null;
  const label = t('connections.gateways.label');
  const choose = (next: string): void =>
    void meetGateways(studio, next === 'running' || next === 'starting' ? next : undefined);
  return (
    <div className="options-row">
      <span className="options-label">{label}</span>
      <Menu
        label={label}
        width={340}
        trigger={
          <button
            type="button"
            className="button button-outlined choice"
            aria-label={`${label}: ${t(`connections.gateways.${moment}`)}`}
          >
            <span>{t(`connections.gateways.${moment}`)}</span>
            <Icon name="chevronDown" size={12} />
          </button>
        }
      >
        <MenuChoice<string> value={moment} onChange={choose}>
          {MOMENTS.map((one) => (
            <MenuOption key={one} value={one}>
              <div>{t(`connections.gateways.${one}`)}</div>
              <div className="menu-item-hint">{t(`connections.gateways.${one}Hint`)}</div>
            </MenuOption>
          ))}
        </MenuChoice>
      </Menu>
    </div>
  );
}

/** Beside a verdict: that it is not the one of gateways which are ready, and the way back to that. */
export function GatewayNote() {
  const studio = useStudio();
  const { t } = useTranslator('connections');
  const moment = useStudioState(momentOf);
  return (
    <span className="verdict-remedy">
      {t('connections.gateways.note', { moment: t(`connections.gateways.${moment}`) })}{' '}
      <button type="button" className="link" onClick={() => void meetGateways(studio, undefined)}>
        {t('connections.gateways.restart')}
      </button>
    </span>
  );
}
