/**
 * What somebody who draws can mean, as plain data, and what carrying it out is given and gives back.
 * An intention names things of the mesh; how the YAML says it is decided by the module of its kind.
 */
import type { ResourceId, WorkloadId } from '../../base/ids.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { ParsedWorkspace, WorkspaceFile } from '../../resources/types.ts';
import type { TextEdit } from '../textEdit.ts';

export type MtlsModeName = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** Names are wishes: one that is taken gets a number. */
export type Intention =
  | { readonly kind: 'add-namespace'; readonly name: string; readonly injection: boolean }
  | {
      readonly kind: 'add-workload';
      readonly namespace: string;
      readonly name: string;
      /** Where its application listens; its Service takes HTTP on port 80 to there. */
      readonly port: number;
    }
  | { readonly kind: 'add-ingress-gateway'; readonly namespace: string }
  | { readonly kind: 'add-egress-gateway'; readonly namespace: string }
  | {
      readonly kind: 'add-external-server';
      /** DNS name of a server beyond the mesh. */
      readonly host: string;
      readonly namespace: string;
      readonly port: number;
    }
  | { readonly kind: 'add-issuer'; readonly name: string }
  | {
      readonly kind: 'set-peer-authentication';
      readonly namespace: string;
      /** Absent: for the whole namespace. */
      readonly workload?: WorkloadId;
      readonly mode: MtlsModeName;
    }
  | { readonly kind: 'allow-call'; readonly caller: WorkloadId; readonly target: WorkloadId }
  | { readonly kind: 'remove'; readonly what: readonly Removable[] };

export type Removable =
  | { readonly kind: 'workload'; readonly id: WorkloadId }
  | { readonly kind: 'namespace'; readonly name: string }
  /** A Service of the Kubernetes registry. */
  | { readonly kind: 'service'; readonly namespace: string; readonly name: string };

export type IntentionOf<Kind extends Intention['kind']> = Extract<Intention, { readonly kind: Kind }>;

/** The text and what it means. */
export interface Drawing {
  readonly files: readonly WorkspaceFile[];
  readonly parsed: ParsedWorkspace;
  readonly mesh: Mesh;
}

export interface Drawn {
  /** Of the given text; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /** What was made or changed: the resource to look at afterwards. */
  readonly select?: ResourceId;
}
