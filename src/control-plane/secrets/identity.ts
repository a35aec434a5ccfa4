/**
 * What a workload's own agent serves under `default` and `ROOTCA`: issued by the mesh's CA (or an
 * external signer) when the mesh is compiled, and handed to whoever builds the proxy.
 */
import type { Origin } from '../../base/origin.ts';
import type { TlsCertificate } from '../../pki/envoyLoad.ts';
import type { Certificate, Crl } from '../../pki/types.ts';
import type { Reason } from '../../trace/step.ts';
import type { CannotTell } from '../../trace/trace.ts';

export type WorkloadIdentity =
  | {
      readonly kind: 'issued';
      readonly chain: readonly Certificate[];
      readonly key: TlsCertificate['key'];
      readonly anchors: readonly Certificate[];
      readonly crls?: readonly Crl[];
      /** Whose signature it is: `istiod`, or the id of the CA that the mesh was given. */
      readonly authority: { readonly id: string; readonly name: string };
      readonly origins: readonly Origin[];
    }
  /** The CA refused or was not reached: neither secret ever arrives. */
  | { readonly kind: 'none'; readonly why: Reason; readonly origins: readonly Origin[] }
  /** It hangs on something that is not modelled, an external signer for example. */
  | { readonly kind: 'unknown'; readonly cannotTell: CannotTell; readonly origins: readonly Origin[] };
