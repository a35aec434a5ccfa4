/** ValidatePeerAuthentication. */
import type { PeerAuthenticationSpec } from '../kinds/peerAuthentication.ts';
import { all, eachEntry, error, type Findings, NOTHING } from './faults.ts';
import { validateWorkloadSelector } from './selectors.ts';

export function validatePeerAuthentication(spec: PeerAuthenticationSpec): Findings {
  const at = ['spec', 'portLevelMtls'];
  const ports = spec.portLevelMtls === undefined ? 0 : Object.keys(spec.portLevelMtls).length;
  const selects = Object.keys(spec.selector?.matchLabels ?? {}).length > 0;
  return all(
    !selects && ports > 0 ? error(at, 'mesh/namespace peer authentication cannot have port level mTLS') : NOTHING,
    spec.portLevelMtls !== undefined && ports === 0
      ? error(at, 'port level mTLS, if defined, must have at least one element')
      : NOTHING,
    eachEntry(spec.portLevelMtls, (port) =>
      Number(port) >= 1 && Number(port) <= 65535 ? NOTHING : error([...at, port], 'port must be in range 1..65535'),
    ),
    validateWorkloadSelector(['spec', 'selector'], spec.selector),
  );
}
