/** Where the call starts: outside, or a workload, and in which of its containers. */
import { changeDraft } from '../../state/actions/changeCall.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Menu, MenuChoice, MenuLabel, MenuOption, SubMenu } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';

const graphOf = ({ engine }: StudioState) => engine.graph;
const draftOf = ({ request }: StudioState) => request.draft;

/** More workloads than this are listed by namespace, each in a menu of its own. */
const AT_A_GLANCE = 80;

export function FromMenu() {
  const studio = useStudio();
  const { t } = useTranslator();
  const graph = useStudioState(graphOf);
  const { from, container } = useStudioState(draftOf);
  const shown = from === 'outside' ? t('request.outside') : from.slice(from.indexOf('/') + 1);
  const hasProxy = graph?.workloads.some((workload) => workload.id === from && workload.proxy !== 'none') ?? false;
  const groups = (graph?.namespaces ?? []).flatMap(({ name }) => {
    const workloads = graph?.workloads.filter((workload) => workload.namespace === name) ?? [];
    return workloads.length === 0 ? [] : [{ name, workloads }];
  });
  const isLarge = (graph?.workloads.length ?? 0) > AT_A_GLANCE;
  const choose = (next: string): void =>
    changeDraft(studio, { from: next, ...(next === 'outside' ? { container: 'app' } : {}) });
  const option = ({ id, name }: { readonly id: string; readonly name: string }) => (
    <MenuOption key={id} value={id}>
      {name}
    </MenuOption>
  );
  return (
    <>
      <Menu
        label={t('request.from')}
        width={260}
        trigger={
          <button
            type="button"
            className="button request-from"
            aria-label={`${t('request.from')}: ${shown}`}
            title={from}
          >
            <Icon name={from === 'outside' ? 'globe' : 'workload'} />
            <span>{shown}</span>
            <Icon name="chevronDown" size={12} />
          </button>
        }
      >
        <MenuChoice value={from} onChange={choose}>
          <MenuOption value="outside" hint={t('request.outsideHint')}>
            {t('request.outside')}
          </MenuOption>
          {!isLarge &&
            groups.map(({ name, workloads }) => (
              <div key={name}>
                <MenuLabel>{name}</MenuLabel>
                {workloads.map(option)}
              </div>
            ))}
        </MenuChoice>
        {isLarge &&
          groups.map(({ name, workloads }) => (
            <SubMenu key={name} label={name}>
              <MenuChoice value={from} onChange={choose}>
                {workloads.map(option)}
              </MenuChoice>
            </SubMenu>
          ))}
      </Menu>
      {(hasProxy || container === 'istio-proxy') && (
        <Menu
          label={t('request.container')}
          width={260}
          trigger={
            <button
              type="button"
              className="button request-from"
              aria-label={`${t('request.container')}: ${container}`}
            >
              <span>{container}</span>
              <Icon name="chevronDown" size={12} />
            </button>
          }
        >
          <MenuChoice value={container} onChange={(next) => changeDraft(studio, { container: next })}>
            <MenuOption value="app">{t('request.containerApp')}</MenuOption>
            <MenuOption value="istio-proxy" hint={t('request.containerHint')}>
              {t('request.containerProxy')}
            </MenuOption>
          </MenuChoice>
        </Menu>
      )}
    </>
  );
}
