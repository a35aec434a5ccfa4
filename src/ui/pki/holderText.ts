/** Who holds a certificate, in words: the first by name, the others counted. */
import type { Translator } from '../../i18n/i18n.ts';
import type { CertificateHolder } from '../../worker/protocol.ts';

export function holderText({ t }: Translator<'certificates'>, holders: readonly CertificateHolder[]): string {
  const [first] = holders;
  if (first === undefined) return '';
  const name = t(`certificates.heldBy.${first.kind}`, { name: first.name });
  return holders.length === 1 ? name : `${name} ${t('certificates.more', { count: holders.length - 1 })}`;
}
