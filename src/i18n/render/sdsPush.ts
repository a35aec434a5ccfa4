/** A push of a secret as sentences for the log, or in short for the news. */
import type { Reason } from '../../trace/step.ts';
import type { Translator } from '../i18n.ts';
import { reasonText } from './reason.ts';

interface Loaded {
  readonly serials: readonly string[];
  readonly digest: string;
}

export interface Push {
  readonly proxy: string;
  readonly name: string;
  readonly kind: 'supplied' | 'replaced' | 'waiting' | 'withdrawn' | 'refused' | 'released';
  readonly before?: Loaded;
  readonly now?: Loaded;
  readonly why?: Reason;
}

export function pushText(
  translator: Translator<'sds'>,
  { proxy, name, kind, before, now, why }: Push,
  where: 'log' | 'news',
): string {
  const key = kind === 'refused' && before !== undefined ? 'refusedKept' : kind;
  const alike = before !== undefined && now !== undefined && before.serials.join() === now.serials.join();
  return translator.t(`sds.${where}.${key}`, {
    proxy,
    name,
    before: serialText(before, alike),
    now: serialText(now, alike),
    why: why === undefined ? '' : reasonText(translator, why),
  });
}

/** Serials of one CA can repeat; then the start of the SHA-256 tells old from new. */
function serialText(loaded: Loaded | undefined, withDigest: boolean): string {
  if (loaded === undefined) return '';
  const serials = loaded.serials.join(', ');
  return withDigest ? `${serials} (SHA-256 ${loaded.digest.slice(0, 12)}…)` : serials;
}
