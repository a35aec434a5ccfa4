/** What other layers use of tokens and key sets. */
export {
  checkToken,
  type TokenCheck,
  type TokenCheckName,
  type TokenRules,
  type TokenVerdict,
} from './checks.ts';
export { type KeySet, type ParsedKeySet, parseKeySet } from './keySet.ts';
export { type JwksStatus, type JwtStatus, jwksStatusText, jwtStatusText } from './status.ts';
export { claimAt, type Json, type JsonObject, type Token } from './token.ts';
