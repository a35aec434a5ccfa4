/**
 * What the page and the engine say to each other: closed unions of plain, structured-clonable data,
 * so that a web worker, the in-process client of tests and a host's own worker are interchangeable.
 *
 * Rules. The page owns the revision: it grows with every edit and every request names it. An answer
 * carries the revision it was computed for; the client drops what is older than the newest request
 * of its kind. Nothing here is a sentence for a user: codes and parameters, spelled by i18n. Private
 * keys stay on the engine's side except those that the user's own call carries.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { ResourceId, WorkloadId } from '../base/ids.ts';
import type { SourceRange } from '../base/origin.ts';
import type { Result } from '../base/result.ts';
import type { ConsoleCommand, ConsoleOutput } from '../console/types.ts';
import type {
  ChangePreview,
  CsrFailure,
  CsrStep,
  CurveWalk,
  DisturbanceKind,
  Drawn,
  Fix,
  Intention,
  IntentionOf,
  Refusal,
  Removable,
  RotationPlan,
  RotationView,
  WhatBreaks,
} from '../engine.ts';
import type { Call } from '../trace/call.ts';
import type { Reason } from '../trace/step.ts';
import type { CallSummary } from '../trace/summary.ts';
import type { Trace } from '../trace/trace.ts';
import type { CertificateView, HandshakeBytes, IdentityView } from './certificateView.ts';
import type { ConnectionsQuery, ConnectionsView } from './connectionsView.ts';
import type { LanguageAnswers, LanguageQuery, LocatedOrigin } from './languageView.ts';
import type { MeshGraph } from './meshGraph.ts';
import type { PoliciesView, ProxyConfigView } from './proxyView.ts';
import type { SdsPushesView, SdsView, SecretHold } from './sdsView.ts';
import type { SecurityView } from './securityView.ts';
import type { SuggestionsView } from './suggestionsView.ts';
import type { Breakage, MintedView, TokenView } from './tokenView.ts';

export type { LeftBehindCode, RefusalCode } from '../engine.ts';

export interface WorkspaceFileText {
  readonly name: string;
  readonly text: string;
}

/** The world around the YAML: clock, seed, and what the files cannot say. */
export interface WorkspaceOptions {
  /** The mesh clock, milliseconds since the epoch. */
  readonly now: number;
  readonly seed: string;
  /** Addresses by `pod ns/name`, `service ns/name`, `load balancer ns/name`, `outside`. */
  readonly addresses?: Readonly<Record<string, string>>;
  /** Certificates (and keys) by name that applications serve with. */
  readonly pems?: Readonly<Record<string, string>>;
  readonly trustDomains?: Readonly<Record<string, string>>;
  readonly presentRoot?: boolean;
}

/** Opens a workspace or replaces its text; the answer is everything a view of the mesh needs. */
export interface WorkspaceQuery {
  readonly kind: 'open-workspace' | 'update';
  readonly revision: number;
  readonly files: readonly WorkspaceFileText[];
  readonly options: WorkspaceOptions;
}
export interface WorkspaceAnswer {
  readonly graph: MeshGraph;
  /** With `range` wherever the text has a place for it. */
  readonly diagnostics: readonly Diagnostic[];
  readonly outline: readonly OutlineEntry[];
}

/** One document of the text, in order. */
export interface OutlineEntry {
  readonly file: string;
  readonly range: SourceRange;
  /** Absent when the document is not a resource (syntax error, no kind ...). */
  readonly resource?: ResourceId;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly status: 'in-force' | 'rejected' | 'shadowed' | 'unsupported' | 'invalid';
}

export interface SendQuery {
  readonly kind: 'send';
  readonly revision: number;
  readonly call: Call;
  /** Draws lots; the same seed draws the same. Absent: the workspace's seed. */
  readonly seed?: string;
  /** Every outcome is wanted, however the lots fall. */
  readonly outcomes?: boolean;
  /** Open connections that it may go over (ConnectionsQuery); absent: each is a new one. */
  readonly standing?: readonly number[];
  /** Absent: gateways started with this text, and are ready. */
  readonly gateways?: GatewayMomentName;
}
/** `running`: since an earlier text; `starting`: less than 15 seconds ago. */
export type GatewayMomentName = 'running' | 'starting';

export interface SendAnswer {
  readonly trace: Trace;
  /** Every origin the trace names that has a place in the text. */
  readonly located: readonly LocatedOrigin[];
  /** Every certificate the trace names by fingerprint. */
  readonly certificates: readonly CertificateView[];
  /** Every outcome that the call can have, once each; one unless they were asked for. */
  readonly outcomes: readonly CallSummary[];
}

export interface ProxyConfigQuery {
  readonly kind: 'proxy-config';
  readonly revision: number;
  readonly workload: WorkloadId;
}
export interface IdentityQuery {
  readonly kind: 'identity';
  readonly revision: number;
  readonly workload: WorkloadId;
}
export interface PoliciesQuery {
  readonly kind: 'policies';
  readonly revision: number;
  readonly workload: WorkloadId;
}
/** The bytes of one handshake of a trace: `connection` and `layer` are those of its TlsHandshakeStep. */
export interface HandshakeQuery {
  readonly kind: 'handshake';
  readonly revision: number;
  readonly call: Call;
  /** The seed that the call was sent with. */
  readonly seed?: string;
  readonly connection: number;
  readonly layer: number;
  /** As the call was sent. */
  readonly standing?: readonly number[];
  readonly gateways?: GatewayMomentName;
}

/** A key exchange of a handshake, as arithmetic; bytes are hex. */
export interface CurveQuery {
  readonly kind: 'curve';
  readonly revision: number;
  readonly group: 'x25519' | 'secp256r1' | 'secp384r1' | 'secp521r1';
  readonly secret: string;
  /** Absent: the base point, which makes the public key. */
  readonly peer?: string;
}

/** How the proxy of a workload comes by its certificate. */
export interface CsrFlowQuery {
  readonly kind: 'csr-flow';
  readonly revision: number;
  readonly workload: WorkloadId;
}
export interface CsrFlowView {
  readonly steps: readonly CsrStep[];
  readonly failure?: Pick<CsrFailure, 'code' | 'retried' | 'event'> & {
    /** What the agent logs. */
    readonly log: string;
  };
  /** The end hangs on something outside the mesh. */
  readonly unknown: boolean;
}

/** The secrets that the proxy of a workload asks for. */
export interface SdsQuery {
  readonly kind: 'sds';
  readonly revision: number;
  readonly workload: WorkloadId;
}

/** What this revision pushes to the gateways that run; `before` as the last answer had it. */
export interface SdsPushesQuery {
  readonly kind: 'sds-pushes';
  readonly revision: number;
  readonly before: readonly SecretHold[];
}

/** Every certificate of the mesh, for its place in time. */
export interface CertificatesQuery {
  readonly kind: 'certificates';
  readonly revision: number;
}
export interface CertificateListView {
  /** The mesh clock. */
  readonly now: number;
  readonly certificates: readonly {
    readonly certificate: CertificateView;
    readonly holders: readonly CertificateHolder[];
    /** When its holder renews it: earliest and latest moment. Absent: nobody does. */
    readonly renewal?: { readonly earliest: number; readonly latest: number };
  }[];
  readonly proxiesLeftOut: number;
}
export interface CertificateHolder {
  readonly kind: 'proxy' | 'signer' | 'anchor' | 'secret' | 'cert-manager' | 'mesh-config' | 'caller';
  readonly name: string;
}

/** The security dashboards: doors and policies of the mesh, edges of these calls. */
export interface SecurityQuery {
  readonly kind: 'security';
  readonly revision: number;
  readonly calls: readonly { readonly id: string; readonly call: Call }[];
}

/** One command of kubectl or istioctl; what it changes comes back as edits. */
export interface ConsoleQuery extends ConsoleCommand {
  readonly kind: 'console';
  readonly revision: number;
}

/** The call as a packet capture. */
export interface ExportPcapQuery {
  readonly kind: 'export-pcap';
  readonly revision: number;
  readonly call: Call;
  /** The seed that the call was sent with. */
  readonly seed?: string;
}
export interface ExportPcapAnswer {
  /** A .pcap file: every hop, Ethernet to TLS. */
  readonly pcap: Uint8Array;
  /** NSS key log; empty without TLS. */
  readonly keyLog: string;
}

/** What one change would let this refused call through? Costs many evaluations: ask on demand. */
export interface SuggestQuery {
  readonly kind: 'suggest';
  readonly revision: number;
  readonly call: Call;
}

/** A token, as typed, against every jwtRule in force on a proxy; '' asks for the rules alone. */
export interface InspectTokenQuery {
  readonly kind: 'inspect-token';
  readonly revision: number;
  readonly at: WorkloadId;
  readonly token: string;
}

/** A token of the mesh's issuer of that name, whole or broken in one way. */
export interface MintTokenQuery {
  readonly kind: 'mint-token';
  readonly revision: number;
  readonly issuer: string;
  /** A JSON object, as typed. */
  readonly claims: string;
  readonly breakage?: Breakage;
}

/** The edits that carry out what somebody draws, of the revision that was asked about. */
export interface EditQuery {
  readonly kind: 'edit';
  readonly revision: number;
  readonly intention: Intention;
}

/** What a policy that allows one workload to call another would open and close besides. */
export interface PreviewAllowQuery {
  readonly kind: 'preview-allow';
  readonly revision: number;
  readonly intention: IntentionOf<'allow-call'>;
}

/** Things of the mesh as YAML text, for the clipboard. */
export interface ExcerptQuery {
  readonly kind: 'excerpt';
  readonly revision: number;
  readonly what: readonly Removable[];
}

/** Edits that would mend a diagnostic of this revision. */
export interface FixesQuery {
  readonly kind: 'fixes';
  readonly revision: number;
  readonly diagnostic: Diagnostic;
}

/** What breaks under a disturbance of keys or clocks: `calls` and the mesh's own edges are made again. */
export interface WhatBreaksQuery {
  readonly kind: 'what-breaks';
  readonly revision: number;
  readonly disturbance: DisturbanceKind;
  readonly calls: readonly Call[];
}

/** The root of an authority is replaced, an hour from now; `gap` milliseconds between two steps. */
export interface RotateRootQuery {
  readonly kind: 'rotate-root';
  readonly revision: number;
  readonly authority: string;
  readonly plan: RotationPlan;
  readonly gap: number;
  readonly calls: readonly Call[];
}

export type EngineQuery =
  | WhatBreaksQuery
  | RotateRootQuery
  | WorkspaceQuery
  | SendQuery
  | ProxyConfigQuery
  | IdentityQuery
  | PoliciesQuery
  | SuggestQuery
  | EditQuery
  | PreviewAllowQuery
  | ExcerptQuery
  | FixesQuery
  | InspectTokenQuery
  | MintTokenQuery
  | HandshakeQuery
  | CsrFlowQuery
  | SdsQuery
  | SdsPushesQuery
  | CertificatesQuery
  | SecurityQuery
  | ConsoleQuery
  | ExportPcapQuery
  | ConnectionsQuery
  | CurveQuery
  | LanguageQuery;

/** What each kind of query is answered with; `undefined` where the revision has no such thing. */
export interface EngineAnswers extends LanguageAnswers {
  'open-workspace': WorkspaceAnswer;
  update: WorkspaceAnswer;
  send: SendAnswer;
  'proxy-config': ProxyConfigView | undefined;
  identity: IdentityView | undefined;
  policies: PoliciesView | undefined;
  suggest: SuggestionsView | undefined;
  edit: Drawn | undefined;
  'preview-allow': Result<ChangePreview, Refusal> | undefined;
  excerpt: string | undefined;
  fixes: readonly Fix[] | undefined;
  'inspect-token': TokenView | undefined;
  'mint-token': MintedView | undefined;
  handshake: HandshakeBytes | undefined;
  'csr-flow': CsrFlowView | undefined;
  sds: SdsView | undefined;
  'sds-pushes': SdsPushesView | undefined;
  certificates: CertificateListView | undefined;
  connections: ConnectionsView | undefined;
  curve: CurveWalk | undefined;
  security: SecurityView | undefined;
  console: ConsoleOutput | undefined;
  'export-pcap': ExportPcapAnswer | undefined;
  'what-breaks': WhatBreaks | undefined;
  'rotate-root': RotationView | undefined;
}

export type EngineRequest =
  | { readonly id: number; readonly query: EngineQuery }
  /** The page no longer wants the answer to request `id`; none need come. */
  | { readonly id: number; readonly cancel: true };

export type EngineResponse =
  | {
      readonly id: number;
      readonly kind: 'answer';
      readonly revision: number;
      readonly answer: EngineAnswers[EngineQuery['kind']];
    }
  /** Not computed: a newer revision is already here. */
  | { readonly id: number; readonly kind: 'stale'; readonly revision: number }
  /** Our own bug (an invariant broke), caught at the boundary. */
  | { readonly id: number; readonly kind: 'internal-error'; readonly message: string; readonly stack?: string };

/** The reply a client hands to its caller; `stale` and `cancelled` are for ignoring. */
export type EngineReply<K extends EngineQuery['kind']> =
  | { readonly kind: 'answer'; readonly revision: number; readonly answer: EngineAnswers[K] }
  | { readonly kind: 'stale' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'internal-error'; readonly reason: Reason };

export interface EngineClient {
  ask<Q extends EngineQuery>(query: Q, signal?: AbortSignal): Promise<EngineReply<Q['kind']>>;
  dispose(): void;
}
