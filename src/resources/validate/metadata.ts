/** Annotations that the webhook looks at for every istio.io kind (validateMetadata). */

import { goQuote } from '../go/quote.ts';
import { parseBool } from '../go/strconv.ts';
import type { PlacelessResource } from '../interpretObject.ts';
import type { AuthorizationPolicySpec } from '../kinds/authorizationPolicy.ts';
import { error, type Findings, NOTHING } from './faults.ts';

const DRY_RUN = 'istio.io/dry-run';
const INTERNAL = [
  ['internal.istio.io/webhook-always-reject', 'annotation found, rejecting'],
  ['internal.istio.io/parent-namespace', 'annotation found, this may not be set by users'],
  ['internal.istio.io/parents', 'annotation found, this may not be set by users'],
] as const;

/** If there are errors, the rest of the object is not looked at. */
export function validateMetadata(resource: PlacelessResource): Findings {
  const dryRun = validateDryRun(resource);
  if (dryRun !== NOTHING) return dryRun;
  for (const [name, problem] of INTERNAL) {
    if (Object.hasOwn(resource.annotations, name)) {
      return error(['metadata', 'annotations', name], `${goQuote(name)} ${problem}`);
    }
  }
  return NOTHING;
}

function validateDryRun({ kind, namespace, name, annotations, body }: PlacelessResource): Findings {
  const value = annotations[DRY_RUN];
  if (value === undefined) return NOTHING;
  const at = ['metadata', 'annotations', DRY_RUN];
  const who = `${namespace}/${name}`;
  if (kind !== 'AuthorizationPolicy') {
    return error(at, `${who} has unsupported annotation ${DRY_RUN}, please remove the annotation`);
  }
  const action = (body as { readonly spec?: AuthorizationPolicySpec }).spec?.action ?? 'ALLOW';
  if (action !== 'ALLOW' && action !== 'DENY') {
    return error(
      at,
      `the annotation ${DRY_RUN} currently only supports action ALLOW/DENY, found action ${action} in ${who}`,
    );
  }
  const parsed = parseBool(value);
  return parsed.ok
    ? NOTHING
    : error(at, `${who} has annotation ${DRY_RUN} with invalid value (${value}): ${parsed.error}`);
}
