/** Protocol versions on the wire. 1.0 and 1.1 can be offered and refused, never spoken. */
export type TlsVersion = '1.0' | '1.1' | '1.2' | '1.3';
/** The versions whose handshakes are implemented. */
export type SpokenVersion = '1.2' | '1.3';

export const TLS_VERSIONS: readonly TlsVersion[] = ['1.0', '1.1', '1.2', '1.3'];

export const versionNumber = (version: TlsVersion): number => 0x0301 + TLS_VERSIONS.indexOf(version);

export const versionOf = (number: number): TlsVersion | undefined => TLS_VERSIONS[number - 0x0301];

export const versionText = (number: number): string | undefined => {
  const version = versionOf(number);
  return version === undefined ? undefined : `TLS ${version} (0x${number.toString(16).padStart(4, '0')})`;
};

/** The versions from `min` to `max`, highest first; none when they cross. */
export const versionsBetween = (min: TlsVersion, max: TlsVersion): readonly TlsVersion[] =>
  TLS_VERSIONS.filter((version) => version >= min && version <= max).reverse();
