/** ValidateDestinationRule. */
import type { FieldPath } from '../../base/origin.ts';
import type { DestinationRuleSpec, Subset } from '../kinds/destinationRule.ts';
import { validateExportTo } from './exportTo.ts';
import { all, each, error, type Findings, NOTHING, withoutWarnings } from './faults.ts';
import { isDnsLabel, validateLabels, validateWildcardDomain } from './names.ts';
import { validateWorkloadSelector } from './selectors.ts';
import { validateTrafficPolicy } from './trafficPolicy.ts';

export function validateDestinationRule(
  spec: DestinationRuleSpec,
  { namespace }: { readonly namespace: string },
): Findings {
  const names = new Set<string>();
  return all(
    validateWildcardDomain(['spec', 'host'], spec.host ?? ''),
    validateTrafficPolicy(['spec', 'trafficPolicy'], namespace, spec.trafficPolicy),
    each(spec.subsets, (subset, index) => {
      const at = ['spec', 'subsets', index];
      const name = subset.name ?? '';
      const duplicate = names.has(name);
      names.add(name);
      return all(
        duplicate ? error([...at, 'name'], `duplicate subset names: ${name}`) : NOTHING,
        validateSubset(at, namespace, subset),
      );
    }),
    validateExportTo(namespace, spec.exportTo, { staysInNamespace: spec.workloadSelector !== undefined }),
    validateWorkloadSelector(['spec', 'workloadSelector'], spec.workloadSelector),
  );
}

export function validateSubsetName(at: FieldPath, name: string): Findings {
  if (name === '') return error(at, 'subset name cannot be empty');
  return isDnsLabel(name) ? NOTHING : error(at, `subset name is invalid: ${name}`);
}

function validateSubset(at: FieldPath, namespace: string, subset: Subset): Findings {
  return withoutWarnings(
    all(
      validateSubsetName([...at, 'name'], subset.name ?? ''),
      validateLabels([...at, 'labels'], subset.labels),
      validateTrafficPolicy([...at, 'trafficPolicy'], namespace, subset.trafficPolicy),
    ),
  );
}
