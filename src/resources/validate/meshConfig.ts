/** agent.ValidateMeshConfig: an invalid MeshConfig is not taken up, istiod goes on with the one before. */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import type { MeshConfig } from '../kinds/meshConfig.ts';
import { all, each, error, type Findings, faultsText, hasErrors, NOTHING, prefixed, wrapped } from './faults.ts';
import { validateLocality, validateZoneAware } from './locality.ts';
import { durationMs, isDnsLabel, validateDuration, validatePort, validateWildcardDomain } from './names.ts';
import { validateConnectionPool, validateOutlierDetection } from './trafficPolicy.ts';

export function validateMeshConfig(config: MeshConfig): Findings {
  const { defaultConfig, defaultTrafficPolicy, meshMTLS, proxyListenPort } = config;
  return all(
    proxyListenPort === undefined
      ? NOTHING
      : prefixed('invalid proxy listen port:', validatePort(['proxyListenPort'], proxyListenPort)),
    prefixed('invalid connect timeout:', validateConnectTimeout(config.connectTimeout)),
    prefixed('invalid protocol detection timeout:', validateDetectionTimeout(config.protocolDetectionTimeout)),
    defaultConfig?.statusPort === undefined
      ? NOTHING
      : prefixed('invalid status port:', validatePort(['defaultConfig', 'statusPort'], defaultConfig.statusPort)),
    validateLocality(['localityLbSetting'], config.localityLbSetting, true),
    validateZoneAware(['zoneAwareLbSetting'], config.zoneAwareLbSetting, true),
    validateServiceSettings(config.serviceSettings),
    validateTrustDomains(config),
    (meshMTLS?.ecdhCurves?.length ?? 0) > 0
      ? error(['meshMTLS', 'ecdhCurves'], 'mesh TLS does not support ECDH curves configuration')
      : NOTHING,
    validateConnectionPool(['defaultTrafficPolicy', 'connectionPool'], defaultTrafficPolicy?.connectionPool),
    validateOutlierDetection(['defaultTrafficPolicy', 'outlierDetection'], defaultTrafficPolicy?.outlierDetection),
  );
}

const HOUR_MS = 3_600_000;

function validateConnectTimeout(timeout: string | undefined): Findings {
  const at = ['connectTimeout'];
  const duration = validateDuration(at, timeout);
  if (timeout === undefined || hasErrors(duration) || durationMs(timeout) <= HOUR_MS) return duration;
  return error(at, `time ${timeout} must be >1ms and <1h0m0s`);
}

function validateDetectionTimeout(timeout: string | undefined): Findings {
  const wholeMs = timeout === undefined || Number.isInteger(durationMs(timeout));
  return wholeMs ? NOTHING : error(['protocolDetectionTimeout'], 'only durations to ms precision are supported');
}

function validateServiceSettings(settings: MeshConfig['serviceSettings']): Findings {
  return each(settings, ({ hosts }, index) =>
    each(hosts, (host, n) => {
      const at = ['serviceSettings', index, 'hosts', n];
      return wrapped(
        at,
        validateWildcardDomain(at, host),
        (text) => `serviceSettings[${index}], host \`${host}\`: ${text}`,
      );
    }),
  );
}

function validateTrustDomains({ trustDomain, trustDomainAliases }: MeshConfig): Findings {
  // An empty trustDomain cannot be told from none, but istiod's default has then been overwritten.
  return all(
    trustDomain === undefined
      ? NOTHING
      : wrapped(['trustDomain'], validateTrustDomain(['trustDomain'], trustDomain), (text) => `trustDomain: ${text}`),
    each(trustDomainAliases, (alias, index) => {
      const at = ['trustDomainAliases', index];
      const wrap = (text: string) => `trustDomainAliases[${index}], domain \`${alias}\` : ${text}`;
      return wrapped(at, validateTrustDomain(at, alias), wrap);
    }),
  );
}

function validateTrustDomain(at: FieldPath, domain: string): Findings {
  if (domain === '') return error(at, 'empty domain name not allowed');
  const labels = domain.split('.');
  const bad = labels.some((label, index) => !(index === labels.length - 1 && label === '') && !isDnsLabel(label));
  return bad ? error(at, `trust domain name ${goQuote(domain)} invalid`) : NOTHING;
}

export const meshConfigProblem = (config: MeshConfig): string | undefined => {
  const { errors } = validateMeshConfig(config);
  return errors.items.length === 0 ? undefined : faultsText(errors);
};
