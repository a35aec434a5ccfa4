/**
 * All checks of one token against one issuer's rules, in Envoy's order, each recorded with what it
 * wanted and what it saw. The first that fails gives the reason; time, issuer and audience come
 * before the signature, so a forged expired token is "expired". Shared by the proxy's jwt_authn
 * filter and the token bench. Authority: Envoy AuthenticatorImpl::startVerify.
 */
import type { ParsedKeySet } from './keySet.ts';
import { verifyTokenSignature } from './signature.ts';
import { type JwtStatus, jwtStatusText } from './status.ts';
import { type Json, JWT_ALGORITHMS, type ParsedToken, parseToken, type Token } from './token.ts';

/** Envoy's default; Istio never sets another. */
export const CLOCK_SKEW_SECONDS = 60;

export interface TokenRules {
  /** '' lets any issuer in. */
  readonly issuer: string;
  /** Empty: any audience, also none. */
  readonly audiences: readonly string[];
  readonly keys: ParsedKeySet;
}

export type TokenCheckName =
  | 'form'
  | 'header'
  | 'algorithm'
  | 'key-id'
  | 'payload'
  | 'claim-types'
  | 'signature-encoding'
  | 'issuer'
  | 'not-before'
  | 'expiry'
  | 'audience'
  | 'keys'
  | 'matching-key'
  | 'signature';

export interface TokenCheck {
  readonly check: TokenCheckName;
  readonly passed: boolean;
  readonly wanted?: string;
  readonly saw?: string;
}

export interface TokenVerdict {
  readonly status: JwtStatus;
  readonly checks: readonly TokenCheck[];
  /** Set once the token could be taken apart, accepted or not. */
  readonly token?: Token;
}

/** One of the texts the form checks ran through, in order; `algorithm` stands for header-bad-alg too. */
const FORM_CHECKS: readonly { readonly check: TokenCheckName; readonly statuses: readonly JwtStatus[] }[] = [
  { check: 'form', statuses: ['bad-format'] },
  { check: 'header', statuses: ['header-bad-base64', 'header-bad-json'] },
  { check: 'algorithm', statuses: ['header-bad-alg', 'header-unknown-alg'] },
  { check: 'key-id', statuses: ['header-bad-kid'] },
  { check: 'payload', statuses: ['payload-bad-base64', 'payload-bad-json'] },
  {
    check: 'claim-types',
    statuses: [
      'iss-not-string',
      'sub-not-string',
      'iat-not-integer',
      'iat-out-of-range',
      'nbf-not-integer',
      'nbf-out-of-range',
      'exp-not-integer',
      'exp-out-of-range',
      'jti-not-string',
      'aud-not-strings',
    ],
  },
  { check: 'signature-encoding', statuses: ['signature-bad-base64'] },
];

const show = (value: Json | undefined): { readonly saw?: string } =>
  value === undefined ? {} : { saw: typeof value === 'string' ? value : JSON.stringify(value) };

function formDetail(check: TokenCheckName, passed: boolean, parsed: ParsedToken): Omit<TokenCheck, 'check' | 'passed'> {
  const header = parsed.ok ? parsed.token.header : parsed.header;
  if (check === 'algorithm') return { ...(passed ? {} : { wanted: JWT_ALGORITHMS.join(' ') }), ...show(header?.alg) };
  if (check === 'key-id') return show(header?.kid);
  // Statuses of claims begin with the claim's name.
  if (check === 'claim-types' && !parsed.ok && !passed) return show(parsed.payload?.[parsed.status.slice(0, 3)]);
  return {};
}

function formChecks(parsed: ParsedToken): readonly TokenCheck[] {
  const checks: TokenCheck[] = [];
  for (const { check, statuses } of FORM_CHECKS) {
    const passed = parsed.ok || !statuses.includes(parsed.status);
    checks.push({ check, passed, ...formDetail(check, passed, parsed) });
    if (!passed) break;
  }
  return checks;
}

/** Envoy compares audiences without scheme and without a last slash. */
export function sanitizeAudience(audience: string): string {
  const start = audience.startsWith('http://') ? 7 : audience.startsWith('https://') ? 8 : 0;
  return audience.slice(start, audience.endsWith('/') ? Math.max(start, audience.length - 1) : undefined);
}

export function isAudienceAllowed(allowed: readonly string[], audiences: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  const wanted = new Set(allowed.map(sanitizeAudience));
  return audiences.some((audience) => wanted.has(sanitizeAudience(audience)));
}

/** Issuer, time and audience: what is asked before any key is looked at. */
function claimChecks(
  token: Token,
  rules: TokenRules,
  now: number,
): readonly { readonly status: JwtStatus; readonly check: TokenCheck }[] {
  const seconds = Math.floor(now / 1000);
  return [
    {
      status: 'unknown-issuer',
      check: {
        check: 'issuer',
        passed: rules.issuer === '' || rules.issuer === token.issuer,
        wanted: rules.issuer,
        ...show(token.payload.iss),
      },
    },
    {
      status: 'not-yet-valid',
      check: {
        check: 'not-before',
        passed: seconds + CLOCK_SKEW_SECONDS >= token.notBefore,
        wanted: String(seconds + CLOCK_SKEW_SECONDS),
        ...show(token.payload.nbf),
      },
    },
    {
      status: 'expired',
      check: {
        check: 'expiry',
        passed: token.expiry === 0 || seconds <= token.expiry + CLOCK_SKEW_SECONDS,
        wanted: String(seconds - CLOCK_SKEW_SECONDS),
        ...show(token.payload.exp),
      },
    },
    {
      status: 'audience-not-allowed',
      check: {
        check: 'audience',
        passed: isAudienceAllowed(rules.audiences, token.audiences),
        wanted: rules.audiences.join(', '),
        ...show(token.payload.aud),
      },
    },
  ];
}

/** `now` in milliseconds. Pure and synchronous; costs a signature verification when all else passes. */
export function checkToken(text: string, rules: TokenRules, now: number): TokenVerdict {
  const parsed = parseToken(text);
  const checks: TokenCheck[] = [...formChecks(parsed)];
  if (!parsed.ok) return { status: parsed.status, checks };
  const { token } = parsed;
  for (const { check, status } of claimChecks(token, rules, now)) {
    checks.push(check);
    if (!check.passed) return { status, checks, token };
  }

  const { keys } = rules;
  checks.push({ check: 'keys', passed: keys.ok, ...(keys.ok ? {} : { saw: keys.status }) });
  if (!keys.ok) return { status: 'no-valid-keys', checks, token };
  const verdict = verifyTokenSignature(token, keys);
  const matching = verdict.status !== 'no-matching-key';
  checks.push({
    check: 'matching-key',
    passed: matching,
    wanted: `kid=${token.keyId} alg=${token.algorithm}`,
    saw: keys.keys.map((key) => `kid=${key.kid} alg=${key.alg}`).join(', '),
  });
  if (!matching) return { status: verdict.status, checks, token };
  const holds = verdict.status === 'ok';
  checks.push({ check: 'signature', passed: holds, saw: holds ? token.algorithm : jwtStatusText(verdict.status) });
  return { status: verdict.status, checks, token };
}
