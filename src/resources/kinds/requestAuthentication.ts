/** security.istio.io RequestAuthentication: which JWTs a proxy verifies, and how. */
import { boolean, duration, type Infer, list, object, string, unmodelled } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { policyTargetReference, workloadSelector } from './shared/selector.ts';

const jwtRule = object({
  issuer: string,
  audiences: list(string),
  jwksUri: string,
  jwks: string,
  fromHeaders: list(object({ name: string, prefix: string })),
  fromParams: list(string),
  outputPayloadToHeader: string,
  fromCookies: list(string),
  forwardOriginalToken: boolean,
  outputClaimToHeaders: list(object({ header: string, claim: string })),
  timeout: duration,
  spaceDelimitedClaims: list(string),
  /** Newer than the version that is simulated, which ignores it. */
  presence: unmodelled('not-built', string),
});
export type JwtRule = Infer<typeof jwtRule>;

export const requestAuthentication = istioKind({
  group: 'security.istio.io',
  versions: ['v1', 'v1beta1'],
  kind: 'RequestAuthentication',
  spec: object({
    selector: workloadSelector,
    targetRef: policyTargetReference,
    targetRefs: list(policyTargetReference),
    jwtRules: list(jwtRule),
  }),
});
export type RequestAuthenticationBody = Infer<typeof requestAuthentication.body>;
export type RequestAuthenticationSpec = NonNullable<RequestAuthenticationBody['spec']>;
