/**
 * What an https application serves with: the certificate and key it names among those given to the
 * mesh, or a self-signed certificate of its own. Made once for each application and kept.
 */

import { deriveSerial } from '../../crypto/derive.ts';
import type { PrivateKey } from '../../crypto/keys.ts';
import { parsePrivateKey } from '../../crypto/privateKey.ts';
import type { Application, Mesh, Workload } from '../../mesh/types.ts';
import { EKU, encodeName, signSelf } from '../../pki/ca.ts';
import { parseCertificates } from '../../pki/certificate.ts';
import { deriveKey } from '../../pki/keyAlgorithm.ts';
import type { Certificate } from '../../pki/types.ts';
import type { ServingIdentity } from '../run.ts';

const identities = new WeakMap<Application, ServingIdentity | undefined>();

/** Undefined: it names a certificate that nobody gave, or one that cannot be read. */
export function applicationIdentity(
  mesh: Mesh,
  workload: Workload,
  application: Application,
): ServingIdentity | undefined {
  if (identities.has(application)) return identities.get(application);
  const identity = makeIdentity(mesh, workload, application);
  identities.set(application, identity);
  return identity;
}

function makeIdentity(mesh: Mesh, workload: Workload, application: Application): ServingIdentity | undefined {
  const pair =
    application.certificate === undefined ? selfSigned(mesh, workload) : given(mesh, application.certificate);
  if (pair === undefined || application.clientCa === undefined) return pair;
  const anchors = parseCertificates(mesh.options.pems?.[application.clientCa] ?? '');
  return anchors.ok ? { ...pair, clientAnchors: anchors.value } : undefined;
}

interface Pair {
  readonly chain: readonly Certificate[];
  readonly key: PrivateKey;
}

function given(mesh: Mesh, name: string): Pair | undefined {
  const pem = mesh.options.pems?.[name];
  if (pem === undefined) return undefined;
  const chain = parseCertificates(pem);
  const key = parsePrivateKey(pem);
  return chain.ok && key.ok ? { chain: chain.value, key: key.value } : undefined;
}

const LIFETIME = { from: Date.UTC(2020, 0, 1), until: Date.UTC(2120, 0, 1) };

/** A certificate that names the workload and that nobody vouches for. */
function selfSigned(mesh: Mesh, workload: Workload): Pair {
  const label = `application ${workload.id}`;
  const key = deriveKey(mesh.seed, label, 'P-256');
  const certificate = signSelf(
    {
      serial: deriveSerial(mesh.seed, label),
      subject: encodeName([['CN', workload.id]]),
      notBefore: LIFETIME.from,
      notAfter: LIFETIME.until,
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      extendedKeyUsage: [EKU.serverAuth, EKU.clientAuth],
      basicConstraints: { ca: false },
      subjectAltNames: [{ kind: 'dns', value: workload.id }],
    },
    key,
  );
  return { chain: [certificate], key };
}
