/** A status by sign and word; the colour only repeats it. */
import { useTranslator } from '../shared/context.tsx';
import { Icon, type IconName } from '../shared/Icon.tsx';
import type { SecurityTab } from './SecurityView.tsx';
import { toneOf } from './tones.ts';

const SIGNS: Readonly<Record<ReturnType<typeof toneOf>, IconName>> = {
  allowed: 'lock',
  plain: 'unlock',
  refused: 'warning',
  unknown: 'info',
};
const POLICY_SIGNS: Readonly<Record<ReturnType<typeof toneOf>, IconName>> = {
  allowed: 'check',
  plain: 'info',
  refused: 'warning',
  unknown: 'info',
};
const SECTIONS = { doors: 'door', edges: 'carriage', policies: 'state' } as const;

export function Status({ of, status }: { of: SecurityTab; status: string }) {
  const nameOf = useStatusName();
  const tone = toneOf(of, status);
  return (
    <span className={`security-status tone-${tone}`}>
      <Icon name={(of === 'policies' ? POLICY_SIGNS : SIGNS)[tone]} />
      {nameOf(of, status)}
    </span>
  );
}

export function useStatusName(): (of: SecurityTab, status: string) => string {
  const { find } = useTranslator('security');
  return (of, status) => find(`security.${SECTIONS[of]}.${status}`) ?? status;
}
