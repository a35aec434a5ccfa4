/** Configuration and habits of one end -> the versions, suites, groups and schemes it really uses. */
import { CIPHER_SUITES, type CipherSuite, cipherSuiteNamed } from '../registry/cipherSuites.ts';
import { type NamedGroup, namedGroup } from '../registry/namedGroups.ts';
import { schemeIds } from '../registry/signatureSchemes.ts';
import { type SpokenVersion, type TlsVersion, versionsBetween } from '../registry/versions.ts';
import type { TlsClientConfig, TlsServerConfig } from './config.ts';
import { type Profile, profileOf } from './profiles.ts';

export interface Parameters {
  /** Highest first. */
  readonly versions: readonly TlsVersion[];
  /** Those of enabled versions, preferred first. */
  readonly suites: readonly CipherSuite[];
  /** Configured suites that nothing here speaks: what they would have decided is unknown. */
  readonly unmodelledSuites: readonly string[];
  readonly groups: readonly NamedGroup[];
  /** Schemes that the peer may sign with, and that this end signs with. */
  readonly verifies: readonly number[];
  readonly signs: readonly number[];
}

const suitesNamed = (names: readonly string[], version: SpokenVersion): readonly CipherSuite[] =>
  names.flatMap((name) => {
    const suite = cipherSuiteNamed(name);
    return suite?.version === version ? [suite] : [];
  });

const isTls13Name = (name: string): boolean =>
  CIPHER_SUITES.some((suite) => suite.version === '1.3' && suite.name === name);

function suitesOf(
  config: TlsClientConfig | TlsServerConfig,
  profile: Profile,
  version: SpokenVersion,
): readonly CipherSuite[] {
  const configured = (config.cipherSuites ?? []).filter((name) => isTls13Name(name) === (version === '1.3'));
  return suitesNamed(configured.length > 0 ? configured : profile.cipherSuites, version);
}

export function parametersOf(config: TlsClientConfig | TlsServerConfig): Parameters {
  const profile = profileOf(config.implementation);
  const versions = versionsBetween(config.minVersion, config.maxVersion);
  const spoken = (['1.3', '1.2'] as const).filter((version) => versions.includes(version));
  return {
    versions,
    suites: spoken.flatMap((version) => suitesOf(config, profile, version)),
    unmodelledSuites: (config.cipherSuites ?? []).filter((name) => cipherSuiteNamed(name) === undefined),
    groups: (config.groups ?? profile.groups).map(namedGroup),
    verifies: schemeIds(config.signatureSchemes ?? profile.verifies),
    signs: schemeIds(profile.signs),
  };
}
