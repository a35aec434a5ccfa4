/** Locality and zone-aware load balancing (agent.ValidateLocalityLbSetting, ValidateZoneAwareLbSetting). */
import type { FieldPath } from '../../base/origin.ts';
import type { LocalityLbSetting, ZoneAwareLbSetting } from '../kinds/shared/trafficPolicy.ts';
import { all, each, error, type Findings, NOTHING, warning } from './faults.ts';

const TOPOLOGY_LABELS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];
const NEEDS_OUTLIER_DETECTION = 'outlier detection policy must be provided for failover';

const filled = (list: readonly unknown[] | undefined) => (list?.length ?? 0) > 0;

export function validateLocality(
  at: FieldPath,
  setting: LocalityLbSetting | undefined,
  hasOutlierDetection: boolean,
): Findings {
  if (setting === undefined) return NOTHING;
  const { distribute, failover, failoverPriority } = setting;
  if (filled(distribute) && filled(failover)) {
    return error(at, "can not simultaneously specify 'distribute' and 'failover'");
  }
  const topology = filled(failover) ? failoverPriority?.find((label) => TOPOLOGY_LABELS.includes(label)) : undefined;
  if (topology !== undefined) {
    const message = `can not simultaneously set 'failover' and topology label '${topology}' in 'failover_priority'`;
    return error([...at, 'failoverPriority'], message);
  }
  const distributed = validateDistribute([...at, 'distribute'], distribute ?? []);
  if (distributed.stop) return distributed.findings;
  return all(
    distributed.findings,
    validateLocalities(
      [...at, 'distribute'],
      (distribute ?? []).map((entry) => entry.from ?? ''),
    ),
    (filled(failover) || filled(failoverPriority)) && !hasOutlierDetection
      ? warning(at, NEEDS_OUTLIER_DETECTION)
      : NOTHING,
    each(failover, (entry, index) =>
      validateFailover([...at, 'failover', index], entry, {
        same: 'locality lb failover settings must specify different regions',
        regionOnly: 'locality lb failover only specify region',
        wildcard: "locality lb failover region should not contain '*' wildcard",
      }),
    ),
  );
}

export function validateZoneAware(
  at: FieldPath,
  setting: ZoneAwareLbSetting | undefined,
  hasOutlierDetection: boolean,
): Findings {
  if (setting === undefined) return NOTHING;
  const { failover, failoverPriority } = setting;
  return all(
    each(failoverPriority, (label, index) =>
      TOPOLOGY_LABELS.includes(label)
        ? error(
            [...at, 'failoverPriority', index],
            `'failover_priority' for zone aware lb must not use topology label '${label}'; region- and zone-level routing are handled automatically`,
          )
        : NOTHING,
    ),
    (filled(failover) || filled(failoverPriority)) && !hasOutlierDetection
      ? warning(at, NEEDS_OUTLIER_DETECTION)
      : NOTHING,
    each(failover, (entry, index) =>
      validateFailover([...at, 'failover', index], entry, {
        same: 'zone aware lb failover settings must specify different regions',
        regionOnly: 'zone aware lb failover only specifies region; zone and subzone failover are handled automatically',
        wildcard: "zone aware lb failover region should not contain '*' wildcard",
      }),
    ),
  );
}

function validateFailover(
  at: FieldPath,
  { from = '', to = '' }: { readonly from?: string; readonly to?: string },
  messages: { readonly same: string; readonly regionOnly: string; readonly wildcard: string },
): Findings {
  return all(
    from === to ? error(at, messages.same) : NOTHING,
    from.includes('/') || to.includes('/') ? error(at, messages.regionOnly) : NOTHING,
    from.includes('*') || to.includes('*') ? error(at, messages.wildcard) : NOTHING,
  );
}

/** `stop`: istiod returns at once on a bad weight. */
function validateDistribute(
  at: FieldPath,
  distribute: NonNullable<LocalityLbSetting['distribute']>,
): { readonly findings: Findings; readonly stop: boolean } {
  let findings = NOTHING;
  for (const [index, { to = {} }] of distribute.entries()) {
    const path = [...at, index, 'to'];
    const weights = Object.values(to);
    const bad = weights.some((weight) => weight <= 0 || weight > 100);
    if (bad) return { findings: all(findings, error(path, 'locality weight must be in range [1, 100]')), stop: true };
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total !== 100) {
      return { findings: all(findings, error(path, `total locality weight ${total} != 100`)), stop: true };
    }
    findings = all(findings, validateLocalities(path, Object.keys(to)));
  }
  return { findings, stop: false };
}

/** region[/zone[/subzone]], `*` only at the end, none within another. */
function validateLocalities(at: FieldPath, localities: readonly string[]): Findings {
  const taken: (readonly string[])[] = [];
  for (const locality of localities) {
    const stars = locality.split('*').length - 1;
    if (stars > 1 || (stars === 1 && !locality.endsWith('*'))) {
      return error(at, `locality ${locality} wildcard '*' number can not exceed 1 and must be in the end`);
    }
    if (taken.some((parts) => parts[0] === '*')) return overlap(at, locality);
    const parts = splitLocality(locality);
    if (parts.includes('')) {
      return error(at, `locality ${locality} must not contain empty region/zone/subzone info`);
    }
    if (taken.some((earlier) => overlaps(earlier, parts))) return overlap(at, locality);
    taken.push(parts);
  }
  return NOTHING;
}

/** At most three parts; the last keeps further slashes. */
function splitLocality(locality: string): readonly string[] {
  const [region = '', zone, ...rest] = locality.split('/');
  if (zone === undefined) return [region];
  return rest.length === 0 ? [region, zone] : [region, zone, rest.join('/')];
}

const overlap = (at: FieldPath, locality: string) =>
  error(at, `locality ${locality} overlap with previous specified ones`);

function overlaps(earlier: readonly string[], later: readonly string[]): boolean {
  // A region alone covers, and is refused after, anything in the region.
  if (later.length === 1) return earlier[0] === later[0];
  if (earlier[0] !== later[0]) return false;
  if (earlier.length === 1 || earlier[1] === '*') return true;
  if (earlier[1] !== later[1]) return false;
  return later.length === 2 || earlier.length === 2 || earlier[2] === '*' || earlier[2] === later[2];
}
