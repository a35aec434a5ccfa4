/** All shortcuts, by where they work. */
import type { MessageKey } from '../../i18n/messages/messages.ts';
import { EDITOR_COMMANDS } from '../editor/commands.ts';
import { useTranslator } from '../shared/context.tsx';
import { keysText } from '../shared/keys.ts';
import { SHORTCUTS } from './shortcuts.ts';

const GROUPS = ['shortcut.groupGeneral', 'shortcut.groupPlayback', 'shortcut.groupCanvas'] as const;

interface Row {
  readonly id: string;
  readonly name: MessageKey<'shortcut'>;
  readonly keys: string;
}

const ROWS: readonly (readonly [MessageKey<'shortcut'>, readonly Row[]])[] = [
  ...GROUPS.map((group) => {
    const own = SHORTCUTS.filter((shortcut) => shortcut.group === group);
    return [group, own.map(({ id, name, keys }) => ({ id, name, keys: keys[0] ?? '' }))] as const;
  }),
  [
    'shortcut.groupEditor',
    EDITOR_COMMANDS.flatMap(({ id, name, keys }) => (keys === undefined ? [] : [{ id, name, keys }])),
  ],
];

export function ShortcutSheet() {
  const { t } = useTranslator('shortcut');
  return (
    <div className="shortcut-groups">
      {ROWS.map(([group, rows]) => (
        <section key={group}>
          <h3>{t(group)}</h3>
          <dl>
            {rows.map(({ id, name, keys }) => (
              <div key={id} className="shortcut-row">
                <dt>{t(name)}</dt>
                <dd>
                  <kbd className="kbd">{keysText(keys)}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
