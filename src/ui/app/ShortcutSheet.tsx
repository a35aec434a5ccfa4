/** All shortcuts, by where they work. */
import { useTranslator } from '../shared/context.tsx';
import { keysText } from '../shared/keys.ts';
import { SHORTCUTS } from './shortcuts.ts';

const GROUPS = [
  'shortcut.groupGeneral',
  'shortcut.groupPlayback',
  'shortcut.groupCanvas',
  'shortcut.groupEditor',
] as const;

export function ShortcutSheet() {
  const { t } = useTranslator('shortcut');
  return (
    <div className="shortcut-groups">
      {GROUPS.map((group) => (
        <section key={group}>
          <h3>{t(group)}</h3>
          <dl>
            {SHORTCUTS.filter((shortcut) => shortcut.group === group).map(({ id, name, keys }) => (
              <div key={id} className="shortcut-row">
                <dt>{t(name)}</dt>
                <dd>
                  <kbd className="kbd">{keysText(keys[0] ?? '')}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
