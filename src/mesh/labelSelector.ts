/**
 * Kubernetes' own label selector, with expressions, and the labels a namespace has for one: the API
 * server gives every namespace its name as a label.
 */
import type { LabelSelector } from '../resources/kinds/shared/selector.ts';
import type { Labels } from './labels.ts';
import type { MeshNamespace } from './types.ts';

export type { LabelSelector };

const NAME_LABEL = 'kubernetes.io/metadata.name';

export const namespaceLabels = ({ name, labels }: Pick<MeshNamespace, 'name' | 'labels'>): Labels => ({
  ...labels,
  [NAME_LABEL]: name,
});

/** An empty selector selects everything. An operator that does not exist selects nothing. */
export function labelSelectorSelects(selector: LabelSelector, labels: Labels): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (labels[key] !== value) return false;
  return (selector.matchExpressions ?? []).every(({ key = '', operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}
