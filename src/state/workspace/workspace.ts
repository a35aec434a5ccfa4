/**
 * A workspace: everything a person made, as plain data. What is derived (graph, traces) is not in
 * it. Stored and shared in exactly this shape; `schema` grows with every incompatible change and
 * migrations.ts brings older ones up.
 */
import type { LocalizedText } from '../../base/localizedText.ts';
import type { TlsVersion } from '../../trace/call.ts';
import type { Disposition } from '../../trace/trace.ts';
import type { WorkspaceFileText } from '../../worker/protocol.ts';

export const WORKSPACE_SCHEMA = 1;

export interface Workspace {
  readonly schema: typeof WORKSPACE_SCHEMA;
  readonly name: LocalizedText;
  /** The example it was made from, for "start again". */
  readonly example?: string;
  readonly files: readonly WorkspaceFileText[];
  readonly calls: readonly SavedCall[];
  /** Node id to where it was put; a node in a room counts from the room's corner. */
  readonly positions: Places;
  /** Namespaces that are shown closed, as one card each. */
  readonly collapsed?: readonly string[];
  readonly world: World;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

export type Places = Readonly<Record<string, Placed>>;

export interface Placed extends Position {
  /** By a layout, or to make way; absent: by hand, and no layout moves it unless it is asked to move everything. */
  readonly auto?: true;
}

/** What is around the YAML: clock, seed, addresses, and the certificates and tokens callers hold. */
export interface World {
  /** RFC 3339; the mesh clock stands still. */
  readonly now: string;
  readonly seed: string;
  readonly addresses: Readonly<Record<string, string>>;
  readonly pems: Readonly<Record<string, PemEntry>>;
  readonly tokens: Readonly<Record<string, string>>;
}

export interface PemEntry {
  /** One or more certificates: end entity first, then intermediates. */
  readonly certificates: string;
  readonly key?: string;
  /** Files that command lines may name it by: the certificates', then the key's. */
  readonly paths?: readonly string[];
}

/** A call as the request bar holds it: certificates and tokens by their names in the world. */
export interface CallDraft {
  /** `outside` or `namespace/workload`. */
  readonly from: string;
  readonly container: 'app' | 'istio-proxy';
  readonly protocol: 'http' | 'tcp';
  /** URL as typed; for tcp `host:port`. */
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Name of a token sent as `Authorization: Bearer`. */
  readonly token?: string;
  /** Names given to --cacert; [] is the operating system's own bundle. */
  readonly cacert: readonly string[];
  /** Name given to --cert and --key. */
  readonly cert?: string;
  readonly insecure: boolean;
  readonly tlsMin?: TlsVersion;
  readonly tlsMax?: TlsVersion;
  readonly httpVersion: '1.0' | '1.1' | '2';
  readonly pathAsIs: boolean;
  /** Service `ns/name`, workload, or literal address. */
  readonly connectTo?: string;
  /** Others like it that are under way; absent: none. */
  readonly alongside?: number;
}

export interface SavedCall extends CallDraft {
  readonly id: string;
  readonly name: LocalizedText;
  /** What this call is there to show: shown with its verdict. */
  readonly note?: LocalizedText;
  /** Calls of one group stand together. */
  readonly group?: string;
  /** What must become of it; absent: nothing is expected. */
  readonly expect?: Expectation;
}

/** What is left out is not compared. */
export interface Expectation {
  readonly kind: Exclude<Disposition['kind'], 'cannot-tell'>;
  /** HTTP status that the caller sees. */
  readonly status?: number;
  readonly curlExit?: number;
  /** The workload whose application answers. */
  readonly servedBy?: string;
  /** ResourceId of the policy that a refusal is put down to. */
  readonly by?: string;
}

export const EMPTY_DRAFT: CallDraft = {
  from: 'outside',
  container: 'app',
  protocol: 'http',
  url: '',
  method: 'GET',
  headers: [],
  cacert: [],
  insecure: false,
  httpVersion: '1.1',
  pathAsIs: false,
};

/** The draft of a saved call: the same fields alone. */
export function draftOf(call: SavedCall): CallDraft {
  const { id: _id, name: _name, note: _note, group: _group, expect: _expect, ...draft } = call;
  return draft;
}
