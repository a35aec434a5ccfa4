/** A Secret's values as text: `data` decoded, `stringData` over it. */

interface SecretBody {
  readonly data?: Readonly<Record<string, string>> | undefined;
  readonly stringData?: Readonly<Record<string, string>> | undefined;
}

export function decodeSecret({ data = {}, stringData = {} }: SecretBody): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(data).map(([key, value]) => [key, decodeBase64(value)] as const),
    ...Object.entries(stringData),
  ]);
}

/** A Secret whose base64 is broken cannot exist in a cluster: it counts as empty. */
function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}
