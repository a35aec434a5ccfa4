/**
 * Envoy's jwt_authn filter as istiod configures it: a request without a token passes, one with a bad
 * token is refused. Several rules are "any of them; else each one's token must be good or missing":
 * the first that accepts ends the search, so tokens of rules after it are never looked at.
 * Records one step with every check of every token. Authority: Envoy
 * source/extensions/filters/http/jwt_authn/{filter,verifier,authenticator}.cc.
 */
import type { HttpJwtAuthn, JwtProvider } from '../../control-plane/envoy/authz.ts';
import { rsaPublicKey } from '../../crypto/keys.ts';
import {
  checkToken,
  type JwtStatus,
  jwtStatusText,
  type ParsedKeySet,
  parseKeySet,
  type TokenVerdict,
} from '../../jwt/index.ts';
import type { JwtStep } from '../../trace/step.ts';
import { headerValue } from '../routing/routeMatch.ts';
import type { HttpRequest } from '../wire.ts';
import type { FilterContext, FilterResult, FilterState, LocalReply } from './filter.ts';
import { type FoundToken, findTokens, originalUri, withoutHeader } from './jwtAuthnLocations.ts';
import { normalizedPayload, tokenHeaderNames, tokenHeaders } from './jwtAuthnPayload.ts';
import { requestPrincipal } from './rbacExplain.ts';

type Checks = JwtStep['checks'][number][];

export function runJwtAuthn(
  jwt: HttpJwtAuthn,
  state: FilterState,
  context: Pick<FilterContext, 'record' | 'now'>,
): FilterResult {
  for (const name of jwt.providers.flatMap(tokenHeaderNames)) state.request = withoutHeader(state.request, name);
  const refusedOrigins = jwt.providers.map(({ origin }) => origin);
  if (jwt.bypassCorsPreflight && isPreflight(state)) {
    context.record({ kind: 'jwt-check', result: 'bypassed', checks: [], origins: refusedOrigins });
    return { kind: 'continue' };
  }
  const uri = originalUri(state.request);
  const run: Run = { state, now: context.now, checks: [], seen: new Set() };
  const outcome = verifyAll(jwt.providers, run);
  const { checks } = run;
  if (outcome.status === 'ok') {
    const principal = requestPrincipal(state.jwtPayload);
    context.record({
      kind: 'jwt-check',
      result: outcome.provider === undefined ? 'no-token' : 'accepted',
      checks,
      ...(principal === undefined ? {} : { principal }),
      origins: outcome.provider === undefined ? refusedOrigins : [outcome.provider.origin],
    });
    return { kind: 'continue' };
  }
  const reply = refusal(outcome.status, uri);
  const deciding = checks.findLast(({ passed }) => !passed)?.origin;
  context.record({
    kind: 'jwt-check',
    result: 'refused',
    status: reply.status,
    message: reply.body,
    checks,
    origins: deciding === undefined ? refusedOrigins : [deciding],
  });
  return reply;
}

function isPreflight({ request }: FilterState): boolean {
  const present = (name: string): boolean => (headerValue(request, name) ?? '') !== '';
  return request.method === 'OPTIONS' && present('origin') && present('access-control-request-method');
}

/** A wrong audience is 403, everything else 401. */
function refusal(status: JwtStatus, uri: string): LocalReply {
  const body = jwtStatusText(status);
  const error = status === 'missed' ? '' : ', error="invalid_token"';
  return {
    kind: 'local-reply',
    status: status === 'audience-not-allowed' ? 403 : 401,
    body,
    headers: [['www-authenticate', `Bearer realm="${uri}"${error}`]],
    details: `jwt_authn_access_denied{${body.replaceAll(' ', '_')}}`,
    flags: [],
  };
}

/** One pass of a request through the filter. */
interface Run {
  readonly state: FilterState;
  readonly now: number;
  readonly checks: Checks;
  /** Providers whose checks are recorded: istiod's requirement asks each twice. */
  readonly seen: Set<JwtProvider>;
}

interface Outcome {
  readonly status: JwtStatus;
  /** Who accepted a token. */
  readonly provider?: JwtProvider;
}

/** ANY(P0, missing) for one provider, ANY(P0, P1, ..., ALL(ANY(P0, missing), ...)) for several. */
function verifyAll(providers: readonly JwtProvider[], run: Run): Outcome {
  const failures: JwtStatus[] = [];
  for (const provider of providers) {
    const status = verifyProvider(provider, run);
    if (status === 'ok') return { status, provider };
    failures.push(status);
  }
  if (providers.length > 1) {
    const together = providers.map((provider) => verifyProvider(provider, run));
    const failed = together.find((status) => status !== 'ok' && status !== 'missed');
    if (failed === undefined) return { status: 'ok' };
    failures.push(failed);
  }
  const status = reported(failures);
  return { status: status === 'missed' && providers.length === 1 ? 'ok' : status };
}

/** Of several failures the last that says more than "not mine" is reported. */
function reported(failures: readonly JwtStatus[]): JwtStatus {
  let final: JwtStatus = 'missed';
  for (const status of failures) {
    if ((status !== 'missed' && status !== 'unknown-issuer') || final === 'missed') final = status;
  }
  return final;
}

/** All tokens of one provider must be good; each good one takes effect at once. */
function verifyProvider(provider: JwtProvider, run: Run): JwtStatus {
  const tokens = findTokens(provider, run.state.request);
  if (tokens.length === 0) return 'missed';
  const first = !run.seen.has(provider);
  run.seen.add(provider);
  for (const found of tokens.toReversed()) {
    const verdict = judgeToken(provider, found.token, run.now);
    if (first) record(provider, found, verdict, run.checks);
    if (verdict.status !== 'ok' || verdict.token === undefined) return verdict.status;
    // Added before the token goes: a header that is both vanishes.
    const request: HttpRequest = {
      ...run.state.request,
      headers: [...run.state.request.headers, ...tokenHeaders(provider, verdict.token)],
    };
    run.state.request = provider.forward ? request : found.remove(request);
    run.state.jwtPayload = normalizedPayload(provider, verdict.token.payload);
  }
  return 'ok';
}

const FIELD_OF_CHECK: Readonly<Record<string, string>> = {
  issuer: 'issuer',
  audience: 'audiences',
};

function record(provider: JwtProvider, found: FoundToken, verdict: TokenVerdict, checks: Checks): void {
  for (const { check, passed, wanted, saw } of verdict.checks) {
    const field = FIELD_OF_CHECK[check];
    const aboutKeys = check === 'keys' || check === 'matching-key' || check === 'signature';
    const { resource, path } = provider.origin;
    const unreachable = check === 'keys' && provider.keys.kind === 'unreachable';
    checks.push({
      provider: provider.name,
      location: found.location,
      check,
      passed: passed && !unreachable,
      ...(unreachable ? { wanted: provider.keys.uri, saw: 'unreachable' } : {}),
      ...(wanted === undefined || unreachable ? {} : { wanted }),
      ...(saw === undefined || unreachable ? {} : { saw }),
      origin: aboutKeys
        ? provider.keys.origin
        : field === undefined
          ? provider.origin
          : { resource, path: [...path, field] },
    });
  }
}

/** Verdicts by provider, and by time and token: the same token is judged on many calls. */
interface Remembered {
  readonly keys: ParsedKeySet;
  readonly verdicts: Map<string, TokenVerdict>;
}
const remembered = new WeakMap<JwtProvider, Remembered>();
const MAX_REMEMBERED = 1_000;

/** All checks of one token as this provider makes them; what a token bench shows. */
export function judgeToken(provider: JwtProvider, token: string, now: number): TokenVerdict {
  const memory = remembered.get(provider) ?? { keys: keysOf(provider), verdicts: new Map<string, TokenVerdict>() };
  remembered.set(provider, memory);
  const name = `${now} ${token}`;
  const known = memory.verdicts.get(name);
  if (known !== undefined) return known;
  const { issuer, audiences } = provider;
  const verdict = checkToken(token, { issuer, audiences, keys: memory.keys }, now);
  if (memory.verdicts.size >= MAX_REMEMBERED) memory.verdicts.clear();
  memory.verdicts.set(name, verdict);
  return verdict;
}

/** Nobody has the private half: no token verifies, whatever its key id. */
const THROW_AWAY_KEY: ParsedKeySet = {
  ok: true,
  keys: [{ kid: '', alg: '', key: rsaPublicKey((1n << 2047n) + 981n, 65_537n) }],
  unusable: [],
};

const keysOf = ({ keys }: JwtProvider): ParsedKeySet =>
  keys.kind === 'unreachable' ? THROW_AWAY_KEY : parseKeySet(keys.jwks);
