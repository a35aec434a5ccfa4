/** All shortcuts, by where they work; found by what they do or by their keys. */
import { useEffect, useRef, useState } from 'react';
import type { MessageKey } from '../../i18n/messages/messages.ts';
import { EDITOR_COMMANDS } from '../editor/commands.ts';
import { useTranslator } from '../shared/context.tsx';
import { keysText } from '../shared/keys.ts';
import './shortcutSheet.css';
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
  const field = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState('');
  useEffect(() => field.current?.focus(), []);
  const found = ROWS.flatMap(([group, rows]) => {
    const fitting = rows.filter(({ name, keys }) => fits(wanted, t(name), keysText(keys)));
    return fitting.length === 0 ? [] : [[group, fitting] as const];
  });
  return (
    <div className="shortcut-groups">
      <input
        ref={field}
        className="field shortcut-find"
        type="search"
        value={wanted}
        aria-label={t('shortcut.findShortcut')}
        placeholder={t('shortcut.findShortcut')}
        onChange={(event) => setWanted(event.target.value)}
      />
      {found.length === 0 && <p className="muted">{t('shortcut.nothing')}</p>}
      {found.map(([group, rows]) => (
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

/** Every word of what is wanted, wherever it stands in the name or the keys. */
function fits(wanted: string, name: string, keys: string): boolean {
  const text = `${name} ${keys}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
