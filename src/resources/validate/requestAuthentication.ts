/** ValidateRequestAuthentication. */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import { parseUrl } from '../go/url.ts';
import type { JwtRule, RequestAuthenticationSpec } from '../kinds/requestAuthentication.ts';
import { all, asList, each, error, type Findings, hasErrors, NOTHING, warning } from './faults.ts';
import { validateStrictHeaderName } from './headerNames.ts';
import { parseJwks } from './jwks.ts';
import { validateDuration } from './names.ts';
import { validateTargets } from './selectors.ts';

export function validateRequestAuthentication(spec: RequestAuthenticationSpec): Findings {
  return all(
    validateTargets(spec),
    each(spec.jwtRules, (rule, index) => {
      const at = ['spec', 'jwtRules', index];
      return all(asList(validateJwtRule(at, rule)), warnOfPrivateKeys([...at, 'jwks'], rule));
    }),
  );
}

function validateJwtRule(at: FieldPath, rule: JwtRule): Findings {
  return all(
    each(rule.audiences, (audience, index) =>
      audience === '' ? error([...at, 'audiences', index], 'audience must be non-empty string') : NOTHING,
    ),
    !rule.issuer && !rule.jwksUri ? error(at, 'issuer or jwksUri must be non-empty string') : NOTHING,
    rule.jwksUri ? validateJwksUri([...at, 'jwksUri'], rule.jwksUri) : NOTHING,
    rule.jwks ? validateJwks([...at, 'jwks'], rule.jwks) : NOTHING,
    each(rule.fromHeaders, (location, index) =>
      location.name ? NOTHING : error([...at, 'fromHeaders', index], 'location header name must be non-empty string'),
    ),
    each(rule.fromParams, (name, index) =>
      name === '' ? error([...at, 'fromParams', index], 'location query must be non-empty string') : NOTHING,
    ),
    each(rule.fromCookies, (name, index) =>
      name === '' ? error([...at, 'fromCookies', index], 'cookie name must be non-empty string') : NOTHING,
    ),
    each(rule.outputClaimToHeaders, (mapping, index) =>
      validateClaimToHeader([...at, 'outputClaimToHeaders', index], mapping),
    ),
    validateDuration([...at, 'timeout'], rule.timeout),
  );
}

function validateJwksUri(at: FieldPath, uri: string): Findings {
  const url = parseUrl(uri);
  if (!url.ok) return error(at, url.error);
  const { scheme } = url.value;
  return scheme === 'http' || scheme === 'https'
    ? NOTHING
    : error(at, `URI scheme ${goQuote(scheme)} is not supported`);
}

function validateJwks(at: FieldPath, text: string): Findings {
  const keys = parseJwks(text);
  return keys.ok ? NOTHING : error(at, `jwks parse error: ${keys.error}`);
}

function validateClaimToHeader(
  at: FieldPath,
  mapping: { readonly header?: string; readonly claim?: string },
): Findings {
  if (!mapping.header || !mapping.claim) {
    return error(at, 'outputClaimToHeaders header and claim value must be non-empty string');
  }
  const header = validateStrictHeaderName([...at, 'header'], mapping.header);
  return hasErrors(header) ? header : NOTHING;
}

function warnOfPrivateKeys(at: FieldPath, rule: JwtRule): Findings {
  const keys = rule.jwks ? parseJwks(rule.jwks) : undefined;
  if (keys === undefined || !keys.ok) return NOTHING;
  return each(keys.value, (key, index) =>
    key.isPrivate
      ? warning(
          at,
          `jwks key at index ${index} contains private key material; only public keys are used for verification`,
        )
      : NOTHING,
  );
}
