/** Critical extensions that Go leaves unhandled, each of which makes it refuse the certificate. */
import type { Certificate } from '../types.ts';

const HANDLED: ReadonlySet<string> = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.30',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.33',
  '2.5.29.35',
  '2.5.29.36',
  '2.5.29.37',
  '2.5.29.54',
]);

/** Names that Go reads, in alternative names and in constraints. */
const READ: ReadonlySet<string> = new Set(['dns', 'email', 'uri', 'ip']);

export const hasUnhandledCriticalExtension = (certificate: Certificate): boolean =>
  certificate.extensions.some(({ oid, critical }) => critical && !isHandled(certificate, oid));

function isHandled({ subjectAltNames = [], nameConstraints }: Certificate, oid: string): boolean {
  switch (oid) {
    case '2.5.29.17':
      return subjectAltNames.some(({ kind }) => READ.has(kind));
    case '2.5.29.30':
      return [...(nameConstraints?.permitted ?? []), ...(nameConstraints?.excluded ?? [])].every(
        ({ base, hasDistance }) => READ.has(base.kind) && !hasDistance,
      );
    default:
      return HANDLED.has(oid);
  }
}
