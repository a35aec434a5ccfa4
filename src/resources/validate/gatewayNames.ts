/** Names in `gateways` of a VirtualService and its matches (validateGatewayNames). */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import { all, error, type Findings, NOTHING, warning } from './faults.ts';
import { isDnsLabel, validateFqdn } from './names.ts';

export function validateGatewayNames(at: FieldPath, names: readonly string[] | undefined): Findings {
  let findings = NOTHING;
  for (const [index, name] of (names ?? []).entries()) {
    const path = [...at, index];
    const slash = name.indexOf('/');
    // istiod looks no further than the first name without a namespace.
    if (slash < 0) return all(findings, validateUnqualified(path, name));
    const namespace = name.slice(0, slash);
    const gateway = name.slice(slash + 1);
    findings = all(
      findings,
      namespace === '' || gateway === '' ? error(path, 'config namespace and gateway name cannot be empty') : NOTHING,
      isDnsLabel(namespace) ? NOTHING : error(path, `invalid value for namespace: ${goQuote(namespace)}`),
      isDnsLabel(gateway) ? NOTHING : error(path, `invalid value for gateway name: ${goQuote(gateway)}`),
    );
  }
  return findings;
}

function validateUnqualified(at: FieldPath, name: string): Findings {
  const [first = '', second] = name.split('.');
  const legacy =
    second === undefined
      ? NOTHING
      : warning(
          at,
          `using legacy gatewayName format ${goQuote(name)}; prefer the <namespace>/<name> format: ${goQuote(`${second}/${first}`)}`,
        );
  return all(legacy, validateFqdn(at, name));
}
