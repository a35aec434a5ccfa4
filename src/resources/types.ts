/**
 * A typed Kubernetes resource as the user wrote it. `spec` (and `data` and the like) keep the
 * public API's JSON shape and field names: parsing checks types and drops what has the wrong one
 * (with a diagnostic), it does not rename, default or normalise. Defaults belong to mesh/ and
 * control-plane/, where istiod applies them.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { ResourceId } from '../base/ids.ts';
import type { Origin, SourceRange } from '../base/origin.ts';

export interface WorkspaceFile {
  readonly name: string;
  readonly text: string;
}

export interface ResourceMeta {
  readonly id: ResourceId;
  /** API group, '' for core; e.g. `networking.istio.io`. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** '' for cluster-scoped kinds; `default` where a namespaced resource names none. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch; absent when the text has no creationTimestamp. */
  readonly creationTimestamp?: number;
  /** Rises along the documents of the workspace (files in order, then documents in order); see documentRanks. */
  readonly order: number;
}

/** `Body` is what stands beside apiVersion, kind and metadata: usually `{ spec: ... }`. */
export type Resource<Kind extends string = string, Body = unknown> = ResourceMeta & {
  readonly kind: Kind;
  readonly body: Body;
};

export interface ParsedWorkspace {
  /** What is in force: rejected documents are not in it; of two with one id the later counts. */
  readonly resources: readonly Resource[];
  /** Documents that the validation webhook refuses, with its message (the API's own words). */
  readonly rejected: readonly WebhookFinding[];
  readonly warnings: readonly WebhookFinding[];
  readonly diagnostics: readonly Diagnostic[];
  /** The range of a field, or of the nearest ancestor that exists in the text. */
  readonly locate: (origin: Origin) => SourceRange | undefined;
}

/** What the webhook says of one document. */
export interface WebhookFinding {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The whole sentence as the API server relays it; several causes are a list. */
  readonly message: string;
  readonly resource: ResourceId;
  /** The field of the first cause. */
  readonly origin: Origin;
  /** Its place in the text: a refused document may share its id with one that is in force. */
  readonly range: SourceRange;
  readonly causes: readonly WebhookCause[];
  /** Of a refused document: warnings that the API server does not relay (istioctl does). */
  readonly unrelayedWarnings: readonly WebhookCause[];
}

/** One sentence of a finding and the field that it is about, as exactly as the rule allows. */
export interface WebhookCause {
  readonly message: string;
  readonly origin: Origin;
  readonly range: SourceRange;
}
