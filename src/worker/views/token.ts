/**
 * The token bench: judges a token by every jwtRule in force on a proxy, and mints tokens with the
 * mesh's own issuers. One issuer for each name, with a key derived from the mesh's seed, so that a
 * rule can be made to trust it by one edit.
 */
import type { Origin } from '../../base/origin.ts';
import {
  type Claims,
  type CompiledMesh,
  inspectToken,
  jwtStatusText,
  keySetEdit,
  mintForMesh,
  peekToken,
  type WorkspaceFile,
} from '../../engine.ts';
import type { InspectTokenQuery, MintTokenQuery } from '../protocol.ts';
import type { MintedView, TokenView } from '../tokenView.ts';
import { rangeOf } from './located.ts';

export async function tokenView(
  compiled: CompiledMesh,
  files: readonly WorkspaceFile[],
  { at, token }: InspectTokenQuery,
): Promise<TokenView | undefined> {
  const typed = token.trim().replace(/^Bearer\s+/i, '');
  const judged = inspectToken(compiled, at, typed);
  if (judged === undefined) return undefined;
  const { header, payload } = peekToken(typed);
  return {
    ...(header === undefined ? {} : { header: JSON.stringify(header, null, 2) }),
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload, null, 2) }),
    rules: await Promise.all(
      judged.map(async ({ provider, verdict }) => {
        const { origin, issuer, audiences, keys } = provider;
        const trustsMesh = trustsMeshIssuer(compiled, at, origin, issuer, audiences);
        const edit = trustsMesh ? undefined : await keySetEdit(compiled, files, origin, issuer);
        return {
          origin,
          ...rangeOf(compiled, origin),
          issuer,
          audiences,
          keys: keys.kind,
          trustsMesh,
          ...(edit === undefined ? {} : { trustEdit: edit }),
          accepted: verdict.status === 'ok',
          message: jwtStatusText(verdict.status),
          checks: typed === '' ? [] : verdict.checks,
        };
      }),
    ),
  };
}

/** Told by the rule itself: does it accept a good token that the mesh mints? */
function trustsMeshIssuer(
  compiled: CompiledMesh,
  at: InspectTokenQuery['at'],
  rule: Origin,
  issuer: string,
  audiences: readonly string[],
): boolean {
  const { token } = mintForMesh(compiled, issuer, {
    iss: issuer,
    ...(audiences[0] === undefined ? {} : { aud: audiences[0] }),
  });
  const path = JSON.stringify(rule);
  return (inspectToken(compiled, at, token) ?? []).some(
    ({ provider, verdict }) => verdict.status === 'ok' && JSON.stringify(provider.origin) === path,
  );
}

export function mintedView(compiled: CompiledMesh, { issuer, claims, breakage }: MintTokenQuery): MintedView {
  const object = objectIn(claims);
  if (object === undefined) return { kind: 'claims-not-an-object' };
  return { kind: 'minted', ...mintForMesh(compiled, issuer, object, breakage) };
}

function objectIn(text: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}
