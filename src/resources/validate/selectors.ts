/** Workload selectors and target references (validateWorkloadSelector, validatePolicyTargetReference). */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import type { LabelsSelector, PolicyTargetReference, WorkloadSelector } from '../kinds/shared/selector.ts';
import { all, each, eachEntry, error, type Findings, NOTHING, warning } from './faults.ts';

const WITHOUT_LABELS = 'workload selector specified without labels';

function validateSelectorLabels(at: FieldPath, labels: Readonly<Record<string, string>> | undefined): Findings {
  return eachEntry(labels, (key, value) => {
    const pair = goQuote(`${key}=${value}`);
    return all(
      key === '' ? error([...at, key], `empty key is not supported in selector: ${pair}`) : NOTHING,
      key.includes('*') || value.includes('*')
        ? error([...at, key], `wildcard is not supported in selector: ${pair}`)
        : NOTHING,
    );
  });
}

const isEmpty = (labels: object | undefined) => labels === undefined || Object.keys(labels).length === 0;

export function validateWorkloadSelector(at: FieldPath, selector: WorkloadSelector | undefined): Findings {
  if (selector === undefined) return NOTHING;
  return all(
    validateSelectorLabels([...at, 'matchLabels'], selector.matchLabels),
    isEmpty(selector.matchLabels) ? warning(at, WITHOUT_LABELS) : NOTHING,
  );
}

/** The older selector; `inSentence` puts its warning into the kind's own sentence. */
export function validateLabelsSelector(
  at: FieldPath,
  selector: LabelsSelector | undefined,
  inSentence: (text: string) => string,
): Findings {
  if (selector === undefined) return NOTHING;
  return all(
    validateSelectorLabels([...at, 'labels'], selector.labels),
    isEmpty(selector.labels) ? warning(at, inSentence(WITHOUT_LABELS)) : NOTHING,
  );
}

interface Targeted {
  readonly selector?: WorkloadSelector;
  readonly targetRef?: PolicyTargetReference;
  readonly targetRefs?: readonly PolicyTargetReference[];
}

/** The four checks that every policy with selector, targetRef and targetRefs starts with, in order. */
export function validateTargets(spec: Targeted): Findings {
  return all(
    validateOneTarget(spec),
    validateWorkloadSelector(['spec', 'selector'], spec.selector),
    spec.targetRef === undefined ? NOTHING : validateTargetReference(['spec', 'targetRef'], spec.targetRef),
    each(spec.targetRefs, (ref, index) => validateTargetReference(['spec', 'targetRefs', index], ref)),
  );
}

function validateOneTarget(spec: Targeted): Findings {
  const set = [spec.selector !== undefined, spec.targetRef !== undefined, (spec.targetRefs?.length ?? 0) > 0];
  if (set.filter(Boolean).length <= 1) return NOTHING;
  const path = spec.targetRef !== undefined ? ['spec', 'targetRef'] : ['spec', 'targetRefs'];
  return error(path, 'only one of targetRefs or workloadSelector can be set');
}

const ALLOWED_TARGETS = [
  ['core', 'Service'],
  ['networking.istio.io', 'ServiceEntry'],
  ['gateway.networking.k8s.io', 'Gateway'],
  ['gateway.networking.k8s.io', 'GatewayClass'],
] as const;
const ALLOWED_TARGETS_TEXT = `[${ALLOWED_TARGETS.map(([group, kind]) => `${group}/v1/${kind}`).join(' ')}]`;

function validateTargetReference(at: FieldPath, ref: PolicyTargetReference): Findings {
  const group = ref.group || 'core';
  const allowed = ALLOWED_TARGETS.some(([g, k]) => g === group && k === ref.kind);
  const found = `${ref.group ?? ''}/${ref.kind ?? ''}`;
  return all(
    ref.name ? NOTHING : error(at, 'targetRef name must be set'),
    ref.namespace
      ? error([...at, 'namespace'], 'targetRef namespace must not be set; cross namespace referencing is not supported')
      : NOTHING,
    allowed ? NOTHING : error(at, `targetRef must be to one of ${ALLOWED_TARGETS_TEXT} but was ${found}`),
  );
}
