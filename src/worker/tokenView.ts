/** The token bench as the page shows it: what a token says, and what each rule in force thinks of it. Types only. */
import type { Origin, SourceRange } from '../base/origin.ts';

export type Breakage =
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-audience'
  | 'other-issuer'
  | 'no-subject'
  | 'tampered-payload'
  | 'tampered-signature'
  | 'unknown-key'
  | 'unknown-key-id'
  | 'alg-none'
  | 'alg-none-with-signature'
  | 'cut-off';

export interface TokenView {
  /** Indented JSON, as far as the token can be taken apart. */
  readonly header?: string;
  readonly payload?: string;
  /** In Envoy's order; one that accepts is enough. */
  readonly rules: readonly TokenRuleView[];
}

export interface TokenRuleView {
  /** The jwtRule. */
  readonly origin: Origin;
  readonly range?: SourceRange;
  /** '' lets any issuer in. */
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly keys: 'inline' | 'fetched' | 'unreachable';
  /** Whether the rule holds the key with which the mesh mints for this issuer. */
  readonly trustsMesh: boolean;
  /** Puts that key set into the rule; for the revision that was asked about. */
  readonly trustEdit?: { readonly file: string; readonly start: number; readonly end: number; readonly text: string };
  readonly accepted: boolean;
  /** Envoy's words, the body of its 401. */
  readonly message: string;
  /** Empty when no token was asked about. */
  readonly checks: readonly TokenCheckView[];
}

export interface TokenCheckView {
  readonly check:
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
  readonly passed: boolean;
  readonly wanted?: string;
  readonly saw?: string;
}

export type MintedView =
  | { readonly kind: 'minted'; readonly token: string; readonly jwks: string }
  | { readonly kind: 'claims-not-an-object' };
