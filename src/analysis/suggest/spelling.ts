/** What a filter saw, as the fields of an AuthorizationPolicy spell it. */
import type { FieldPath } from '../../base/origin.ts';

export function spelled(field: string, saw: string): string | undefined {
  const identity = /^spiffe:\/\/(.+\/ns\/([^/]+)\/sa\/([^/]+))$/.exec(saw) ?? undefined;
  switch (field.replace(/^when\[(.*)\]$/, '$1')) {
    case 'principals':
    case 'source.principal':
      return identity?.[1];
    case 'namespaces':
    case 'source.namespace':
      return identity?.[2];
    case 'serviceAccounts':
    case 'source.serviceAccount':
      return identity && `${identity[2]}/${identity[3]}`;
    case 'trustDomains':
    case 'source.trustDomain':
      return identity?.[1]?.split('/')[0];
    default:
      return saw;
  }
}

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(root: unknown, path: FieldPath): unknown {
  let node = root;
  for (const step of path) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Readonly<Record<string | number, unknown>>)[step];
  }
  return node;
}
