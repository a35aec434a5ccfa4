/**
 * What somebody who draws can mean, as plain data, and what carrying it out is given and gives back.
 * An intention names things of the mesh; how the YAML says it is decided by the module of its kind.
 * What cannot be carried out is refused whole, with a reason: never half an edit.
 */
import type { ResourceId, WorkloadId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import type { Result } from '../../base/result.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { ParsedWorkspace, WorkspaceFile } from '../../resources/types.ts';
import type { TextEdit } from '../textEdit.ts';

export type MtlsModeName = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** Names of new things are wishes: one that is taken gets a number. */
export type Intention =
  | { readonly kind: 'add-namespace'; readonly name: string; readonly injection: boolean }
  | { readonly kind: 'set-injection'; readonly namespace: string; readonly injection: boolean }
  /** What the cluster's network does with NetworkPolicies: no document says it by itself. */
  | { readonly kind: 'set-network-policies'; readonly enforcement: 'drop' | 'ignore' }
  | {
      readonly kind: 'add-workload';
      readonly namespace: string;
      readonly name: string;
      /** Where its application listens; its Service takes HTTP on port 80 to there. */
      readonly port: number;
      /** Further ports, each under its own number at the Service. */
      readonly morePorts?: readonly number[];
    }
  /** A Service without a workload of its own making; `workload`: what it selects. */
  | {
      readonly kind: 'add-service';
      readonly namespace: string;
      readonly name: string;
      readonly port: number;
      readonly workload?: WorkloadId;
    }
  | { readonly kind: 'add-ingress-gateway'; readonly namespace: string }
  | { readonly kind: 'add-egress-gateway'; readonly namespace: string }
  /** Somebody without a sidecar who only calls. */
  | { readonly kind: 'add-external-client'; readonly namespace: string; readonly name: string }
  | {
      readonly kind: 'add-external-server';
      /** DNS name of a server beyond the mesh. */
      readonly host: string;
      readonly namespace: string;
      readonly port: number;
    }
  /** Only the name: who answers under it is not in the mesh. */
  | {
      readonly kind: 'add-service-entry';
      readonly host: string;
      readonly namespace: string;
      readonly port: number;
    }
  /** A ClusterIssuer; with a namespace, an Issuer of it. */
  | { readonly kind: 'add-issuer'; readonly name: string; readonly namespace?: string }
  /** The Secret `cacerts` that istiod signs with instead of its own root. */
  | { readonly kind: 'add-plugged-in-ca' }
  | { readonly kind: 'apply-policy'; readonly policy: NewPolicy; readonly scope: PolicyScope }
  | {
      readonly kind: 'set-peer-authentication';
      readonly namespace: string;
      /** Absent: for the whole namespace. */
      readonly workload?: WorkloadId;
      readonly mode: MtlsModeName;
    }
  | { readonly kind: 'allow-call'; readonly caller: WorkloadId; readonly target: WorkloadId }
  /** References follow; with a workload go what is named after it: its Service, account and `app` label. */
  | { readonly kind: 'rename'; readonly what: Nameable; readonly to: string }
  /** With its Services, its account and the policies that select only it; references follow. */
  | { readonly kind: 'move'; readonly workloads: readonly WorkloadId[]; readonly namespace: string }
  | { readonly kind: 'duplicate'; readonly what: readonly Removable[] }
  /** Documents as text; a name that is taken gets a number, with a namespace all go there. */
  | { readonly kind: 'paste'; readonly text: string; readonly namespace?: string }
  | { readonly kind: 'remove'; readonly what: readonly Removable[] };

/** Where a policy applies. */
export type PolicyScope =
  | { readonly kind: 'mesh' }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'workload'; readonly id: WorkloadId };

/** A policy as it is dropped onto what it applies to: the least that is one of its kind. */
export type NewPolicy =
  | { readonly kind: 'PeerAuthentication'; readonly mode: MtlsModeName }
  /** `deny-all` refuses whatever else allows; `allow-nothing` refuses what nothing else allows. */
  | { readonly kind: 'AuthorizationPolicy'; readonly preset: 'deny-all' | 'allow-nothing' }
  /** Trusts an issuer whose tokens this mesh can mint. */
  | { readonly kind: 'RequestAuthentication'; readonly issuer: string }
  /** How clients speak to the hosts in scope. */
  | { readonly kind: 'DestinationRule'; readonly tls: 'ISTIO_MUTUAL' | 'SIMPLE' | 'DISABLE' }
  /** Narrows what its proxies see to their own namespace and istiod's. */
  | { readonly kind: 'Sidecar' };

export type Removable =
  | { readonly kind: 'workload'; readonly id: WorkloadId }
  | { readonly kind: 'namespace'; readonly name: string }
  /** A Service of the Kubernetes registry. */
  | { readonly kind: 'service'; readonly namespace: string; readonly name: string }
  /** Any other document: a policy, a ServiceEntry, an issuer ... */
  | { readonly kind: 'resource'; readonly id: ResourceId };

/** Services, accounts, Secrets, gateways, issuers and policies are named by their resource. */
export type Nameable = Exclude<Removable, { readonly kind: 'service' }>;

export type IntentionOf<Kind extends Intention['kind']> = Extract<Intention, { readonly kind: Kind }>;

/** The text and what it means. */
export interface Drawing {
  readonly files: readonly WorkspaceFile[];
  readonly parsed: ParsedWorkspace;
  readonly mesh: Mesh;
  readonly material: Material;
}

/** What new documents carry and editing cannot make: keys and certificates. */
export interface Material {
  /** The key set (JSON) of the mesh's own issuer of that name. */
  readonly keySet: (issuer: string) => string;
  /** Data of a Secret `cacerts`: an intermediate below a root of its own. */
  readonly pluggedInCa: () => Readonly<Record<string, string>>;
}

export type Drawn = Result<Change, Refusal>;

export interface Change {
  /** Of the given text; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /** What was made or changed: the resource to look at afterwards. */
  readonly select?: ResourceId;
  /** Resources that have another name or namespace now: positions, saved calls follow. */
  readonly moved: readonly Moved[];
  /** Resources that were pasted: by the id they have in the pasted text, and the one they got. */
  readonly copies?: readonly Moved[];
  /** What a person should look at: the change did not or could not bring it along. */
  readonly left: readonly LeftBehind[];
}

export interface Moved {
  readonly from: ResourceId;
  readonly to: ResourceId;
}

export type LeftBehindCode =
  /** It names what is gone, or by its old name. */
  | 'dangling-reference'
  /** It selects by a label that others carry too. */
  | 'shared-selector'
  /** Nobody is left whom it selects. */
  | 'selects-nobody'
  /** It selects or names somebody whom it did not before. */
  | 'selects-newcomer';

/** A place, named as it is after the change, that still says what was so before it. */
export interface LeftBehind {
  readonly code: LeftBehindCode;
  /** As written there. */
  readonly value: string;
  readonly origin: Origin;
}

export type RefusalCode =
  /** What the intention is about is not in the text. */
  | 'not-there'
  | 'name-invalid'
  | 'name-taken'
  | 'port-invalid'
  /** The webhook would refuse what would be written; its own words. */
  | 'rejected'
  /** It is so already. */
  | 'nothing-to-do'
  /** The workload carries no label that would select it alone. */
  | 'no-labels'
  /** Principals come from mutual TLS: without a proxy at both ends there is none to allow. */
  | 'no-identity'
  /** Such a policy does not apply to such a scope. */
  | 'not-for-this-scope'
  /** A namespace that Istio itself lives in cannot have another name. */
  | 'system-namespace'
  /** The pasted text is not YAML, or holds no resource. */
  | 'nothing-to-paste'
  /** The text says it in a way (an anchor that others share, say) that no small edit changes. */
  | 'text-resists';

export interface Refusal {
  readonly code: RefusalCode;
  readonly params: Readonly<Record<string, string>>;
}
