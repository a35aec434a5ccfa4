/**
 * A CA to plug into istiod, as its documentation makes one: a root, an intermediate below it, and
 * the four files of the Secret `cacerts`. The same seed gives the same keys.
 */
import { privateKeyPem } from '../../crypto/privateKey.ts';
import { createCa, DAY } from '../ca.ts';
import { certificatePem, certificatesPem } from '../certificate.ts';

const ROOT_LIFETIME = 3650 * DAY;
const INTERMEDIATE_LIFETIME = 730 * DAY;

export function pluggedInCaFiles(seed: string, now: number): Readonly<Record<string, string>> {
  const notBefore = now - DAY;
  const root = createCa({
    seed,
    label: 'plugged-in root',
    subject: [
      ['O', 'Istio'],
      ['CN', 'Root CA'],
    ],
    notBefore,
    notAfter: notBefore + ROOT_LIFETIME,
  });
  const intermediate = createCa({
    seed,
    label: 'plugged-in intermediate',
    subject: [
      ['O', 'Istio'],
      ['CN', 'Intermediate CA'],
    ],
    notBefore,
    notAfter: notBefore + INTERMEDIATE_LIFETIME,
    pathLength: 0,
    parent: root,
  });
  return {
    'ca-cert.pem': certificatePem(intermediate.certificate),
    'ca-key.pem': privateKeyPem(intermediate.key),
    'cert-chain.pem': certificatesPem([intermediate.certificate, root.certificate]),
    'root-cert.pem': certificatePem(root.certificate),
  };
}
