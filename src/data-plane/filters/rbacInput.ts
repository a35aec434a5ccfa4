/**
 * What authorization policies can look at: the connection and, on HTTP chains, the request as the
 * filters before left it. Identities are read off the peer's certificate in Envoy's order.
 */
import type { Certificate } from '../../pki/types.ts';
import type { HttpRequest } from '../wire.ts';
import type { DownstreamInfo } from './filter.ts';

export interface RbacInput {
  readonly downstream: DownstreamInfo;
  /** Client address after X-Forwarded-For handling; on TCP the socket's peer. */
  readonly remoteIp: string;
  /** Absent on TCP chains. */
  readonly request?: HttpRequest;
  readonly jwtPayload?: Readonly<Record<string, unknown>>;
  readonly dynamicMetadata?: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

/**
 * The texts an `authenticated` principal is compared with: URI names, DNS names, subject. Undefined
 * without TLS; with TLS but no client certificate only the empty subject.
 */
export function peerNames(downstream: DownstreamInfo): readonly string[] | undefined {
  if (!downstream.tls) return undefined;
  const [leaf] = downstream.peerChain;
  if (leaf === undefined) return NO_CERTIFICATE;
  const known = namesOf.get(leaf) ?? readNames(leaf);
  namesOf.set(leaf, known);
  return known;
}

const NO_CERTIFICATE: readonly string[] = [''];
const namesOf = new WeakMap<Certificate, readonly string[]>();

function readNames(leaf: Certificate): readonly string[] {
  const names = leaf.subjectAltNames ?? [];
  const ofKind = (kind: string): readonly string[] => names.filter((n) => n.kind === kind).map((n) => n.value);
  return [...ofKind('uri'), ...ofKind('dns'), leaf.subject.text];
}

/** The path that `paths` are compared with: neither query nor fragment. */
export const rbacPath = (request: HttpRequest): string => /^[^?#]*/.exec(request.path)?.[0] ?? '';

/** The value at a path of nested objects; lists are not entered. */
export function claimValue(payload: RbacInput['jwtPayload'], path: readonly string[]): unknown {
  let value: unknown = payload;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}
