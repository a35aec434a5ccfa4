import { describe, expect, test } from 'vitest';
import { IGNORED_REASONS, UNMODELLED_REASONS } from '../../base/diagnostics/fieldReasons.ts';
import { listFields } from '../listFields.ts';
import { type AnyKindDefinition, findKind, KINDS } from './registry.ts';

const kinds = Object.entries<AnyKindDefinition>(KINDS);

describe('every kind', () => {
  test.each(kinds)('%s is found under its group and name', (key, definition) => {
    expect(key).toBe(`${definition.group || 'core'}/${definition.kind}`);
    expect(findKind(definition.group, definition.kind)).toBe(definition);
    expect(definition.versions.length).toBeGreaterThan(0);
  });
  test('no other is found', () => {
    expect(findKind('', 'toString')).toBeUndefined();
    expect(findKind('example.com', 'Gateway')).toBeUndefined();
  });
});

describe('the list of fields', () => {
  const fields = listFields();
  const status = (kind: string, field: string) => fields.find((entry) => entry.kind === kind && entry.field === field);

  test('says what is modelled, ignored and not modelled, and why', () => {
    expect(status('security.istio.io/PeerAuthentication', 'spec.portLevelMtls{}.mode')?.status).toBe('modelled');
    expect(status('networking.istio.io/Gateway', 'spec.servers[].name')).toMatchObject({
      status: 'ignored',
      reason: 'telemetry-only',
    });
    expect(status('networking.istio.io/EnvoyFilter', '')).toMatchObject({
      status: 'unmodelled',
      reason: 'envoy-patch',
    });
  });
  test('covers every kind and gives a known reason for whatever is not modelled', () => {
    for (const [kind] of kinds) expect(fields.some((entry) => entry.kind === kind)).toBe(true);
    const reasons: ReadonlySet<string> = new Set([...IGNORED_REASONS, ...UNMODELLED_REASONS]);
    for (const { reason, status: what } of fields) expect(what === 'modelled' || reasons.has(reason ?? '')).toBe(true);
  });
});
