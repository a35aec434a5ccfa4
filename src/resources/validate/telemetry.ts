/** ValidateTelemetry; the CEL expression of an access log filter is not compiled here. */
import type { FieldPath } from '../../base/origin.ts';
import type { TelemetrySpec } from '../kinds/telemetry.ts';
import { all, each, eachEntry, error, type Findings, NOTHING, warning } from './faults.ts';
import { validateTargets } from './selectors.ts';

type Tracing = NonNullable<TelemetrySpec['tracing']>[number];
type Metrics = NonNullable<TelemetrySpec['metrics']>[number];

export function validateTelemetry(spec: TelemetrySpec): Findings {
  const { tracing, metrics, accessLogging } = spec;
  return all(
    validateTargets(spec),
    each(metrics, (entry, index) => validateMetrics(['spec', 'metrics', index], entry)),
    (tracing?.length ?? 0) > 1 ? warning(['spec', 'tracing'], 'multiple tracing is not currently supported') : NOTHING,
    each(tracing, (entry, index) => validateTracing(['spec', 'tracing', index], entry)),
    each(accessLogging, (entry, index) => validateProviders(['spec', 'accessLogging', index], entry.providers)),
  );
}

function validateProviders(at: FieldPath, providers: readonly { readonly name?: string }[] | undefined): Findings {
  const nameless = (providers ?? []).findIndex((provider) => !provider.name);
  return nameless < 0 ? NOTHING : error([...at, 'providers', nameless], 'providers.name may not be empty');
}

function validateTracing(at: FieldPath, tracing: Tracing): Findings {
  const percentage = tracing.randomSamplingPercentage ?? 0;
  return all(
    (tracing.providers?.length ?? 0) > 1
      ? warning([...at, 'providers'], 'multiple providers is not currently supported')
      : NOTHING,
    validateProviders(at, tracing.providers),
    percentage < 0 || percentage > 100
      ? error([...at, 'randomSamplingPercentage'], 'randomSamplingPercentage must be in range [0.0, 100.0]')
      : NOTHING,
    eachEntry(tracing.customTags, (name, tag) => {
      const path = [...at, 'customTags', name];
      const { literal, header, environment } = tag;
      return all(
        name === '' ? error(path, 'tag name may not be empty') : NOTHING,
        literal !== undefined && !literal.value ? error(path, 'literal tag value may not be empty') : NOTHING,
        header !== undefined && !header.name ? error(path, 'header tag name may not be empty') : NOTHING,
        environment !== undefined && !environment.name ? error(path, 'environment tag name may not be empty') : NOTHING,
      );
    }),
  );
}

function validateMetrics(at: FieldPath, metrics: Metrics): Findings {
  return all(
    validateProviders(at, metrics.providers),
    each(metrics.overrides, (override, index) => {
      const path = [...at, 'overrides', index];
      return all(
        eachEntry(override.tagOverrides, (name, { operation = 'UPSERT', value = '' }) => {
          const tag = [...path, 'tagOverrides', name];
          return all(
            name === '' ? warning(tag, 'tagOverrides.name may not be empty') : NOTHING,
            operation === 'UPSERT' && value === ''
              ? error(tag, 'tagOverrides.value must be set when operation is UPSERT')
              : NOTHING,
            operation === 'REMOVE' && value !== ''
              ? error(tag, 'tagOverrides.value may only be set when operation is UPSERT')
              : NOTHING,
          );
        }),
        override.match?.customMetric === ''
          ? error([...path, 'match', 'customMetric'], 'customMetric may not be empty')
          : NOTHING,
      );
    }),
  );
}
